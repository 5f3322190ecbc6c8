const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const GROUP = /^[\da-f]{1,4}$/i
const ZONE = /%[\w.-]+$/

function isIpv4(text: string): boolean {
  const match = IPV4.exec(text)
  return match !== null && match.slice(1).every((part) => Number(part) <= 255)
}

function groupCount(text: string): number | null {
  if (text === '') return 0
  const parts = text.split(':')
  const last = parts.at(-1) ?? ''
  const mapped = last.includes('.')
  if (mapped && !isIpv4(last)) return null
  const groups = mapped ? parts.slice(0, -1) : parts
  return groups.every((part) => GROUP.test(part)) ? groups.length + (mapped ? 2 : 0) : null
}

/** IPv6 as RFC 4291 writes it, with `::` at most once. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::')
  const counts = halves.map(groupCount)
  if (counts.includes(null)) return false
  const groups = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  if (halves.length === 1) return groups === 8
  return halves.length === 2 && groups < 8 && !(halves[0] ?? '').includes('.')
}

/** An IPv4 or IPv6 address, the latter also with a zone. */
export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text.replace(ZONE, ''))
}

export function isBlock(text: string): boolean {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? []
  return (isIpv4(address) && Number(bits) <= 32) || (isIpv6(address) && Number(bits) <= 128)
}

/** Meant as an address or a block, whether or not it is a correct one; host names are not. */
export function looksNumeric(text: string): boolean {
  return text.includes('/') || text.includes(':') || /^[\d.]+$/.test(text)
}
