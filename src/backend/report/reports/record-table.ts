import type { HeldEvent, ReadableStore, StoredRecord, StoreView } from '../../store'
import type { Cell } from '../document'
import type { MainTable } from './main-table'

/** Records fetched at once: few, because each can be a megabyte. */
const PAGE = 100

type RecordTable = Pick<MainTable, 'name' | 'title' | 'columns' | 'none'> & {
  cells: (held: HeldEvent) => Iterable<readonly Cell[]>
  /** Rows of one record; 1 unless given. */
  rowsOf?: (held: HeldEvent) => number
  /** A record as one line of JSON, where that is more than its cells. */
  line?: (record: StoredRecord) => string
}

/** A main table of the records of a view; they are read as they are printed. */
export function recordTable(store: ReadableStore, view: StoreView, { cells, rowsOf, line, ...about }: RecordTable): MainTable {
  const units = store.length(view)
  return {
    ...about,
    units,
    total: rowsOf ? sumOf(recordsOf(store, view, null), rowsOf) : units,
    *names() {
      const cursor = store.cursor(view)
      for (let at = 0; at < cursor.length; at++) {
        cursor.to(at)
        yield cursor.key()
      }
    },
    *rows(numbers) {
      for (const held of recordsOf(store, view, numbers)) yield* cells(held)
    },
    ...(line && {
      *lines(numbers: readonly number[] | null) {
        for (const record of storedOf(store, view, numbers)) yield line(record)
      },
    }),
    count: (numbers) => (rowsOf ? sumOf(recordsOf(store, view, numbers), rowsOf) : numbers.length),
  }
}

function* recordsOf(store: ReadableStore, view: StoreView, numbers: readonly number[] | null): Generator<HeldEvent> {
  if (numbers === null) {
    const total = store.length(view)
    for (let at = 0; at < total; at += PAGE) yield* store.page(view, at, Math.min(PAGE, total - at))
    return
  }
  for (const number of numbers) yield* store.page(view, number, 1)
}

function* storedOf(store: ReadableStore, view: StoreView, numbers: readonly number[] | null): Generator<StoredRecord> {
  if (numbers === null) {
    const total = store.length(view)
    for (let at = 0; at < total; at += PAGE) yield* store.records(view, at, Math.min(PAGE, total - at))
    return
  }
  for (const number of numbers) yield* store.records(view, number, 1)
}

function sumOf(records: Iterable<HeldEvent>, rowsOf: (held: HeldEvent) => number): number {
  let sum = 0
  for (const held of records) sum += rowsOf(held)
  return sum
}
