import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Backend } from '../../contract'
import { desktop, useBackend } from '../api'
import type { Addable } from './addable'
import { AddedNote, type Added } from './AddedNote'
import { NotebookContext } from './notebook-context'
import { SaveQueue } from './save-queue'

const AddDialog = lazy(async () => ({ default: (await import('./AddDialog')).AddDialog }))

/** What every screen needs of notebooks: the dialog that adds to one, and what is typed and not written yet. */
export function NotebookProvider({ children }: { children: ReactNode }) {
  const [adding, setAdding] = useState<Addable | null>(null)
  const [added, setAdded] = useState<Added | null>(null)
  const queueOf = useQueues(useBackend())
  const use = useMemo(() => ({ add: setAdding, queueOf }), [queueOf])
  return (
    <NotebookContext value={use}>
      {children}
      {adding && (
        <Suspense fallback={null}>
          <AddDialog
            what={adding}
            onClose={() => setAdding(null)}
            onAdded={(done) => {
              setAdding(null)
              setAdded(done)
            }}
          />
        </Suspense>
      )}
      {added && <AddedNote key={added.cell} added={added} onClose={() => setAdded(null)} />}
    </NotebookContext>
  )
}

/** A queue for each notebook, for as long as the page is open, whichever backend answers it. */
function useQueues(backend: Backend): (id: string) => SaveQueue {
  const latest = useRef(backend)
  useEffect(() => {
    latest.current = backend
  })
  const [queues] = useState(() => new Map<string, SaveQueue>())
  useEffect(() => {
    const all = [...queues.values()]
    const flush = () => {
      for (const queue of queues.values()) void queue.flush()
    }
    flush()
    const hide = () => {
      if (document.visibilityState === 'hidden') flush()
    }
    const leave = (event: BeforeUnloadEvent) => {
      flush()
      // A window of the desktop would stay open without a word.
      if (desktop() === null && [...queues.values()].some((queue) => queue.get().state.kind === 'failed')) event.preventDefault()
    }
    addEventListener('pagehide', flush)
    addEventListener('beforeunload', leave)
    document.addEventListener('visibilitychange', hide)
    return () => {
      for (const queue of all) void queue.flush()
      removeEventListener('pagehide', flush)
      removeEventListener('beforeunload', leave)
      document.removeEventListener('visibilitychange', hide)
    }
  }, [queues, backend])
  return useMemo(
    () => (id) => {
      const known = queues.get(id)
      if (known) return known
      const queue = new SaveQueue({ send: async (changes) => (await latest.current.call('notebook.apply', { id, changes })).value })
      queues.set(id, queue)
      return queue
    },
    [queues],
  )
}
