import type { ApprovalChain, ApprovalState, GrantOutcome } from '../../contract'
import type { Milliseconds, TimeRange } from '../../domain'
import { formatDuration, rangeWords, type ZoneClock } from '../shared'

const DAY = 86_400_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `1 Nov 2025 → 6 Feb 2026 UTC`; of less than two days the clock times too. */
export function spanWords(range: TimeRange, zone: ZoneClock): string {
  if (range.to - range.from < 2 * DAY) return rangeWords(range, zone)
  return `${dayWords(zone.format(range.from, 'date'))} → ${dayWords(zone.format(range.to - 1, 'date'))} ${zone.label}`
}

/** When it was, as a card says it: the moment, the times of one day, or the days. */
export function whenWords({ from, to }: TimeRange, zone: ZoneClock): string {
  if (to - from < 1000) return zone.format(from)
  const [first, last] = [zone.format(from, 'min'), zone.format(to, 'min')]
  if (first.slice(0, 10) === last.slice(0, 10)) return first === last ? first : `${first} → ${last.slice(11)}`
  return `${dayWords(first.slice(0, 10))} → ${dayWords(last.slice(0, 10))}`
}

function dayWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`
}

export type Tone = 'good' | 'bad' | 'odd' | 'none'
export type Said = { text: string; tone: Tone }

export const STATE_SAID: Record<ApprovalState, Said> = {
  pending: { text: 'pending', tone: 'none' },
  approved: { text: 'approved', tone: 'good' },
  rejected: { text: 'rejected', tone: 'bad' },
  revoked: { text: 'revoked', tone: 'odd' },
  expired: { text: 'lapsed', tone: 'none' },
}

/** What came of a grant; null where none was given. */
export const USE_SAID: Record<GrantOutcome, Said | null> = {
  used: { text: 'used', tone: 'none' },
  outside: { text: 'outside grant', tone: 'bad' },
  'never-used': { text: 'never used', tone: 'odd' },
  'not-used-yet': { text: 'not used yet', tone: 'none' },
  unknown: { text: 'use unknown', tone: 'none' },
  none: null,
}

/** `grant · 2 h`, `grant · without an end`, `grant · 2 h, revoked` */
export function grantWords({ grant }: ApprovalChain): string | null {
  if (!grant) return null
  const length = grant.to === null ? 'without an end' : formatDuration(Math.max(0, grant.to - grant.from))
  return `grant · ${length}${grant.revoked ? ', revoked' : ''}`
}

/** `approved · mlee`; null where nobody has decided. */
export function decisionWords({ decision }: ApprovalChain): string | null {
  if (!decision) return null
  return `${decision.outcome} · ${decision.approver ?? 'unknown'}${decision.isRobot ? ' (automation)' : ''}`
}

export function latencyWords(latency: Milliseconds | null | undefined): string {
  return latency === null || latency === undefined ? '' : formatDuration(Math.max(0, latency))
}
