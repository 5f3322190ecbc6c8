import type { View } from '../../contract'
import type { TimeRange } from '../../domain'
import { withTerm, type FieldName } from '../../language'

/** A query may be so long. */
const LONGEST = 8000

export type Wanted = {
  /** Up to after the last of the requests. */
  range: TimeRange
  connections: readonly string[]
  /** Ids of the requests. */
  ids: readonly string[]
  requesters: readonly string[]
}

/** The view that shows requests and nothing else; where they are too many to name, those of their requesters in their time. */
export function requestsView({ range, connections, ids, requesters }: Wanted): { view: View; isExact: boolean } {
  const own = [term('category', 'approval'), list('connection', connections)]
  const exact = [...own, list('approval', ids)].filter((text) => text !== '').join(' ')
  if (exact.length <= LONGEST) return { view: { query: exact, range, order: 'asc' }, isExact: true }
  const near = [...own, list('user', requesters)].filter((text) => text !== '').join(' ')
  return { view: { query: near.length <= LONGEST ? near : own.join(' '), range, order: 'asc' }, isExact: false }
}

function list(field: FieldName, values: readonly string[]): string {
  const terms = values.map((value) => term(field, value))
  const [only] = terms
  if (terms.length < 2) return only ?? ''
  return `${field}:(${terms.map((text) => inList(text.slice(field.length + 1))).join(' ')})`
}

/** In a list these words are no values. */
function inList(value: string): string {
  return /^(?:OR|AND|NOT)$/.test(value) ? `"${value}"` : value
}

function term(field: FieldName, value: string): string {
  return withTerm('', { field, value, negate: false })
}
