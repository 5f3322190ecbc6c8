import { parseInstant, type CoverageRange, type Instant, type TimeRange } from '../domain'
import { textOf, type Values } from './words'
import { UsageError } from './usage-error'

/** `--from` and `--to` as typed; null is no bound. */
export type Span = { from: Instant | null; to: Instant | null }

/** First and last instant a Date can hold, for the open end of a range. */
const FIRST: Instant = -8_640_000_000_000_000
const LAST: Instant = 8_640_000_000_000_000

export function spanOf(values: Values): Span {
  const from = instantOf(values, 'from')
  const to = instantOf(values, 'to')
  if (from !== null && to !== null && from >= to) throw new UsageError('--from must be before --to, which is not part of the range.')
  return { from, to }
}

export function instantOf(values: Values, name: string): Instant | null {
  const text = textOf(values, name)
  if (text === undefined) return null
  const at = parseInstant(text)
  if (at !== null) return at
  throw new UsageError(`--${name} needs a time such as 2026-02-06T02:58:41.207Z or 2026-02-06, not «${text}».`)
}

/** The range to look for events in; null for all time. */
export function rangeOf({ from, to }: Span): TimeRange | null {
  return from === null && to === null ? null : { from: from ?? FIRST, to: to ?? LAST }
}

/**
 * The range to ask the ledger about. An open end reaches until now and an open start back to the first range of the
 * ledger, so that what came after the last import is told as a hole and not left out. Null for all the ledger speaks of.
 */
export function ledgerRange({ from, to }: Span, ledger: CoverageRange[], now: Instant): TimeRange | null {
  if (from === null && to === null) return null
  const first = ledger.reduce((least, range) => Math.min(least, range.from), to ?? now)
  const last = ledger.reduce((most, range) => Math.max(most, range.to), now)
  const start = from ?? Math.min(first, (to ?? now) - 1)
  return { from: start, to: to ?? Math.max(last, start + 1) }
}
