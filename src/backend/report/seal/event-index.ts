import { TreeLevels } from '../../evidence'
import { type EventLine, type EvidencePlan, rowFacts } from './event-lines'

const HASH = 32

/** What is known of the lines of `events.jsonl` once they are written: their tree, and where each stands. */
export class EventIndex {
  #leaves = Buffer.alloc(HASH * 1024)
  readonly #keys: string[] = []
  #size = 0
  /** Line from 0 of the first row with that hex leaf, for the rows that are cited. */
  readonly #cited: Map<string, number>
  /** First line and one after the last, by the hash of the file that was frozen. */
  readonly ranges = new Map<string, { from: number; to: number }>()
  /** Which lines of which files these are, in order; null is all of a file. */
  readonly files = new Map<string, Set<number> | null>()
  #tree: TreeLevels | null = null

  constructor(plan: EvidencePlan) {
    this.#cited = new Map(plan.citations.map(({ citation }) => [citation.leaf, -1]))
    for (const sha256 of plan.whole) this.files.set(sha256, null)
  }

  get size(): number {
    return this.#size
  }

  add({ line, leaf, of, at }: EventLine): void {
    if ((this.#size + 1) * HASH > this.#leaves.length) this.#leaves = Buffer.concat([this.#leaves, Buffer.alloc(this.#leaves.length)])
    leaf.copy(this.#leaves, this.#size * HASH)
    const hex = leaf.toString('hex')
    this.#keys.push(rowFacts(line)?.key ?? '')
    if (this.#cited.get(hex) === -1) this.#cited.set(hex, this.#size)
    const chosen = this.files.get(of)
    if (chosen === null) this.ranges.set(of, { from: this.ranges.get(of)?.from ?? this.#size, to: this.#size + 1 })
    else this.files.set(of, (chosen ?? new Set()).add(at))
    this.#size++
  }

  /** Null where the row is not there. */
  lineOf(leaf: string): number | null {
    const line = this.#cited.get(leaf) ?? -1
    return line < 0 ? null : line
  }

  /** Hex leaf and key of every line, in its order: says which line is another. */
  *leafLines(): Generator<string> {
    for (const [line, key] of this.#keys.entries()) yield `${this.leaf(line).toString('hex')} ${JSON.stringify(key)}\n`
  }

  leaf(line: number): Buffer {
    return this.#leaves.subarray(line * HASH, (line + 1) * HASH)
  }

  tree(): TreeLevels {
    this.#tree ??= new TreeLevels(this.#leaves.subarray(0, this.#size * HASH))
    return this.#tree
  }

  rootOf({ from, to }: { from: number; to: number }): string {
    return new TreeLevels(this.#leaves.subarray(from * HASH, to * HASH)).root().toString('hex')
  }
}
