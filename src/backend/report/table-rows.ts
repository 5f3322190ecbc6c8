import { BackendFault, REQUEST_COLUMNS, type ApprovalChain, type Ask, type ExportTable, type FindingRow, type SessionRow, type TableCell } from '../../contract'
import { csvLine, formatInstant, type Instant, type TimeRange } from '../../domain'
import type { ReadableStore } from '../store'
import type { Lines } from './export-lines'
import { coverageFacts, type ManifestGround } from './manifest'

/** Rows asked for at once. */
const PAGE = 500

type Page<Row> = { rows: Row[]; total: number }
type Rows = { 'session.list': SessionRow; 'detection.findings': FindingRow; 'approval.requests': ApprovalChain }
type Columns<Row> = readonly (readonly [name: string, cell: (row: Row) => TableCell])[]

/** A table as its screen asks for it; `page` answers that ask from a row on. */
export type TableExport = {
  [Table in ExportTable]: {
    table: Table
    ask: Omit<Ask<Table>, 'at' | 'count'>
    format: 'csv' | 'jsonl'
    first: Page<Rows[Table]>
    page: (at: number, count: number) => Promise<Page<Rows[Table]>>
  }
}[ExportTable]

export type TableFile = { name: string; total: number; format: 'csv' | 'jsonl'; lines: AsyncGenerator<Lines>; ground: () => ManifestGround }

export function tableFile(asked: TableExport, store: ReadableStore): TableFile {
  const { table, ask, format, first } = asked
  const range = rangeIn(ask)
  const ground = (): ManifestGround => ({
    table,
    filter: { ...ask },
    counts: { rows: first.total, matching: first.total, held: first.total },
    range: range && { from: formatInstant(range.from), to: formatInstant(range.to) },
    coverage: coverageFacts(store.coverage(range)),
  })
  return { name: NAMES[table], total: first.total, format, lines: linesOf(asked), ground }
}

const NAMES: Readonly<Record<ExportTable, string>> = { 'session.list': 'sessions', 'detection.findings': 'findings', 'approval.requests': 'requests' }

function rangeIn(ask: object): TimeRange | null {
  return 'range' in ask && typeof ask.range === 'object' && ask.range !== null && 'from' in ask.range && 'to' in ask.range
    ? { from: Number(ask.range.from), to: Number(ask.range.to) }
    : null
}

/** Each table with its own columns. */
function linesOf(asked: TableExport): AsyncGenerator<Lines> {
  switch (asked.table) {
    case 'session.list':
      return pages(asked, SESSIONS)
    case 'detection.findings':
      return pages(asked, FINDINGS)
    case 'approval.requests':
      return pages(asked, REQUEST_COLUMNS)
  }
}

type Paged<Row> = { format: 'csv' | 'jsonl'; first: Page<Row>; page: (at: number, count: number) => Promise<Page<Row>> }

async function* pages<Row extends object>({ format, first, page }: Paged<Row>, columns: Columns<Row>): AsyncGenerator<Lines> {
  const lineOf = format === 'csv' ? (row: Row) => csvLine(columns.map(([, cell]) => cell(row))) : (row: Row) => `${JSON.stringify(row)}\n`
  if (format === 'csv') yield { text: `\ufeff${csvLine(columns.map(([name]) => name))}`, rows: 0 }
  for (let at = 0; at < first.total; at += PAGE) {
    const { rows, total } = await page(at, Math.min(PAGE, first.total - at))
    if (total !== first.total || rows.length === 0) {
      // Rows moved under the export: a file with holes or doubles must never pass for the table.
      throw new BackendFault({ code: 'cancelled', message: 'The table changed while it was exported. Nothing was saved; export again.' })
    }
    yield { text: rows.map(lineOf).join(''), rows: rows.length }
  }
}

function time(at: Instant | null | undefined): string | null {
  return at === null || at === undefined ? null : formatInstant(at)
}

const SESSIONS: Columns<SessionRow> = [
  ['from', ({ from }) => time(from)],
  ['to', ({ to }) => time(to)],
  ['last_seen', ({ last }) => time(last)],
  ['state', ({ state }) => state],
  ['kind', ({ kind }) => kind],
  ['user', ({ user }) => user],
  ['machine', ({ machine }) => machine],
  ['client', ({ client }) => client],
  ['ip', ({ ip }) => ip],
  ['events', ({ events }) => events],
  ['commands', ({ commands }) => commands],
  ['failures', ({ failures }) => failures],
  ['sudo', ({ sudo }) => sudo],
  ['files', ({ files }) => files],
  ['approval', ({ approval }) => approval],
  ['recordings', ({ recordings }) => recordings.map(({ id }) => id).join('; ')],
  ['connection', ({ connection }) => connection],
  ['session', ({ session }) => session],
  ['id', ({ id }) => id],
]

const FINDINGS: Columns<FindingRow> = [
  ['level', ({ level }) => level],
  ['rule', ({ rule }) => rule],
  ['title', ({ title }) => title],
  ['who', ({ who }) => who],
  ['start', ({ start }) => time(start)],
  ['crossed', ({ crossed }) => time(crossed)],
  ['end', ({ end }) => time(end)],
  ['peak', ({ peak }) => peak],
  ['events', ({ events }) => events],
  ['why', ({ why }) => why],
  ['may_begin_earlier', ({ mayBeginEarlier }) => (mayBeginEarlier ? 'yes' : '')],
  ['suppressed', ({ suppressed }) => suppressed?.reason],
  ['key', ({ key }) => key],
  ['id', ({ id }) => id],
]
