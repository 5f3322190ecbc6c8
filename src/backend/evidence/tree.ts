import { hash } from 'node:crypto'

// The Merkle tree of RFC 6962, section 2.1: a leaf is SHA-256(0x00 ‖ row), a node SHA-256(0x01 ‖ left ‖ right), the tree of n
// leaves splits at the largest power of two below n.

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** 32 bytes; a text is hashed as UTF-8. */
export function leafHash(row: string | Uint8Array): Buffer {
  return hash('sha256', typeof row === 'string' ? `\0${row}` : Buffer.concat([LEAF, row]), 'buffer')
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer')
}

/** Root of the leaves seen so far, in memory that grows with the logarithm of their number. */
export class TreeBuilder {
  /** Roots of whole subtrees, largest first; the bits of `size` are their sizes. */
  readonly #subtrees: Buffer[] = []
  #size = 0

  /** Leaves seen. */
  get size(): number {
    return this.#size
  }

  add(leaf: Buffer): void {
    let hash = leaf
    for (let bits = this.#size; bits % 2 === 1; bits = (bits - 1) / 2) hash = nodeHash(this.#subtrees.pop() ?? hash, hash)
    this.#subtrees.push(hash)
    this.#size++
  }

  /** Of no leaf at all: SHA-256 of nothing. */
  root(): Buffer {
    const [last, ...before] = this.#subtrees.toReversed()
    if (!last) return hash('sha256', '', 'buffer')
    return before.reduce((right, left) => nodeHash(left, right), last)
  }
}

/** Hashes of the neighbours from the leaf up to the root, as RFC 6962 orders them; `index` counts from 0. */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split ? [...inclusionProof(left, index), rootOf(right)] : [...inclusionProof(right, index - split), rootOf(left)]
}

/** The root that a leaf and its proof lead to. */
export function rootFromProof(leaf: Buffer, place: { index: number; size: number }, proof: readonly Buffer[]): Buffer {
  const { index, size } = place
  const top = proof.at(-1)
  if (size <= 1 || !top) return leaf
  const split = splitOf(size)
  const below = proof.slice(0, -1)
  if (index < split) return nodeHash(rootFromProof(leaf, { index, size: split }, below), top)
  return nodeHash(top, rootFromProof(leaf, { index: index - split, size: size - split }, below))
}

export function rootOf(leaves: readonly Buffer[]): Buffer {
  const tree = new TreeBuilder()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

/** Largest power of two below `size`. */
function splitOf(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1)
}
