import { formatInstant } from '../domain'
import type { ApprovalChain } from './approval'

export type TableCell = string | number | null | undefined

/** A request with its decision, grant and use as a row of a table. */
export const REQUEST_COLUMNS: readonly [name: string, cell: (chain: ApprovalChain) => TableCell][] = [
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
