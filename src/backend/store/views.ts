import type { StoreView, ValueCount } from './door'
import type { Filter, KeyFilter } from './filter'
import type { KeyRows, RowState } from './key-rows'
import { RowList } from './row-list'
import type { RowOrder } from './row-order'
import type { RowSet } from './row-set'
import { rowTest, type RowTest, type Searched } from './row-test'

/** Filters whose rows are kept; one that a million rows match takes 8 MB. */
const KEPT_FILTERS = 16
/** Rows that are looked at in one piece: mostly less than a millisecond. */
const PIECE = 10_000
/** With more rows looked at anew than this, everything is. */
const MOST_TOUCHED = 100_000

/** Rows of a view in ascending time: `rows[from]` up to, not including, `rows[to]`. */
export type Slice = { rows: Uint32Array; from: number; to: number }

type ViewParts = Omit<Searched, 'keyed'> & { keyRows: KeyRows }

type Kept = {
  filter: Filter
  test: RowTest
  /** While many rows are looked at: of each from `base` on, 1 where it is found. Those before are in the lists. */
  marks: Uint8Array | null
  base: number
  /** Found in one pass, because who asks for one mostly asks for the other too. */
  all: RowList
  withoutCompanions: RowList
  /** Rows that were looked at, by arrival, and how many of the touched ones were looked at anew. */
  scanned: number
  touched: number
  /** Names of the filters in it that ask for keys, and rows that came to or left those since. */
  keyed: readonly string[]
  stale: number[]
}

/** Exact row lists of filters over all time; a time range is then a slice found by halving. */
export class Views {
  readonly #kept = new Map<string, Kept>()
  readonly #searched: Searched
  readonly #order: RowOrder
  readonly #shownTest: () => RowTest
  readonly #keyRows: KeyRows
  #touched: number[] = []
  /** Counts how often rows went, or may be others. */
  #epoch = 0

  /** `shownTest` makes a test, good until anything changes, that leaves out rows that nobody is to see. */
  constructor({ keyRows, ...searched }: ViewParts, order: RowOrder, shownTest: () => RowTest) {
    this.#searched = { ...searched, keyed: (filter) => keyRows.rows(filter) }
    this.#keyRows = keyRows
    this.#order = order
    this.#shownTest = shownTest
  }

  /** Forgets every list, after connections were hidden, shown or removed. */
  clear(): void {
    this.#epoch++
    this.#forgetAll()
  }

  /** Something but its record changed of a row: whether it is shown, who holds it, what was learned of it. */
  touch(row: number): void {
    this.#keyRows.touch(row)
    if (this.#kept.size === 0) return
    if (this.#touched.push(row) > MOST_TOUCHED) this.#forgetTouched()
  }

  /** Other recordings are held than before. */
  forgetRecorded(): void {
    for (const [key, { filter }] of this.#kept) if (speaksOfRecordings(filter)) this.#kept.delete(key)
  }

  /**
   * Does a piece of what is left to look up by key or to look at row by row for a filter, or for the tags; true when little
   * is. Rows that come meanwhile are left to who asks then.
   */
  lookUp(filter: Filter | 'tags'): boolean {
    if (filter === 'tags') return this.#keyRows.lookUpTags(this.#state())
    const areKnown = keyFilters(filter).every((part) => this.#keyRows.lookUp(part, this.#state()))
    return areKnown && this.#look(this.#current(filter))
  }

  /** Rows that the filter finds by their keys, as they are now. */
  keyed(filter: KeyFilter): RowSet {
    this.#refresh(filter)
    return this.#keyRows.rows(filter)
  }

  /** Tags with the events, shown ones and no companions, that have them. */
  tags(): ValueCount[] {
    const { index } = this.#searched
    const isShown = this.#shownTest()
    return this.#keyRows.tags(this.#state()).flatMap(([value, found]) => {
      const counted = { value, rows: 0, count: 0 }
      found.each((row) => {
        if (!isShown(row) || index.isCompanion(row)) return
        counted.rows++
        counted.count += index.repeats.array[row] ?? 1
      })
      return counted.rows > 0 ? [counted] : []
    })
  }

  slice(view: Pick<StoreView, 'filter' | 'range' | 'companions'>): Slice {
    const { all, withoutCompanions } = this.#upToDate(view.filter)
    const kept = view.companions ? all : withoutCompanions
    if (!view.range) return { rows: kept.rows, from: 0, to: kept.length }
    return { rows: kept.rows, from: kept.firstAt(view.range.from), to: kept.firstAt(view.range.to) }
  }

  /** Rows of a view, counted; of a short range of a filter that nobody looks at, without looking at all others. */
  length(view: Pick<StoreView, 'filter' | 'range' | 'companions'>): number {
    const few = this.#fewIn(view)
    if (few) return this.#found(rowTest(view.filter, this.#searched), few, view.companions).length
    const { from, to } = this.slice(view)
    return to - from
  }

  /** Null where looking at them by themselves is no gain. */
  #fewIn({ filter, range }: Pick<StoreView, 'filter' | 'range'>): Uint32Array | null {
    const isKnown = this.#kept.get(filterKey(filter))?.marks === null
    if (!range || isKnown || keyFilters(filter).length > 0) return null
    const { all } = this.#order
    const [from, to] = [all.firstAt(range.from), all.firstAt(range.to)]
    return to - from > PIECE ? null : all.rows.subarray(from, to)
  }

  #upToDate(filter: Filter): Kept {
    const kept = this.#current(filter)
    while (!this.#look(kept)) continue
    const { index } = this.#searched
    if (kept.scanned < index.rows) this.#take(kept, this.#order.since(kept.scanned))
    kept.scanned = index.rows
    return kept
  }

  /** What is kept of a filter, right for all rows that were looked at. */
  #current(filter: Filter): Kept {
    for (const part of keyFilters(filter)) this.#refresh(part)
    const key = filterKey(filter)
    const kept = this.#kept.get(key) ?? this.#empty(filter)
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    if (this.#kept.size > KEPT_FILTERS) this.#forgetOld()
    if (kept.touched < this.#touched.length || kept.stale.length > 0) this.#lookAgain(kept)
    kept.touched = this.#touched.length
    return kept
  }

  /**
   * Looks at a piece of the rows that nobody looked at, where they are many; true when they are few, or at the end of those
   * that there were when it was begun.
   */
  #look(kept: Kept): boolean {
    const { index } = this.#searched
    if (!kept.marks && index.rows - kept.scanned > PIECE) this.#mark(kept, index.rows)
    const { marks, base, scanned } = kept
    if (!marks) return true
    const end = Math.min(scanned + PIECE, base + marks.length)
    const isFound = this.#finder(kept.test)
    for (let row = scanned; row < end; row++) marks[row - base] = isFound(row) ? 1 : 0
    kept.scanned = end
    if (end < base + marks.length) return false
    this.#list(kept, marks)
    return true
  }

  #mark(kept: Kept, rows: number): void {
    kept.base = kept.scanned
    kept.marks = new Uint8Array(rows - kept.scanned)
  }

