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
  const seen = new Seen(block, kind)
  let at = 0
  const isSame = (row: number) => cache.isAlive(row) && cache.keyOf(row) === keyIn(block, at, kind)
  for (; at < block.rows; at++) {
    const held = cache.index.keys.find(hashes[2 * at] ?? 0, hashes[2 * at + 1] ?? 0, isSame)
    if (held >= 0) heldRows.push(held)
    else if (seen.add(at)) fresh.push(at)
  }
  return { fresh, heldRows }
}

/** Rows of one block by hash; rows of one hash are compared by their whole keys. */
class Seen {
  readonly #block: Block
  readonly #kind: string
  /** One more than the row; 0 is free. */
  readonly #slots: Uint32Array

  constructor(block: Block, kind: string) {
    this.#block = block
    this.#kind = kind
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(block.rows * 2 + 1)))
  }

  /** False when the same record is there. */
  add(row: number): boolean {
    const { hashes } = this.#block
    const a = hashes[2 * row] ?? 0
    const b = hashes[2 * row + 1] ?? 0
    const mask = this.#slots.length - 1
    let slot = (a ^ b) & mask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const other = (this.#slots[slot] ?? 0) - 1
      const isAlike = hashes[2 * other] === a && hashes[2 * other + 1] === b
      if (isAlike && keyIn(this.#block, other, this.#kind) === keyIn(this.#block, row, this.#kind)) return false
    }
    this.#slots[slot] = row + 1
    return true
  }
}
