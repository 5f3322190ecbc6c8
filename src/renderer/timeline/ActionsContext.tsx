import { createContext, useContext } from 'react'
import type { View } from '../../contract'
import type { TimeRange } from '../../domain'
import type { ShownValue, Term } from './value'

/** What any value on the screen can do to the view. */
export type Actions = {
  filter: (term: Term, negate: boolean) => void
  /** Takes the term away where it stands in the query, puts it there otherwise. */
  toggle: (term: Term, negate: boolean) => void
  only: (term: Term) => void
  setQuery: (query: string) => void
  /** Sets the time pin; the query stays as it is typed. */
  pin: (range: TimeRange | null) => void
  unzoom: () => void
  openView: (view: View) => void
  openMenu: (value: ShownValue, at: { x: number; y: number }) => void
  copy: (text: string, what: string) => void
  copyLink: (key: string) => void
  /** Says something for a moment, to eyes and screen readers. */
  say: (words: string) => void
}

export const ActionsContext = createContext<Actions | null>(null)

export function useActions(): Actions {
  const actions = useContext(ActionsContext)
  if (!actions) throw new Error('useActions needs an ActionsContext')
  return actions
}
