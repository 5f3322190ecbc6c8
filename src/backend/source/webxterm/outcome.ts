import type { Basis, Outcome } from '../../../domain'
import { field } from './row'
import type { JsonObject } from '../json'

export type Verdict = { outcome: Outcome; basis: Basis; reason?: string }

const STATUS: Readonly<Record<string, Verdict>> = {
  success: { outcome: 'success', basis: 'reported' },
  succeeded: { outcome: 'success', basis: 'reported' },
  ok: { outcome: 'success', basis: 'reported' },
  failure: { outcome: 'failure', basis: 'reported' },
  failed: { outcome: 'failure', basis: 'reported' },
  error: { outcome: 'failure', basis: 'reported' },
  denied: { outcome: 'failure', basis: 'reported', reason: 'denied' },
  forbidden: { outcome: 'failure', basis: 'reported', reason: 'denied' },
  unauthorized: { outcome: 'failure', basis: 'reported', reason: 'denied' },
  pending: { outcome: 'unknown', basis: 'reported', reason: 'pending' },
  held: { outcome: 'unknown', basis: 'reported', reason: 'pending' },
}

const FAILED: Verdict = { outcome: 'failure', basis: 'reported' }
const UNKNOWN: Verdict = { outcome: 'unknown', basis: 'assumed' }

/** How it ended: by the row's status word, else by the status of the answer that the request got. */
export function verdictOf(row: JsonObject, action: string): Verdict {
  const error = field(row, 'error')
  const word = field(row, 'status')?.toLowerCase()
  const said = word !== undefined && Object.hasOwn(STATUS, word) ? STATUS[word] : undefined
  // Its very name says that it failed.
  const verdict = action === 'login_failed' ? FAILED : (said ?? byStatus(row))
  if (verdict.outcome !== 'failure' || verdict.reason !== undefined || error === undefined) return verdict
  return { ...verdict, reason: error }
}

function byStatus(row: JsonObject): Verdict {
  const status = Number(field(row, 'response_status') ?? 0)
  if (!(status >= 100)) return UNKNOWN
  if (status < 400) return { outcome: 'success', basis: 'derived' }
  const denied = status === 401 || status === 403
  return { outcome: 'failure', basis: 'derived', ...(denied && { reason: 'denied' }) }
}