  /** Puts what was marked in order. */
  #list(kept: Kept, marks: Uint8Array): void {
    const { rows, length } = this.#order.all
    const found = new Uint32Array(marks.reduce((sum, mark) => sum + mark, 0))
    for (let at = 0, to = 0; to < found.length && at < length; at++) {
      const row = rows[at] ?? 0
      if (marks[row - kept.base] === 1) found[to++] = row
    }
    kept.marks = null
    this.#insert(kept, found)
  }

  /** Whose rows came or went is told to the lists that ask for it; of many, the list is made anew. */
  #refresh(filter: KeyFilter): void {
    const changed = this.#keyRows.refresh(filter, this.#state())
    if (changed.length === 0) return
    const name = filterKey(filter)
    for (const [key, kept] of this.#kept) {
      if (!kept.keyed.includes(name)) continue
      if (kept.stale.length + changed.length > MOST_TOUCHED) this.#kept.delete(key)
      else for (const row of changed) kept.stale.push(row)
    }
  }

  #state(): RowState {
    return { rows: this.#searched.index.rows, epoch: this.#epoch }
  }

  #forgetAll(): void {
    this.#kept.clear()
    this.#touched = []
  }

  /** Of many touched rows, what they are in is not found out: the lists are made anew, but for those being made. */
  #forgetTouched(): void {
    for (const [key, kept] of this.#kept) {
      if (!kept.marks) this.#kept.delete(key)
      else for (const row of this.#touched.slice(kept.touched)) kept.stale.push(row)
      kept.touched = 0
    }
    this.#touched = []
  }

  /** Forgets what was asked for longest ago. What is being looked at is no part of it: it would only be begun again. */
  #forgetOld(): void {
    const known = [...this.#kept].filter(([, { marks }]) => marks === null)
    const old = known.slice(0, Math.max(0, known.length - KEPT_FILTERS))
    if (old.length === 0) return
    for (const [key] of old) this.#kept.delete(key)
    this.#keyRows.keep([...this.#kept.values()].flatMap(({ filter }) => keyFilters(filter)))
  }

  #empty(filter: Filter): Kept {
    const { index } = this.#searched
    const lists = { all: new RowList(index), withoutCompanions: new RowList(index) }
    const keyed = keyFilters(filter).map(filterKey)
    const test = rowTest(filter, this.#searched)
    return { filter, test, marks: null, base: 0, ...lists, scanned: 0, touched: this.#touched.length, keyed, stale: [] }
  }

  #lookAgain(kept: Kept): void {
    const { index } = this.#searched
    const { marks, scanned } = kept
    const listed = marks ? kept.base : scanned
    const touched = [...new Set([...this.#touched.slice(kept.touched), ...kept.stale])].filter((row) => row < scanned)
    kept.stale = []
    const isFound = this.#finder(kept.test)
    if (marks) for (const row of touched) if (row >= listed) marks[row - kept.base] = isFound(row) ? 1 : 0
    const inLists = touched.filter((row) => row < listed)
    kept.all.remove(inLists)
    kept.withoutCompanions.remove(inLists)
    this.#take(kept, Uint32Array.from(inLists).sort((a, b) => index.compare(a, b)))
  }

  /** Rows in order. */
  #take(kept: Kept, rows: Uint32Array): void {
    this.#insert(kept, this.#found(kept.test, rows, true))
  }

  #found(test: RowTest, rows: Uint32Array, companions: boolean): Uint32Array {
    const { index } = this.#searched
    const isFound = this.#finder(test)
    return rows.filter((row) => isFound(row) && (companions || !index.isCompanion(row)))
  }

  /** Good until anything changes. */
  #finder(test: RowTest): RowTest {
    const isShown = this.#shownTest()
    return (row) => isShown(row) && test(row)
  }

  #insert({ all, withoutCompanions }: Kept, found: Uint32Array): void {
    all.insert(found)
    withoutCompanions.insert(found.filter((row) => !this.#searched.index.isCompanion(row)))
  }
}

function keyFilters(filter: Filter): KeyFilter[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.flatMap(keyFilters)
    case 'not':
      return keyFilters(filter.part)
    case 'keys':
    case 'tag':
      return [filter]
    default:
      return []
  }
}

function speaksOfRecordings(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.some(speaksOfRecordings)
  return filter.kind === 'not' ? speaksOfRecordings(filter.part) : filter.kind === 'recorded'
}

function filterKey(filter: Filter): string {
  return JSON.stringify(filter, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value))
}
