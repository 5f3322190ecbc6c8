import type { SyncJob } from '../../contract'
import type { Connection, Instant } from '../../domain'
import { type ZoneUse, formatPlural, formatRough } from '../shared'
import { isUnderWay } from '../sync'

const HOUR = 3_600_000

export type TokenState = { state: 'silent' } | { state: 'good' | 'soon' | 'ended'; words: string }

/** Until when the server can be read as this account; the sample renews its own. */
export function tokenState({ server }: Connection, job: SyncJob | undefined, now: Instant): TokenState {
  if (!server || server.sample) return { state: 'silent' }
  const { expiresAt } = server.account
  if (job?.state === 'failed' && job.fault?.code === 'unauthorized') return { state: 'ended', words: 'sign-in needed' }
  if (expiresAt === undefined) return { state: 'silent' }
  const left = expiresAt - now
  if (left <= 0) return { state: 'ended', words: 'token ended' }
  return { state: left < HOUR ? 'soon' : 'good', words: `token ends in ${formatRough(left)}` }
}

/** Share of the request budget from which on it is told. */
const NEAR_LIMIT = 0.75

export function budgetWords({ budget }: SyncJob): string | null {
  const left = Math.max(0, budget.limit - budget.spent)
  return budget.limit > 0 && budget.spent >= budget.limit * NEAR_LIMIT ? `${formatPlural(left, 'request')} left` : null
}

const WAITS_FOR = {
  server: 'The server asked to wait',
  retry: 'The server did not answer as it should',
  budget: 'The request budget is spent',
} as const satisfies Record<NonNullable<SyncJob['waitingFor']>, string>

/** `The server asked to wait: the next request goes out at 12:03:10 UTC.` */
export function waitWords(job: SyncJob, { format, label }: ZoneUse): string {
  const at = job.waitingUntil === null ? 'later' : `at ${format(job.waitingUntil, 's').slice(11)} ${label}`
  return `${WAITS_FOR[job.waitingFor ?? 'server']}: the next request goes out ${at}.`
}

export type CardLine = { look: 'problem' | 'quiet'; words: string }

type Standing = { job: SyncJob | undefined; refusal: string | null }

/** What keeps this server from being up to date, in one sentence; null where nothing does. */
export function cardLine({ server }: Connection, { job, refusal }: Standing): CardLine | null {
  if (refusal !== null) return { look: 'problem', words: refusal }
  if (job?.state === 'failed') return { look: 'problem', words: failureWords(job) }
  if (job?.state === 'cancelled') {
    return { look: 'quiet', words: 'The sync was stopped. What was read is kept; the next sync goes on from there.' }
  }
  if (server?.paused && !isUnderWay(job)) {
    return { look: 'quiet', words: 'Paused: it is read only when asked for. What is held stays.' }
  }
  return null
}

function failureWords({ fault, recordsDone }: SyncJob): string {
  const why = fault?.message ?? 'The sync ended early, and no reason was given.'
  if (fault?.code === 'unauthorized') return why
  const kept = recordsDone > 0 ? 'What was read is kept' : 'What is held stays'
  return `${why} ${kept}; the next sync goes on from there.`
}
