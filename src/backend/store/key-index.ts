import { hexUnit } from './text-column'

/** Two words. */
export type KeyHash = { a: number; b: number }

/** Characters of a key that are hashed: keys differ at their ends, and many bytes of a long one tell no more. */
const HASHED = 40

/** Hash of a key (FNV-1a and a murmur-like mix over its length and its last UTF-16 code units). */
export function hashKey(key: string): KeyHash {
  let a = 0x811c9dc5 ^ key.length
  let b = 0x9747b28c
  for (let at = Math.max(0, key.length - HASHED); at < key.length; at++) {
    const unit = key.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x5bd1e995)
    b ^= b >>> 15
  }
  return { a: a >>> 0, b: b >>> 0 }
}

/** Bytes of a SHA-256, from `at` on. */
export type DigestAt = { bytes: Uint8Array; at: number }

/** The same of so many characters, a SHA-256 in hex, and a suffix of at most `HASHED` characters. */
export function hashDigestKey(before: number, { bytes, at: from }: DigestAt, suffix: string): KeyHash {
  const length = HEX_DIGITS + suffix.length
  const first = length - HASHED
  let a = 0x811c9dc5 ^ (before + length)
  let b = 0x9747b28c
  // Two digits a turn; of the first byte only the second one may count.
  for (let at = first >> 1; at < HEX_DIGITS / 2; at++) {
    const byte = bytes[from + at] ?? 0
    if (2 * at >= first) {
      const high = hexUnit(byte >> 4)
      a = Math.imul(a ^ high, 0x01000193)
      b = Math.imul(b ^ high, 0x5bd1e995)
      b ^= b >>> 15
    }
    const low = hexUnit(byte & 15)
    a = Math.imul(a ^ low, 0x01000193)
    b = Math.imul(b ^ low, 0x5bd1e995)
    b ^= b >>> 15
  }
  for (let at = 0; at < suffix.length; at++) {
    const unit = suffix.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x5bd1e995)
    b ^= b >>> 15
  }
  return { a: a >>> 0, b: b >>> 0 }
}

const HEX_DIGITS = 64

const SMALLEST = 1 << 12
/** Words of a slot. */
const SLOT = 3

/**
 * Rows by key hash: open addressing with linear probing. A hash is a hint only: records are hostile, so every hit is
 * confirmed by the caller against the whole key.
 */
export class KeyIndex {
  /** Slots side by side: one more than the row, or 0 for a free one, and the two words. Each far place in memory costs. */
  #slots = new Uint32Array(SLOT * SMALLEST)
  #mask = SMALLEST - 1
  #size = 0

  /** Adds rows from `first` on; `hashes` holds two words for each. */
  add(hashes: Uint32Array, first: number): void {
    const count = hashes.length / 2
    this.#reserve(this.#size + count)
    for (let i = 0; i < count; i++) this.#place(hashes[2 * i] ?? 0, hashes[2 * i + 1] ?? 0, first + i)
    this.#size += count
  }

  /** First row of that hash for which `is` holds, or -1. */
  find(a: number, b: number, is: (row: number) => boolean): number {
    const slots = this.#slots
    const mask = this.#mask
    for (let slot = (a ^ b) & mask; ; slot = (slot + 1) & mask) {
      const at = SLOT * slot
      const row = (slots[at] ?? 0) - 1
      if (row < 0) return -1
      if (slots[at + 1] === a && slots[at + 2] === b && is(row)) return row
    }
  }

  #place(a: number, b: number, row: number): void {
    const slots = this.#slots
    const mask = this.#mask
    let slot = (a ^ b) & mask
    while (slots[SLOT * slot] !== 0) slot = (slot + 1) & mask
    const at = SLOT * slot
    slots[at] = row + 1
    slots[at + 1] = a
    slots[at + 2] = b
  }

  #reserve(size: number): void {
    if (size * 2 <= this.#mask + 1) return
    const old = this.#slots
    const count = 2 ** Math.ceil(Math.log2(size * 2))
    this.#slots = new Uint32Array(SLOT * count)
    this.#mask = count - 1
    for (let at = 0; at < old.length; at += SLOT) {
      const row = (old[at] ?? 0) - 1
      if (row >= 0) this.#place(old[at + 1] ?? 0, old[at + 2] ?? 0, row)
    }
  }
}
