import { hasTerm, withTerm, withoutTerm } from '../../language'
import type { Term } from './value'

/** The query with the term; its opposite, which would leave nothing, goes. */
export function withFilter(query: string, term: Term, negate: boolean): string {
  const kept = withoutTerm(query, { ...term, negate: !negate })
  const edit = { ...term, negate }
  return hasTerm(kept, edit) ? kept : withTerm(kept, edit)
}

export function withoutFilter(query: string, term: Term, negate: boolean): string {
  return withoutTerm(query, { ...term, negate })
}

export function isFiltered(query: string, term: Term, negate: boolean): boolean {
  return hasTerm(query, { ...term, negate })
}

export function withFlag(query: string, flag: 'companion'): string {
  return withFilter(query, { field: 'is', value: flag }, false)
}

/** True where companions are among the rows that the query is asked of. */
export function isAboutCompanions(query: string): boolean {
  const term: Term = { field: 'is', value: 'companion' }
  return isFiltered(query, term, false) || isFiltered(query, term, true)
}
