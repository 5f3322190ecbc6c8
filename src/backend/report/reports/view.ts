import type { TimeRange } from '../../../domain'
import { lowerText, storeView } from '../../query'
import type { StoreView } from '../../store'

/** What a report rests on, narrowed by what somebody typed. Throws `bad-query` for what is no query. */
export function reportView(base: string, text: string, range: TimeRange): { query: string; view: StoreView; filters: string[] } {
  const typed = text.trim()
  if (typed !== '') lowerText(typed)
  const query = typed === '' ? base : [base, typed].filter((part) => part !== '').map((part) => `(${part})`).join(' ')
  return { query, view: storeView({ query, range, order: 'asc' }), filters: typed === '' ? [] : [`query: ${typed}`] }
}
