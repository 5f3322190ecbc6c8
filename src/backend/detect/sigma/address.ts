import { RuleFault } from './rule-fault'

/** A test for addresses inside a block of version 4 or 6, without a size for one address; what is no address is in none. Throws `RuleFault`. */
export function cidrTest(written: string): (text: string) => boolean {
  const [address = '', size, ...rest] = written.trim().split('/')
  const block = parseAddress(address)
  const bits = size === undefined ? 16 * (block?.length ?? 0) : /^\d{1,3}$/.test(size) ? Number(size) : Number.NaN
  if (!block || rest.length > 0 || !(bits <= block.length * 16)) throw new RuleFault(`«${written}» is no block of addresses`)
  return (text) => {
    const words = parseAddress(text)
    return words !== null && words.length === block.length && sharesBits(words, block, bits)
  }
}

function sharesBits(a: readonly number[], b: readonly number[], bits: number): boolean {
  for (let word = 0; word * 16 < bits; word++) {
    const shift = Math.max(0, 16 - (bits - word * 16))
    if ((a[word] ?? 0) >> shift !== (b[word] ?? 0) >> shift) return false
  }
  return true
}

/** The network that an address is in, of so many bits of version 4 or 6, as a text to compare; null for what is no address. */
export function networkOf(text: string, bits: { four: number; six: number }): string | null {
  const words = parseAddress(text)
  if (words === null) return null
  const kept = words.length === 2 ? bits.four : bits.six
  return words.map((word, i) => (word & ~(0xffff >>> Math.min(16, Math.max(0, kept - i * 16)))).toString(16)).join(':')
}

const LONGEST = 64

/** Words of 16 bits: two of version 4, eight of version 6; null for what is neither. */
function parseAddress(text: string): number[] | null {
  if (text.length > LONGEST) return null
  if (!text.includes(':')) return parseFour(text)
  const bare = text.replace(/%.*$/, '')
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare)
  const four = mapped ? parseFour(mapped[2] ?? '') : null
  if (mapped && !four) return null
  const written = mapped && four ? `${mapped[1]}${four.map((word) => word.toString(16)).join(':')}` : bare
  const words = parseSix(written)
  // An address of version 4 in the clothes of version 6.
  return words && words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff ? words.slice(6) : words
}

function parseFour(text: string): number[] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!match) return null
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number)
  return Math.max(a, b, c, d) > 255 ? null : [a * 256 + b, c * 256 + d]
}

function parseSix(text: string): number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const words = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  return words.every((word) => /^[0-9a-f]{1,4}$/i.test(word)) ? words.map((word) => Number.parseInt(word, 16)) : null
}
