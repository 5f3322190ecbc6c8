import { isDigit } from '../stamp'

/** The other end of a connection. `port` is empty where the line has none. */
export type Peer = { host: string; port: string; rest: string }
export type UserAndPeer = Peer & { user: string }

const FROM = ' from '
const PORT = ' port '

/**
 * Reads `USER from HOST port N...`. The name is hostile and may itself read so: the last place that has both host and
 * port counts. With `portless`, a host that ends the text counts before that (`Invalid user x from HOST` of old sshd).
 */
export function readUserFrom(text: string, portless: boolean): UserAndPeer | null {
  const last = text.lastIndexOf(FROM)
  if (last < 0) return null
  const ending = readPeer(text.slice(last + FROM.length))
  if (ending.port !== '' || (portless && ending.rest === '' && ending.host !== '')) return userAt(text, last, ending)
  for (let at = last; at > 0; ) {
    at = text.lastIndexOf(FROM, at - 1)
    if (at < 0) break
    const peer = peerAt(text, at + FROM.length)
    if (peer !== null) return userAt(text, at, peer)
  }
  return userAt(text, last, ending)
}

function userAt(text: string, at: number, peer: Peer): UserAndPeer {
  return { user: text.slice(0, at), host: peer.host, port: peer.port, rest: peer.rest }
}

/** A host and its port at a place, or null where there is no port. */
function peerAt(text: string, at: number): Peer | null {
  const space = text.indexOf(' ', at)
  if (space <= at || !text.startsWith(PORT, space)) return null
  const peer = readPeer(text.slice(at))
  return peer.port === '' ? null : peer
}

/** Reads `HOST port N...` or `HOST...` where the host ends at a space or at a colon before one. */
export function readPeer(text: string): Peer {
  const space = text.indexOf(' ')
  if (space < 0) return { host: text, port: '', rest: '' }
  const host = text.slice(0, space)
  const port = text.startsWith(PORT, space) ? digitsAt(text, space + PORT.length) : ''
  if (port !== '') return { host, port, rest: text.slice(space + PORT.length + port.length) }
  return host.endsWith(':')
    ? { host: host.slice(0, -1), port, rest: text.slice(space - 1) }
    : { host, port, rest: text.slice(space) }
}

const MOST_DIGITS = 10

function digitsAt(text: string, at: number): string {
  let end = at
  while (end < at + MOST_DIGITS && isDigit(text, end)) end++
  return text.slice(at, end)
}

/** Reads `USER HOST port N...`, as in `Connection closed by invalid user USER HOST port N`. */
export function readUserBefore(text: string): UserAndPeer | null {
  const port = text.lastIndexOf(PORT)
  if (port < 0) return null
  const space = text.lastIndexOf(' ', port - 1)
  if (space < 0) return null
  return userAt(text, space, readPeer(text.slice(space + 1)))
}

export const PREAUTH = ' [preauth]'

/** Text without the mark that nobody was signed in yet. */
export function withoutPreauth(text: string): string {
  return text.endsWith(PREAUTH) ? text.slice(0, -PREAUTH.length) : text
}
