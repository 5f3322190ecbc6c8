import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type ExportTable, type TableFormat } from '../../../contract'
import { csvLine, rawCsvLine, type TimeRange } from '../../../domain'
import type { ReadableStore } from '../../store'
import type { Lines } from '../export-lines'
import { coverageFacts, spanText, type ManifestGround } from '../manifest'
import type { Redactor } from '../redact'
import type { TableShape } from './table-shape'

/** Rows asked for at once, unless told. */
const PAGE = 500

/** The rows of a table as they are when its export begins; `page` gives some of them, `size` at once. */
export type TableRows<Row> = { total: number; size: number; page: (at: number, count: number) => Promise<readonly Row[]> }

export type TableWriting = { format: TableFormat; raw: boolean; redactor?: Redactor }

export type TableExport = {
  table: ExportTable
  name: string
  total: number
  lines: (writing: TableWriting) => AsyncGenerator<Lines>
  /** What proves that the masked rows are the originals, once their salt is shown. */
  commitments: (redactor: Redactor) => AsyncGenerator<Lines>
  ground: (store: ReadableStore, redactor?: Redactor) => ManifestGround
}

/** `ask` is what the screen asks for, without which rows. */
export function tableExport<Row extends object>(shape: TableShape<Row>, ask: Record<string, unknown>, rows: TableRows<Row>): TableExport {
  const { table, name } = shape
  const { total } = rows
  const range = rangeIn(ask)
  return {
    table,
    name,
    total,
    lines: (writing) => linesOf(shape, rows, writing),
    commitments: (redactor) => commitmentsOf(shape, rows, redactor),
    ground: (store, redactor) => ({
      table,
      filter: redactor ? redactor.maskRow(ask, shape.ask).row : ask,
      counts: { rows: total, matching: total, held: total },
      range: range && spanText(range),
      coverage: coverageFacts(store.coverage(range)),
    }),
  }
}

/** All rows in memory: they stay those of the moment in which they were asked for. */
export function heldRows<Row>(all: readonly Row[]): TableRows<Row> {
  return { total: all.length, size: PAGE, page: (at, count) => Promise.resolve(all.slice(at, at + count)) }
}

type Place = { at: number; count: number }
type Page<Row> = { rows: readonly Row[]; total: number }

/** Rows that are made a page at a time. A file with holes or doubles must never pass for the table. */
export async function pagedRows<Row>(ask: (place: Place) => Page<Row> | Promise<Page<Row>>, size = PAGE): Promise<TableRows<Row>> {
  const first = await ask({ at: 0, count: 1 })
  const page = async (at: number, count: number) => {
    const { rows, total } = await ask({ at, count })
    if (total === first.total) return rows
    throw new BackendFault({ code: 'cancelled', message: 'The table changed while it was exported. Nothing was saved; export again.' })
  }
  return { total: first.total, size, page }
}

/** The same of a list that only grows, the newest first: what is new stays out, the entry of this export among it. */
export async function grownRows<Row>(ask: (place: Place) => Promise<Page<Row>>): Promise<TableRows<Row>> {
  const first = await ask({ at: 0, count: 1 })
  let grown = 0
  const page = async (at: number, count: number) => {
    for (;;) {
      const { rows, total } = await ask({ at: at + grown, count })
      if (total === first.total + grown) return rows
      grown = total - first.total
    }
  }
  return { total: first.total, size: PAGE, page }
}

async function* linesOf<Row extends object>({ columns, fields }: TableShape<Row>, rows: TableRows<Row>, { format, raw, redactor }: TableWriting): AsyncGenerator<Lines> {
  const write = raw ? rawCsvLine : csvLine
  const lineOf = format === 'csv' ? (row: Row) => write(columns.map(([, cell]) => cell(row))) : (row: Row) => `${JSON.stringify(row)}\n`
  if (format === 'csv') yield { text: `\ufeff${csvLine(columns.map(([name]) => name))}`, rows: 0 }
  for await (const page of pagesOf(rows)) {
    const shown = redactor ? page.map((row) => redactor.maskRow(row, fields).row) : page
    yield { text: shown.map(lineOf).join(''), rows: page.length }
  }
}

async function* commitmentsOf<Row extends object>({ fields }: TableShape<Row>, rows: TableRows<Row>, redactor: Redactor): AsyncGenerator<Lines> {
  let row = 0
  for await (const page of pagesOf(rows)) {
    const lines = page.map((one) => {
      row++
      return `${JSON.stringify({ row, fields: redactor.commitments(redactor.maskRow(one, fields), row) })}\n`
    })
    yield { text: lines.join(''), rows: page.length }
  }
}

async function* pagesOf<Row>({ total, size, page }: TableRows<Row>): AsyncGenerator<readonly Row[]> {
  for (let at = 0; at < total; ) {
    const rows = await page(at, Math.min(size, total - at))
    if (rows.length === 0) throw new BackendFault({ code: 'cancelled', message: 'The table became shorter while it was exported. Nothing was saved; export again.' })
    yield rows
    at += rows.length
    // Whoever else asks is answered in between.
    await nextTurn()
  }
}

function rangeIn(ask: Record<string, unknown>): TimeRange | null {
  const { range } = ask
  return typeof range === 'object' && range !== null && 'from' in range && 'to' in range ? { from: Number(range.from), to: Number(range.to) } : null
}
