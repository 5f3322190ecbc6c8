import { hash } from 'node:crypto'

const HASH = 32

/**
 * The whole tree of RFC 6962 over leaves that stand one behind the other in one buffer, so that the proof of any of a
 * million costs as many steps as the tree is high. Its root is that of `TreeBuilder`.
 */
export class TreeLevels {
  /** From the leaves to the root; a level with an odd end passes its last hash up as it is. */
  readonly #levels: Buffer[]
  readonly size: number

  /** 32 bytes for each leaf. */
  constructor(leaves: Buffer) {
    this.size = leaves.length / HASH
    this.#levels = [leaves]
    for (let level = leaves; level.length > HASH; ) {
      level = levelAbove(level)
      this.#levels.push(level)
    }
  }

  root(): Buffer {
    return this.size === 0 ? hash('sha256', '', 'buffer') : (this.#levels.at(-1) ?? Buffer.alloc(0))
  }

  /** In hex from the leaf up to the root, in the order of `inclusionProof`. */
  proof(index: number): string[] {
    const hashes: string[] = []
    let at = index
    for (const level of this.#levels) {
      const neighbour = at % 2 === 0 ? at + 1 : at - 1
      if ((neighbour + 1) * HASH <= level.length) hashes.push(level.toString('hex', neighbour * HASH, (neighbour + 1) * HASH))
      at = Math.floor(at / 2)
    }
    return hashes
  }
}

function levelAbove(level: Buffer): Buffer {
  const count = level.length / HASH
  const above = Buffer.alloc(Math.ceil(count / 2) * HASH)
  const node = Buffer.alloc(1 + 2 * HASH)
  node[0] = 1
  for (let at = 0; at + 1 < count; at += 2) {
    level.copy(node, 1, at * HASH, (at + 2) * HASH)
    hash('sha256', node, 'buffer').copy(above, (at / 2) * HASH)
  }
  if (count % 2 === 1) level.copy(above, above.length - HASH, level.length - HASH)
  return above
}
