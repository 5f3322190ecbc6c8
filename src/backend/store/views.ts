import type { Instant } from '../../domain'
import type { StoreView } from './door'
import type { EventIndex } from './event-index'
import type { Filter } from './filter'
import type { RowOrder } from './row-order'
import { rowTest, type RowTest, type Searched } from './row-test'

/** Views kept; one of a million rows takes 4 MB. */
const KEPT_VIEWS = 24

/** Rows of a view in ascending time: `rows[from]` up to, not including, `rows[to]`. */
export type Slice = { rows: Uint32Array; from: number; to: number }

type Kept = {
  test: RowTest
  rows: Uint32Array
  length: number
  /** How far into the order the rows were looked at, and the state of the order then. */
  scanned: number
  merges: number
}

/** Exact row lists of filters over all time; a time range is then a slice found by halving. */
export class Views {
  readonly #kept = new Map<string, Kept>()
  readonly #searched: Searched
  readonly #order: RowOrder
  readonly #isShown: (row: number) => boolean

  /** `isShown` leaves out rows of connections that are hidden or removed. */
  constructor(searched: Searched, order: RowOrder, isShown: (row: number) => boolean) {
    this.#searched = searched
    this.#order = order
    this.#isShown = isShown
  }

  /** Forgets every list, after rows were hidden or removed. */
  clear(): void {
    this.#kept.clear()
  }

  slice(view: Pick<StoreView, 'filter' | 'range' | 'companions'>): Slice {
    const kept = this.#upToDate(view.filter, view.companions)
    const index = this.#searched.index
    if (!view.range) return { rows: kept.rows, from: 0, to: kept.length }
    return {
      rows: kept.rows,
      from: firstAt(index, kept, view.range.from),
      to: firstAt(index, kept, view.range.to),
    }
  }

  #upToDate(filter: Filter, companions: boolean): Kept {
    const key = `${companions}${filterKey(filter)}`
    let kept = this.#kept.get(key)
    this.#kept.delete(key)
    if (!kept || kept.merges !== this.#order.merges) {
      kept = { test: kept?.test ?? rowTest(filter, this.#searched), rows: new Uint32Array(1024), length: 0, scanned: 0, merges: this.#order.merges }
    }
    this.#kept.set(key, kept)
    if (this.#kept.size > KEPT_VIEWS) this.#kept.delete(this.#kept.keys().next().value ?? '')
    this.#scan(kept, companions)
    return kept
  }

  #scan(kept: Kept, companions: boolean): void {
    const { index } = this.#searched
    const { rows: order, length } = this.#order
    for (let at = kept.scanned; at < length; at++) {
      const row = order[at] ?? 0
      if (!companions && index.isCompanion(row)) continue
      if (!this.#isShown(row) || !kept.test(row)) continue
      if (kept.length === kept.rows.length) kept.rows = doubled(kept.rows)
      kept.rows[kept.length++] = row
    }
    kept.scanned = length
  }
}

/** Index of the first of the kept rows at or after a time. */
export function firstAt(index: EventIndex, kept: { rows: Uint32Array; length: number }, time: Instant): number {
  const times = index.times.array
  let low = 0
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[kept.rows[middle] ?? 0] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

function doubled(rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(rows.length * 2)
  larger.set(rows)
  return larger
}

function filterKey(filter: Filter): string {
  return JSON.stringify(filter, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value))
}
