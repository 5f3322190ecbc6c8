import { keyIn, type Block } from './block'
import type { Cache } from './cache'

export type Deduplicated = {
  /** Rows of the block that are neither held nor stand in it before. */
  fresh: number[]
  /** Held rows that stand for others. */
  heldRows: number[]
}

/** Parts records that are held already, or stand twice in the block, from new ones. */
export function deduplicate(cache: Cache, block: Block, kind: string): Deduplicated {
  const fresh: number[] = []
  const heldRows: number[] = []
  const { hashes } = block
  const seen = new Seen(hashes, (row) => keyIn(block, row, kind))
  let at = 0
  const isSame = (row: number) => cache.isAlive(row) && cache.keyOf(row) === keyIn(block, at, kind)
  for (; at < block.rows; at++) {
    const held = cache.index.keys.find(hashes[2 * at] ?? 0, hashes[2 * at + 1] ?? 0, isSame)
    if (held >= 0) heldRows.push(held)
    else if (seen.add(at) < 0) fresh.push(at)
  }
  return { fresh, heldRows }
}

/** Rows of one batch by hash; rows of one hash are compared by their whole keys. */
export class Seen {
  readonly #hashes: Uint32Array
  readonly #key: (row: number) => string
  /** One more than the row; 0 is free. */
  readonly #slots: Uint32Array

  /** `hashes` holds two words for each row. */
  constructor(hashes: Uint32Array, key: (row: number) => string) {
    this.#hashes = hashes
    this.#key = key
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(hashes.length + 1)))
  }

  /** The first row with the same key; -1 where this is it. */
  add(row: number): number {
    const hashes = this.#hashes
    const a = hashes[2 * row] ?? 0
    const b = hashes[2 * row + 1] ?? 0
    const mask = this.#slots.length - 1
    let slot = (a ^ b) & mask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const other = (this.#slots[slot] ?? 0) - 1
      const isAlike = hashes[2 * other] === a && hashes[2 * other + 1] === b
      if (isAlike && this.#key(other) === this.#key(row)) return other
    }
    this.#slots[slot] = row + 1
    return -1
  }
}
