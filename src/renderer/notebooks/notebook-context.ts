import { createContext, useContext } from 'react'
import type { Addable } from './addable'
import type { SaveQueue } from './save-queue'

export type NotebookUse = {
  /** Opens the dialog that puts it into a notebook. */
  add: (what: Addable) => void
  /** What is typed into a notebook and not written yet; it outlives the page of the notebook. */
  queueOf: (id: string) => SaveQueue
}

export const NotebookContext = createContext<NotebookUse | null>(null)

export function useNotebooks(): NotebookUse {
  const use = useContext(NotebookContext)
  if (!use) throw new Error('useNotebooks needs a NotebookProvider')
  return use
}

/** Lets a screen put what is shown into a notebook, as the key `b` does everywhere. */
export function useAddToNotebook(): (what: Addable) => void {
  return useNotebooks().add
}
