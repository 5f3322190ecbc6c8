import type { EventIndex } from './event-index'
import { RowList } from './row-list'

/** Rows wanted of all that many are put in order by themselves; more are picked from all rows in order. */
const FEW = 16

/** All rows by time. They are put in order when somebody asks, because a walk back in time brings each page before all others. */
export class RowOrder {
  readonly #index: EventIndex
  readonly #list: RowList
  /** Batches that are in order each, not among the others yet. */
  #batches: Uint32Array[] = []

  constructor(index: EventIndex) {
    this.#index = index
    this.#list = new RowList(index)
  }

  /** Takes in rows `from` to the index's end. */
  extend(from: number): void {
    this.#batches.push(sorted(from, this.#index))
  }

  get all(): RowList {
    const [first, ...others] = this.#batches
    if (!first) return this.#list
    if (others.length === 0) this.#list.insert(first)
    else this.#insertAll(this.#batches)
    this.#batches = []
    return this.#list
  }

  /** Rows `from` to the index's end, in order. */
  since(from: number): Uint32Array {
    const count = this.#index.rows - from
    if (count * FEW < this.#index.rows) return sorted(from, this.#index)
    const { rows, length } = this.all
    return from === 0 ? rows.subarray(0, length) : rows.subarray(0, length).filter((row) => row >= from)
  }

  #insertAll(batches: Uint32Array[]): void {
    const together = new RowList(this.#index)
    for (const batch of batches.toSorted((a, b) => this.#index.compare(a[0] ?? 0, b[0] ?? 0))) together.insert(batch)
    this.#list.insert(together.rows.subarray(0, together.length))
  }
}

function sorted(from: number, index: EventIndex): Uint32Array {
  const rows = new Uint32Array(index.rows - from)
  for (let i = 0; i < rows.length; i++) rows[i] = from + i
  if (isInOrder(rows, index)) return rows
  rows.reverse()
  return isInOrder(rows, index) ? rows : rows.sort((a, b) => index.compare(a, b))
}

function isInOrder(rows: Uint32Array, index: EventIndex): boolean {
  for (let i = 1; i < rows.length; i++) if (index.compare(rows[i - 1] ?? 0, rows[i] ?? 0) > 0) return false
  return true
}
