import type { ApprovalChain, ApprovalPattern, Ask, Backend } from '../../contract'
import { csvLine, formatInstant } from '../../domain'

type Cell = string | number | null | undefined

const PATTERN_COLUMNS: readonly [name: string, cell: (pattern: ApprovalPattern) => Cell][] = [
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

const REQUEST_COLUMNS: readonly [name: string, cell: (chain: ApprovalChain) => Cell][] = [
  ['requested', ({ asked }) => formatInstant(asked)],
  ['request', ({ request }) => request],
  ['type', ({ type }) => type],
  ['requester', ({ requester }) => requester],
  ['machine', ({ machine }) => machine],
  ['scope', ({ scope }) => scope],
  ['reason', ({ justification }) => justification],
  ['state', ({ state }) => state],
  ['approver', ({ decision }) => decision?.approver],
  ['decided', ({ decision }) => time(decision?.at)],
  ['decided_in_ms', ({ decision }) => decision?.latency],
  ['own_request', ({ decision }) => (decision?.isSelf ? 'yes' : '')],
  ['automation', ({ decision }) => (decision?.isRobot ? 'yes' : '')],
  ['comment', ({ decision }) => decision?.comment],
  ['granted_from', ({ grant }) => time(grant?.from)],
  ['granted_to', ({ grant }) => time(grant?.to)],
  ['revoked', ({ grant }) => time(grant?.revoked?.at)],
  ['revoked_by', ({ grant }) => grant?.revoked?.by],
  ['sessions', ({ sessionCount }) => sessionCount],
  ['commands', ({ commands }) => commands],
  ['use', ({ outcome }) => outcome],
  ['outside', ({ outside }) => outside.join('; ')],
  ['patterns', ({ patterns }) => patterns.map(({ level, title }) => `${level}: ${title}`).join('; ')],
  ['connection', ({ connection }) => connection],
  ['key', ({ key }) => key],
]

function time(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : formatInstant(at)
}

/** UTF-8 mark, so that spreadsheets read names as they are. */
const MARK = '\ufeff'
const MOST = 1000

function table<Row>(columns: readonly (readonly [name: string, cell: (row: Row) => Cell])[]) {
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
