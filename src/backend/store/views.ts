import type { Instant } from '../../domain'
import type { StoreView } from './door'
import type { EventIndex } from './event-index'
import type { Filter } from './filter'
import type { RowOrder } from './row-order'
import { rowTest, type RowTest, type Searched } from './row-test'

/** Filters whose rows are kept; one that a million rows match takes 8 MB. */
const KEPT_FILTERS = 16

/** Rows of a view in ascending time: `rows[from]` up to, not including, `rows[to]`. */
export type Slice = { rows: Uint32Array; from: number; to: number }

type List = { rows: Uint32Array; length: number }

type Kept = {
  test: RowTest
  /** Found in one pass, because who asks for one mostly asks for the other too. */
  all: List
  withoutCompanions: List
  /** How far into the order the rows were looked at, and the state of the order then. */
  scanned: number
  merges: number
}

/** Exact row lists of filters over all time; a time range is then a slice found by halving. */
export class Views {
  readonly #kept = new Map<string, Kept>()
  readonly #searched: Searched
  readonly #order: RowOrder
  readonly #shownTest: () => RowTest

  /** `shownTest` makes a test, good until anything changes, that leaves out rows of hidden or removed connections. */
  constructor(searched: Searched, order: RowOrder, shownTest: () => RowTest) {
    this.#searched = searched
    this.#order = order
    this.#shownTest = shownTest
  }

  /** Forgets every list, after rows were hidden or removed. */
  clear(): void {
    this.#kept.clear()
  }

  slice(view: Pick<StoreView, 'filter' | 'range' | 'companions'>): Slice {
    const { all, withoutCompanions } = this.#upToDate(view.filter)
    const kept = view.companions ? all : withoutCompanions
    const index = this.#searched.index
    if (!view.range) return { rows: kept.rows, from: 0, to: kept.length }
    return {
      rows: kept.rows,
      from: firstAt(index, kept, view.range.from),
      to: firstAt(index, kept, view.range.to),
    }
  }

  #upToDate(filter: Filter): Kept {
    const key = filterKey(filter)
    let kept = this.#kept.get(key)
    this.#kept.delete(key)
    if (!kept || kept.merges !== this.#order.merges) {
      const { merges } = this.#order
      kept = { test: kept?.test ?? rowTest(filter, this.#searched), all: emptyList(), withoutCompanions: emptyList(), scanned: 0, merges }
    }
    this.#kept.set(key, kept)
    if (this.#kept.size > KEPT_FILTERS) this.#kept.delete(this.#kept.keys().next().value ?? '')
    this.#scan(kept)
    return kept
  }

  #scan(kept: Kept): void {
    const { index } = this.#searched
    const { rows: order, length } = this.#order
    const { test, all, withoutCompanions } = kept
    const isShown = this.#shownTest()
    for (let at = kept.scanned; at < length; at++) {
      const row = order[at] ?? 0
      if (!isShown(row) || !test(row)) continue
      push(all, row)
      if (!index.isCompanion(row)) push(withoutCompanions, row)
    }
    kept.scanned = length
  }
}

function emptyList(): List {
  return { rows: new Uint32Array(1024), length: 0 }
}

function push(list: List, row: number): void {
  if (list.length === list.rows.length) list.rows = doubled(list.rows)
  list.rows[list.length++] = row
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
