import type { SignInField, SignInValue, View, WeekHour } from '../../contract'
import type { Instant, TimeRange } from '../../domain'
import { withTerm, type FieldName } from '../../language'
import type { Address } from '../address'

/** What every chart of this screen counts. */
const SIGN_IN = 'category:authentication action:login'

export type Outcomes = 'failure' | 'all'

/** The timeline at sign-ins. */
export function signInPlace(range: TimeRange | null, outcomes: Outcomes, terms: readonly string[] = []): Partial<Address> {
  const outcome = outcomes === 'failure' ? ['outcome:failure'] : []
  return { screen: 'timeline', query: [SIGN_IN, ...outcome, ...terms].join(' '), range, order: 'desc', selected: null }
}

/** All sign-ins of a time. */
export function signInView(range: TimeRange | null): View {
  return { query: SIGN_IN, range, order: 'desc' }
}

/** A query may have 10,000 characters in all. */
const LONGEST = 9000

/** The term that a value of a chart stands for; null where none says just that. */
export function valueTerm(field: SignInField, { value, verbs }: SignInValue): string | null {
  if (field !== 'method') return (value?.length ?? 0) > LONGEST ? null : fieldTerm(field, value) || null
  return verbs === null ? null : anyOf(verbs.map((verb) => fieldTerm('action', verb)))
}

const HOUR = 3_600_000

/** The hours of a cell of the week, those next to each other as one; null where they are too many to name. */
export function hoursTerm({ hours }: WeekHour): string | null {
  if (hours === null || hours.length === 0) return null
  const spans: TimeRange[] = []
  for (const from of hours) {
    const last = spans.at(-1)
    if (last?.to === from) last.to = from + HOUR
    else spans.push({ from, to: from + HOUR })
  }
  return anyOf(spans.map(({ from, to }) => `time:${iso(from)}..${iso(to)}`))
}

function iso(at: Instant): string {
  return new Date(at).toISOString().replace(/:00\.000Z$/, 'Z')
}

function anyOf(terms: readonly string[]): string {
  const [only = ''] = terms
  return terms.length === 1 ? only : `(${terms.join(' OR ')})`
}

/** Empty for what no query can say. */
export function fieldTerm(field: FieldName, value: string | null): string {
  return withTerm('', { field, value, negate: false })
}
