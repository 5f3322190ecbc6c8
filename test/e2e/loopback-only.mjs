import { Socket } from 'node:net'
import dns from 'node:dns'

// Loaded into every Node process and thread of a host under test: names each connection and look-up that would leave the
// machine on stderr and refuses it.

const LOOPBACK = /^(127\.|::1$|localhost$|\[::1\]$)/

function refuse(what) {
  process.stderr.write(`left the machine: ${what}\n`)
  throw new Error(`not allowed in tests: ${what}`)
}

const connect = Socket.prototype.connect
Socket.prototype.connect = function (...words) {
  const [options] = Array.isArray(words[0]) ? words[0] : words
  const target = typeof options === 'object' ? options : { port: options, host: typeof words[1] === 'string' ? words[1] : 'localhost' }
  if (target.port !== undefined && !target.path && !LOOPBACK.test(target.host ?? 'localhost')) refuse(`${target.host}:${target.port}`)
  return connect.apply(this, words)
}

const lookup = dns.lookup
dns.lookup = function (name, ...words) {
  if (!LOOPBACK.test(name)) refuse(`look-up of ${name}`)
  return lookup.call(this, name, ...words)
}
