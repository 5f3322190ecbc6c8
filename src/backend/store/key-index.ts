/** The two running words of a key's hash. */
export type KeyHash = { a: number; b: number }

export const EMPTY_HASH: Readonly<KeyHash> = { a: 0x811c9dc5, b: 0x9747b28c }

/** Goes on hashing (FNV-1a and a murmur-like mix) over the UTF-16 code units of the next part of a key. */
export function hashText(hash: Readonly<KeyHash>, text: string): KeyHash {
  let { a, b } = hash
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x5bd1e995)
    b ^= b >>> 15
  }
  return { a: a >>> 0, b: b >>> 0 }
}

/**
 * Rows by key hash: open addressing with linear probing. A hash is a hint only: records are hostile, so every hit is
 * confirmed by the caller against the whole key.
 */
export class KeyIndex {
  #rows = new Int32Array(1 << 12).fill(-1)
  #words = new Uint32Array(2 << 12)
  #size = 0

  add({ a, b }: KeyHash, row: number): void {
    if (this.#size * 2 > this.#rows.length) this.#grow()
    this.#place({ a, b }, row)
    this.#size++
  }

  /** First row of that hash for which `is` holds, or -1. */
  find({ a, b }: KeyHash, is: (row: number) => boolean): number {
    const mask = this.#rows.length - 1
    for (let slot = (a ^ b) & mask; ; slot = (slot + 1) & mask) {
      const row = this.#rows[slot] ?? -1
      if (row < 0) return -1
      if (this.#words[2 * slot] === a && this.#words[2 * slot + 1] === b && is(row)) return row
    }
  }

  #place({ a, b }: KeyHash, row: number): void {
    const mask = this.#rows.length - 1
    let slot = (a ^ b) & mask
    while ((this.#rows[slot] ?? -1) >= 0) slot = (slot + 1) & mask
    this.#rows[slot] = row
    this.#words[2 * slot] = a
    this.#words[2 * slot + 1] = b
  }

  #grow(): void {
    const rows = this.#rows
    const words = this.#words
    this.#rows = new Int32Array(rows.length * 2).fill(-1)
    this.#words = new Uint32Array(words.length * 2)
    for (let slot = 0; slot < rows.length; slot++) {
      const row = rows[slot] ?? -1
      if (row >= 0) this.#place({ a: words[2 * slot] ?? 0, b: words[2 * slot + 1] ?? 0 }, row)
    }
  }
}
