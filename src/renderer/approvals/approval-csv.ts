import { type ApprovalPattern, type Ask, type Backend, REQUEST_COLUMNS, type TableCell } from '../../contract'
import { csvLine, formatInstant } from '../../domain'

const PATTERN_COLUMNS: readonly [name: string, cell: (pattern: ApprovalPattern) => TableCell][] = [
  ['level', ({ level }) => level],
  ['rule', ({ rule }) => rule],
  ['title', ({ title }) => title],
  ['what_was_seen', ({ words }) => words],
  ['figures', ({ figures }) => figures.map(([name, value]) => `${name} ${value}`).join('; ')],
  ['method', ({ method }) => method],
  ['baseline', ({ baseline }) => baseline],
  ['from', ({ from }) => formatInstant(from)],
  ['to', ({ to }) => formatInstant(to)],
  ['approvers', ({ approvers }) => approvers.join('; ')],
  ['requesters', ({ requesters }) => requesters.join('; ')],
  ['events', ({ count }) => count],
  ['requests', ({ requests }) => requests.join('; ')],
  ['suppressed', ({ suppressed }) => suppressed?.reason],
  ['id', ({ id }) => id],
]

/** UTF-8 mark, so that spreadsheets read names as they are. */
const MARK = '\ufeff'
const MOST = 1000

function table<Row>(columns: readonly (readonly [name: string, cell: (row: Row) => TableCell])[]) {
  return {
    head: MARK + csvLine(columns.map(([name]) => name)),
    lines: (rows: readonly Row[]) => rows.map((row) => csvLine(columns.map(([, cell]) => cell(row)))).join(''),
  }
}

export async function* patternsCsv(patterns: ApprovalPattern[]): AsyncGenerator<Uint8Array> {
  const { head, lines } = table(PATTERN_COLUMNS)
  yield new TextEncoder().encode(head + lines(patterns))
}

type RequestsExport = {
  backend: Backend
  filter: Omit<Ask<'approval.requests'>, 'at' | 'count'>
  signal: AbortSignal
  onStep: (done: number, total: number) => void
}

/** Every request that matches, a page at a time; ends early where nobody waits for it any more. */
export async function* requestsCsv({ backend, filter, signal, onStep }: RequestsExport): AsyncGenerator<Uint8Array> {
  const { head, lines } = table(REQUEST_COLUMNS)
  const encoder = new TextEncoder()
  yield encoder.encode(head)
  for (let at = 0; ; at += MOST) {
    const { rows, total } = (await backend.call('approval.requests', { ...filter, at, count: MOST })).value
    signal.throwIfAborted()
    if (rows.length > 0) yield encoder.encode(lines(rows))
    onStep(Math.min(at + rows.length, total), total)
    if (rows.length < MOST) return
  }
}
