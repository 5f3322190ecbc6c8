import type { CustodyAct, CustodyEntry, Review } from '../../../contract'
import { COVERAGE_STATES, formatInstant, parseInstant } from '../../../domain'

const DAY = 86_400_000

export type Signed = Pick<Review, 'name' | 'query' | 'range' | 'days' | 'note' | 'matching' | 'coverage'>

// The detail of an entry is lines of `name: value`, for people and this program alike; the note is the last and may have more.

export function reviewAct({ name, query, range, days, note, matching, coverage }: Signed): CustodyAct {
  const lines = [
    `range: ${formatInstant(range.from)} to ${formatInstant(range.to)}`,
    `query: ${JSON.stringify(query)}`,
    `matching: ${matching}`,
    `coverage: ${coverage}`,
    `due again: ${days === null ? 'never' : `in ${days} days`}`,
    `note: ${note}`,
  ]
  return { action: 'review', object: name, detail: lines.join('\n') }
}

const DETAIL = /^range: (\S+) to (\S+)\nquery: (".*")\nmatching: (\d+)\ncoverage: (\S+)\ndue again: (?:never|in (\d+) days)\nnote: (.*)$/s

/** Newest first; an entry that is no review of this form is left out. */
export function reviewsOf(entries: readonly CustodyEntry[]): Review[] {
  const names = new Set<string>()
  return entries.toReversed().flatMap((entry) => {
    const review = reviewOf(entry, !names.has(entry.object))
    if (!review) return []
    names.add(entry.object)
    return [review]
  })
}

function reviewOf({ seq, at, by, object: name, detail }: CustodyEntry, isLast: boolean): Review | null {
  const [, start = '', end = '', quoted = '', matching, state, interval, note = ''] = DETAIL.exec(detail) ?? []
  const from = parseInstant(start)
  const to = parseInstant(end)
  const query = textIn(quoted)
  const coverage = COVERAGE_STATES.find((known) => known === state)
  if (from === null || to === null || query === null || !coverage) return null
  const days = interval === undefined ? null : Number(interval)
  const dueAt = days === null ? null : at + days * DAY
  return { seq, name, at, by, query, range: { from, to }, days, dueAt, note, matching: Number(matching), coverage, isLast }
}

function textIn(quoted: string): string | null {
  try {
    const text: unknown = JSON.parse(quoted)
    return typeof text === 'string' ? text : null
  } catch {
    return null
  }
}
