import { shownText } from '../../../domain'
import { ServerFault } from '../server-fault'
import { credentialIn } from './credentials'

export type Base = {
  /** Scheme, host and port. */
  origin: string
  /** Host and port, as shown. */
  host: string
  /** Path before the server's own; empty or beginning with a slash, never ending in one. */
  prefix: string
}

/** Where requests go, from what a person typed. Throws `ServerFault` `insecure-address`. */
export function readAddress(address: string): Base {
  const url = parsed(address, 'an address')
  refuseCredentials(url, 'The address')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw insecure(`Expected an address that begins with https://, not ${shownText(url.protocol)}//.`)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw insecure(`Expected https:// for ${url.host}: anybody can read plain http://, fit for this machine only.`)
  }
  const prefix = url.pathname.replace(/\/+$/, '').replace(/\/api$/, '').replace(/\/+$/, '')
  if (prefix.includes('//')) throw insecure('Expected an address without empty parts in its path.')
  return { origin: url.origin, host: url.host, prefix }
}

/** Checks the address of a proxy on the way to a server. Throws `ServerFault` `insecure-address`. */
export function readProxy(proxy: string, base: Base): string {
  const url = parsed(proxy, 'a proxy address')
  refuseCredentials(url, 'The proxy address')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw insecure(`Expected a proxy address that begins with http:// or https://, not ${shownText(url.protocol)}//.`)
  }
  if (base.origin.startsWith('http:') && !isLoopback(url.hostname)) {
    throw insecure(`Expected https:// for ${base.host}: the proxy ${url.host} could read plain http://.`)
  }
  return url.origin
}

/** `localhost`, 127.0.0.0/8 and [::1], as the URL parser writes them. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

function parsed(address: string, what: string): URL {
  const text = address.trim()
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) throw insecure(`Expected ${what} such as https://host.`)
  if (/[\s\\]/.test(text) || !URL.canParse(text)) {
    throw insecure(`Expected ${what} that can be read, such as https://host.`)
  }
  return new URL(text)
}

function refuseCredentials(url: URL, what: string): void {
  const without = `expected it without, as ${url.protocol}//${url.host}.`
  if (url.username !== '' || url.password !== '') {
    throw insecure(`${what} holds a user name or password before the host; ${without}`)
  }
  const name = credentialIn(url.search) ?? credentialIn(url.hash)
  if (name !== null) throw insecure(`${what} carries a secret (${shownText(name)}); ${without}`)
}

function insecure(message: string): ServerFault {
  return new ServerFault({ code: 'insecure-address', message })
}
