import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Notebook } from '../../contract'
import { type Answered, useAnswer, useBackend } from '../api'
import { useNotebooks } from './notebook-context'
import type { SaveQueue } from './save-queue'
import { withChanges } from './with-changes'

export type NotebookPageUse = {
  answered: Answered<Notebook>
  /** With what is on its way. */
  notebook: Notebook | null
  queue: SaveQueue
  undo: () => Promise<void>
  redo: () => Promise<void>
}

export function useNotebook(id: string): NotebookPageUse {
  const backend = useBackend()
  const queue = useNotebooks().queueOf(id)
  const answered = useAnswer('notebook.get', { id })
  const { pending } = useSyncExternalStore(queue.subscribe, queue.get)
  const held = answered.current ? answered.value : null
  const notebook = useMemo(() => {
    const left = held === null ? [] : pending.filter(({ revision }) => revision === null || revision > held.revision)
    return held && withChanges(held, left.map(({ change }) => change))
  }, [held, pending])
  useEffect(() => {
    if (held) queue.seen(held.revision)
  }, [queue, held])
  useEffect(() => () => void queue.flush(), [queue])
  const step = useCallback(
    async (method: 'notebook.undo' | 'notebook.redo') => {
      // What is typed and not written yet is what a person means to undo first.
      if (await queue.flush()) await backend.call(method, { id })
    },
    [backend, queue, id],
  )
  const undo = useCallback(() => step('notebook.undo'), [step])
  const redo = useCallback(() => step('notebook.redo'), [step])
  return { answered, notebook, queue, undo, redo }
}
