import type { ExportFormat } from '../../contract'
import type { Instant } from '../../domain'
import type { ReadableStore, StoredRecord, StoreView } from '../store'
import { FORMATS, type FormatOptions } from './formats'
import type { Redactor } from './redact'

/** Records fetched at once: few, because each can be a megabyte. */
const PAGE = 100
/** Characters of one piece, if a single record is not longer. */
export const PIECE = 1024 * 1024

/** Which rows of the view: the first so many, and those alone that arrived at that moment or later. */
export type RowChoice = { limit?: number; since?: Instant }

export type LineOptions = FormatOptions & RowChoice & { format: ExportFormat; redactor?: Redactor; onRecord?: (record: StoredRecord) => void }

/** Whole lines together, and how many rows they are. */
export type Lines = { text: string; rows: number }

/** All rows of a view in a format, some at a time; what stands before the first row comes first. */
export function* exportLines(store: ReadableStore, view: StoreView, options: LineOptions): Generator<Lines> {
  const format = FORMATS[options.format]
  let text = format.head?.(options) ?? ''
  let rows = 0
  const { redactor, onRecord } = options
  for (const record of recordsOf(store, view, options)) {
    onRecord?.(record)
    text += format.line(redactor ? redactor.mask(record).record : record, options)
    rows++
    if (text.length < PIECE && rows < PAGE) continue
    yield { text, rows }
    text = ''
    rows = 0
  }
  if (text !== '') yield { text, rows }
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
