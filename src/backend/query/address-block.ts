const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/
const GROUPS = 8

/** The network an address counts as: its /24 of IPv4, its /48 of IPv6. What is no address, as a host's name, stands for itself. */
export function addressBlock(text: string): string {
  const lower = text.trim().toLowerCase().replace(/%.*$/s, '')
  const address = MAPPED.exec(lower)?.[1] ?? lower
  const v4 = IPV4.exec(address)
  if (v4) return `${v4.slice(1).join('.')}.0/24`
  const groups = ipv6Groups(address)
  return groups ? `${groups.slice(0, 3).join(':')}::/48` : lower
}

/** The groups without leading zeros; null for what is no IPv6 address. */
function ipv6Groups(text: string): string[] | null {
  const halves = text.split('::')
  if (!text.includes(':') || halves.length > 2) return null
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = GROUPS - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  return groups.every((group) => /^[\da-f]{1,4}$/.test(group)) ? groups.map((group) => group.replace(/^0+(?=.)/, '')) : null
}
