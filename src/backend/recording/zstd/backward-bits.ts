import { highestBit, ZstdFault } from './fault'

/** Bits that are read from their end, RFC 8878 section 4.1: the highest bit set in the last byte marks it. */
export class BackwardBits {
  /** Bits not yet read; below 0 after reading past the beginning, where all are 0. */
  left: number
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0
    if (last === 0) throw new ZstdFault('a stream of bits has no end')
    this.#bytes = bytes
    this.left = (bytes.length - 1) * 8 + highestBit(last)
  }

  /** The next `count` bits, 0..31. */
  read(count: number): number {
    this.left -= count
    if (this.left >= 0) return this.#at(this.left, count)
    const held = count + this.left
    return held > 0 ? this.#at(0, held) << -this.left : 0
  }

  #at(bit: number, count: number): number {
    const bytes = this.#bytes
    const at = bit >> 3
    const shift = bit & 7
    const half = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
    const low = half | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
    const high = shift + count > 32 ? (bytes[at + 4] ?? 0) << (32 - shift) : 0
    return ((low >>> shift) | high) & ((1 << count) - 1)
  }
}
