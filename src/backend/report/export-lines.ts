import type { ExportFormat } from '../../contract'
import type { Instant } from '../../domain'
import type { ReadableStore, RowCursor, StoredRecord, StoreView } from '../store'
import { FORMATS, type FormatOptions } from './formats'
import type { Redactor } from './redact'

/** Records fetched at once: few, because each can be a megabyte. */
const PAGE = 100
/** Characters of one piece, if a single record is not longer. What makes up a larger one no longer fits the processor's caches. */
const PIECE = 64 * 1024

/** Which rows of the view: the first so many, and those alone that arrived at that moment or later. */
export type RowChoice = { limit?: number; since?: Instant }

/** Of a row that is written: when it happened and when it came. */
export type RowMoments = { time: Instant; arrived: () => Instant }

export type LineOptions = FormatOptions & RowChoice & { format: ExportFormat; redactor?: Redactor; onRow?: (row: RowMoments) => void }

/** Whole lines together, and how many rows they are. */
export type Lines = { text: string; rows: number }

/** All rows of a view in a format, some at a time; what stands before the first row comes first. */
export function* exportLines(store: ReadableStore, view: StoreView, options: LineOptions): Generator<Lines> {
  const format = FORMATS[options.format]
  let text = format.head?.(options) ?? ''
  let rows = 0
  for (const line of linesOf(store, view, options)) {
    text += line
    rows++
    if (text.length < PIECE) continue
    yield { text, rows }
    text = ''
    rows = 0
  }
  if (text !== '') yield { text, rows }
}

function* linesOf(store: ReadableStore, view: StoreView, options: LineOptions): Generator<string> {
  const { redactor, onRow } = options
  const format = FORMATS[options.format]
  const { heldLine } = format
  if (heldLine && !redactor) {
    for (const row of rowsOf(store, view, options)) {
      onRow?.({ time: row.time, arrived: () => row.arrived() })
      yield heldLine(row)
    }
    return
  }
  for (const record of recordsOf(store, view, options)) {
    onRow?.({ time: record.event.time, arrived: () => record.provenance.fetchedAt })
    yield format.line(redactor ? redactor.mask(record).record : record, options)
  }
}

/** What proves that the masked rows are the originals, once their salt is shown: a line for each row of the file. */
export function* commitmentLines(store: ReadableStore, view: StoreView, { redactor, ...choice }: RowChoice & { redactor: Redactor }): Generator<Lines> {
  let row = 0
  for (const record of recordsOf(store, view, choice)) {
    row++
    yield { text: `${JSON.stringify({ row, fields: redactor.commitments(redactor.mask(record), row) })}\n`, rows: 1 }
  }
}

function* recordsOf(store: ReadableStore, view: StoreView, { limit = Number.POSITIVE_INFINITY, since }: RowChoice): Generator<StoredRecord> {
  const rows = Math.min(store.length(view), limit)
  for (let at = 0; at < rows; at += PAGE) {
    const records = store.records(view, at, Math.min(PAGE, rows - at))
    yield* since === undefined ? records : records.filter(({ provenance }) => provenance.fetchedAt >= since)
  }
}

/** The same rows without making records of them; each is good until the next. */
function* rowsOf(store: ReadableStore, view: StoreView, { limit = Number.POSITIVE_INFINITY, since }: RowChoice): Generator<RowCursor> {
  const rows = Math.min(store.length(view), limit)
  let revision = store.revision()
  let cursor = store.cursor(view)
  for (let at = 0; at < Math.min(rows, cursor.length); at++) {
    // Anything may have changed while the one who asks was busy with what came before.
    if (store.revision() !== revision) {
      revision = store.revision()
      cursor = store.cursor(view)
    }
    cursor.to(at)
    if (since === undefined || cursor.arrived() >= since) yield cursor
  }
}
