import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'

// Loaded into every Node process and thread of a host under test: names each connection, datagram and look-up that
// would leave the machine on stderr and refuses it.

const LOOPBACK = /^(127\.|::1$|localhost$|\[::1\]$)/

function refuse(what) {
  process.stderr.write(`left the machine: ${what}\n`)
  throw new Error(`not allowed in tests: ${what}`)
}

const connect = Socket.prototype.connect
Socket.prototype.connect = function (...words) {
  const [options] = Array.isArray(words[0]) ? words[0] : words
  const bare = { port: options, host: typeof words[1] === 'string' ? words[1] : 'localhost' }
  const { port, path, host = 'localhost' } = typeof options === 'object' ? options : bare
  if (port !== undefined && !path && !LOOPBACK.test(host)) refuse(`${host}:${port}`)
  return connect.apply(this, words)
}

for (const name of ['connect', 'send']) {
  const own = dgram.Socket.prototype[name]
  dgram.Socket.prototype[name] = function (...words) {
    const address = words.find((word, at) => at > 0 && typeof word === 'string')
    if (address !== undefined && !LOOPBACK.test(address)) refuse(`a datagram to ${address}`)
    return own.apply(this, words)
  }
}

/** Every way to ask for a name; all take it first. */
function guardNames(asker) {
  for (const name of Object.getOwnPropertyNames(asker)) {
    const own = asker[name]
    if (!/^(lookup|resolve|reverse)/.test(name) || typeof own !== 'function') continue
    asker[name] = function (asked, ...words) {
      if (!LOOPBACK.test(asked)) refuse(`look-up of ${asked}`)
      return own.call(this, asked, ...words)
    }
  }
}
for (const asker of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) guardNames(asker)
// For those that import a function by its name.
syncBuiltinESMExports()
