import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { Notebook, NotebookSide } from '../../contract'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { Button, EmptyState, ErrorState, messageOf, Shown, Spinner, useSaying } from '../shared'
import { Column } from './Column'
import { Head } from './Head'
import { History } from './History'
import { NotSaved } from './NotSaved'
import { PageContext, type PageUse } from './page-context'
import { Refused } from './Refused'
import { Side } from './Side'
import { type NotebookPageUse, useNotebook } from './use-notebook'
import { useUndoKeys } from './use-undo-keys'
import '../shared/screen.css'
import './notebook-page.css'
import './cells.css'

/** One notebook, written as it is typed. */
export function NotebookPage() {
  const { address, go } = useAddress()
  const { notebook: id } = address
  if (id === undefined) {
    return (
      <div className="screen">
        <EmptyState title="No notebook is chosen" action={<Button onClick={() => go({ screen: 'notebooks' })}>Notebooks</Button>} />
      </div>
    )
  }
  return <OneNotebook key={id} id={id} />
}

function OneNotebook({ id }: { id: string }) {
  const use = useNotebook(id)
  const { go } = useAddress()
  const { notebook, answered } = use
  if (notebook) return <Page use={use} notebook={notebook} />
  return (
    <div className="screen">
      {answered.fault?.code === 'not-found' ? (
        <EmptyState title="There is no such notebook" action={<Button onClick={() => go({ screen: 'notebooks' })}>Notebooks</Button>}>
          It may be in another workspace, or the link is cut short.
        </EmptyState>
      ) : answered.fault ? (
        <ErrorState title="The notebook could not be opened" message={answered.fault.message} />
      ) : (
        <div className="nb-wait">
          <Spinner label="Opening the notebook" />
        </div>
      )}
    </div>
  )
}

const NONE = new Map<string, 'changed' | 'missing'>()

function Page({ use, notebook }: { use: NotebookPageUse; notebook: Notebook }) {
  const { queue, undo, redo } = use
  const { id, range } = notebook
  const side = useAnswer('notebook.side', { id })
  const { said, say } = useSaying()
  const [isHistory, setHistory] = useState(false)
  const { refused } = useSyncExternalStore(queue.subscribe, queue.get)
  const drifted = useMemo(() => driftOf(side.value), [side.value])
  const page = useMemo(
    (): PageUse => ({
      notebook: id,
      range,
      write: (cell, content) => queue.type({ do: 'write', cell, content }),
      apply: (...changes) => queue.apply(...changes),
      flush: () => void queue.flush(),
      say,
      drifted,
    }),
    [id, range, queue, say, drifted],
  )
  const step = useCallback((go: () => Promise<void>, none: string) => go().catch((error: unknown) => say(`${none}: ${messageOf(error)}`)), [say])
  const steps = {
    undo: () => void step(undo, 'Not undone'),
    redo: () => void step(redo, 'Not redone'),
  }
  useUndoKeys(steps)
  return (
    <PageContext value={page}>
      <div className="screen nb-page">
        <Head notebook={notebook} queue={queue} steps={steps} isHistory={isHistory} onHistory={() => setHistory(!isHistory)} />
        <NotSaved queue={queue} />
        <div className="nb-body">
          <div className="nb-scroll">
            <Refused refused={refused} onForget={(change) => queue.forget(change)} />
            <Column cells={notebook.cells} />
          </div>
          {isHistory ? <History id={id} onClose={() => setHistory(false)} /> : <Side notebook={notebook} side={side} />}
        </div>
        <p className="nb-said" role="status">
          <Shown text={said} />
        </p>
      </div>
    </PageContext>
  )
}

function driftOf(side: NotebookSide | null): ReadonlyMap<string, 'changed' | 'missing'> {
  if (!side) return NONE
  const { changed, missing } = side.check
  if (changed.length + missing.length === 0) return NONE
  return new Map([...changed.map(({ key }) => [key, 'changed'] as const), ...missing.map(({ key }) => [key, 'missing'] as const)])
}
