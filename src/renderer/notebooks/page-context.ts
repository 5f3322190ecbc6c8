import { createContext, useContext } from 'react'
import type { CellContent, NotebookChange } from '../../contract'
import type { TimeRange } from '../../domain'

export type PageUse = {
  notebook: string
  /** Incident window of the notebook. */
  range: TimeRange | null
  /** What a person types; it is written within a moment. */
  write: (cell: string, content: CellContent) => void
  apply: (...changes: NotebookChange[]) => void
  /** Writes now what waits, as when an editor is left. */
  flush: () => void
  /** Shows words for a moment. */
  say: (words: string) => void
  /** Cited records that are not as they were cited, by key. */
  drifted: ReadonlyMap<string, 'changed' | 'missing'>
}

export const PageContext = createContext<PageUse | null>(null)

export function usePage(): PageUse {
  const use = useContext(PageContext)
  if (!use) throw new Error('usePage needs a notebook')
  return use
}
