import type { EventIndex } from './event-index'

/** All rows by time. Rows mostly arrive in that order; late ones are merged in. */
export class RowOrder {
  rows = new Uint32Array(1024)
  length = 0
  /** Changes whenever rows took a place before others, so that whoever kept a part of the order starts over. */
  merges = 0
  readonly #index: EventIndex

  constructor(index: EventIndex) {
    this.#index = index
  }

  /** Takes in rows `from` to the index's end. */
  extend(from: number): void {
    const index = this.#index
    const added = Uint32Array.from({ length: index.rows - from }, (_, i) => from + i)
    if (!isSorted(added, index)) added.sort((a, b) => index.compare(a, b))
    const before = this.length
    this.#grow(before + added.length)
    const last = this.rows[before - 1]
    if (before === 0 || added.length === 0 || index.compare(last ?? 0, added[0] ?? 0) < 0) {
      this.rows.set(added, before)
    } else {
      this.#merge(added, before)
      this.merges++
    }
  }

  /** From the end, so that only rows later than the first added move. */
  #merge(added: Uint32Array, before: number): void {
    let held = before - 1
    let next = added.length - 1
    for (let at = before + added.length - 1; next >= 0; at--) {
      const candidate = added[next] ?? 0
      const other = this.rows[held] ?? 0
      if (held >= 0 && this.#index.compare(other, candidate) > 0) {
        this.rows[at] = other
        held--
      } else {
        this.rows[at] = candidate
        next--
      }
    }
  }

  #grow(length: number): void {
    if (length > this.rows.length) {
      const larger = new Uint32Array(Math.max(length, this.rows.length * 2))
      larger.set(this.rows)
      this.rows = larger
    }
    this.length = length
  }
}

function isSorted(rows: Uint32Array, index: EventIndex): boolean {
  for (let i = 1; i < rows.length; i++) if (index.compare(rows[i - 1] ?? 0, rows[i] ?? 0) > 0) return false
  return true
}
