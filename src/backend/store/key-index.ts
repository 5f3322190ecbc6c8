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

/** The same of so many characters, a SHA-256 in hex, given as 32 characters, and a short suffix. */
export function hashDigestKey(before: number, digest: string, suffix: string): KeyHash {
  const length = 2 * digest.length + suffix.length
  let a = 0x811c9dc5 ^ (before + length)
  let b = 0x9747b28c
  for (let at = length - HASHED; at < length; at++) {
    const unit = at < 2 * digest.length ? hexUnitAt(digest, at) : suffix.charCodeAt(at - 2 * digest.length)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x5bd1e995)
    b ^= b >>> 15
  }
  return { a: a >>> 0, b: b >>> 0 }
}

function hexUnitAt(digest: string, at: number): number {
  const byte = digest.charCodeAt(at >> 1)
  const digit = (at & 1) === 0 ? byte >> 4 : byte & 15
  return digit < 10 ? digit + 48 : digit + 87
}

/**
 * Rows by key hash: open addressing with linear probing. A hash is a hint only: records are hostile, so every hit is
 * confirmed by the caller against the whole key.
 */
export class KeyIndex {
  #rows = new Int32Array(1 << 12).fill(-1)
  #words = new Uint32Array(2 << 12)
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
    const mask = this.#rows.length - 1
    for (let slot = (a ^ b) & mask; ; slot = (slot + 1) & mask) {
      const row = this.#rows[slot] ?? -1
      if (row < 0) return -1
      if (this.#words[2 * slot] === a && this.#words[2 * slot + 1] === b && is(row)) return row
    }
  }

  #place(a: number, b: number, row: number): void {
    const mask = this.#rows.length - 1
    let slot = (a ^ b) & mask
    while ((this.#rows[slot] ?? -1) >= 0) slot = (slot + 1) & mask
    this.#rows[slot] = row
    this.#words[2 * slot] = a
    this.#words[2 * slot + 1] = b
  }

  #reserve(size: number): void {
    if (size * 2 <= this.#rows.length) return
    const rows = this.#rows
    const words = this.#words
    const length = 2 ** Math.ceil(Math.log2(size * 2))
    this.#rows = new Int32Array(length).fill(-1)
    this.#words = new Uint32Array(2 * length)
    for (let slot = 0; slot < rows.length; slot++) {
      const row = rows[slot] ?? -1
      if (row >= 0) this.#place(words[2 * slot] ?? 0, words[2 * slot + 1] ?? 0, row)
    }
  }
}
