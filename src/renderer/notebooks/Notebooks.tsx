import { useRef, useState } from 'react'
import type { NotebookFacts } from '../../contract'
import { useAddress } from '../address'
import { useAnswer, useBackend } from '../api'
import { Button, ErrorState, formatPlural, messageOf, Shown, Spinner, useHotkeys, useListCursor, useListFocus, useListKeys } from '../shared'
import { CreateDialog } from './CreateDialog'
import { NoNotebooks } from './NoNotebooks'
import { NotebookTable } from './NotebookTable'
import { VerifyButton } from './seal'
import { useMerge } from './use-merge'
import '../shared/screen.css'
import './notebooks.css'

/** All notebooks of the workspace. */
export function Notebooks() {
  const [isRemoved, setRemoved] = useState(false)
  const { value, fault } = useAnswer('notebook.list', { removed: isRemoved })
  const [isCreating, setCreating] = useState(false)
  const { merge, input, words } = useMerge()
  const { note, remove, restore } = useRemoving()
  const create = () => setCreating(true)
  useHotkeys({ n: create })
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{isRemoved ? 'Removed notebooks' : 'Notebooks'}</h1>
        <span>{value && !isRemoved && value.length > 0 ? formatPlural(value.length, 'notebook') : ''}</span>
        <Button look="quiet" aria-pressed={isRemoved} onClick={() => setRemoved(!isRemoved)}>
          Removed
        </Button>
        <VerifyButton />
        <Button onClick={merge}>Take in a copy</Button>
        <Button look="primary" hotkey="n" onClick={create}>
          New notebook
        </Button>
        {input}
      </header>
      <Notes merged={words} note={note} onRestore={restore} />
      {fault && !value && <ErrorState title="The notebooks could not be listed" message={fault.message} />}
      {!value && !fault && (
        <div className="list-wait">
          <Spinner label="Reading the notebooks" />
        </div>
      )}
      {value && value.length > 0 && <List key={String(isRemoved)} rows={value} isRemoved={isRemoved} onAct={isRemoved ? restore : remove} />}
      {value?.length === 0 && <NoNotebooks isRemoved={isRemoved} onCreate={create} onMerge={merge} />}
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
    </div>
  )
}

type ListProps = { rows: readonly NotebookFacts[]; isRemoved: boolean; /** Removes, or brings back. */ onAct: (row: NotebookFacts) => void }

function List({ rows, isRemoved, onAct }: ListProps) {
  const { go } = useAddress()
  const grid = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useListCursor({ isRemoved })
  const present = rows[Math.min(cursor, rows.length - 1)]
  const open = (row: NotebookFacts | undefined) => {
    if (!row) return
    if (isRemoved) onAct(row)
    else go({ screen: 'notebook', notebook: row.id, cell: undefined })
  }
  const act = () => present && onAct(present)
  useListKeys({ total: rows.length, cursor, onCursor: setCursor, grid, input: null, onOpen: () => open(present), onClose: null })
  useHotkeys({ x: act, Delete: act }, { when: !isRemoved })
  useListFocus(grid, true)
  return (
    <div className="list-body">
      <div className="list-main">
        <NotebookTable rows={rows} cursor={cursor} onCursor={setCursor} onOpen={open} grid={grid} />
        <footer className="list-foot">
          <span>{isRemoved ? 'Enter brings a notebook back. What was written in it is kept.' : 'Enter opens, x removes, n begins a new one.'}</span>
          {present && (
            <button type="button" className="link" onClick={act}>
              {isRemoved ? 'Bring back' : 'Remove'} “<Shown text={present.title} />”
            </button>
          )}
        </footer>
      </div>
    </div>
  )
}

type Note = { row: NotebookFacts | null; problem: string | null }

/** Takes a notebook from the list and brings it back. */
function useRemoving() {
  const backend = useBackend()
  const [note, setNote] = useState<Note>({ row: null, problem: null })
  const fail = (error: unknown) => setNote({ row: null, problem: messageOf(error) })
  const remove = (row: NotebookFacts) => {
    backend.call('notebook.remove', { id: row.id }).then(() => setNote({ row, problem: null }), fail)
  }
  const restore = ({ id }: NotebookFacts) => {
    backend.call('notebook.restore', { id }).then(() => setNote({ row: null, problem: null }), fail)
  }
  return { note, remove, restore }
}

function Notes({ merged, note: { row, problem }, onRestore }: { merged: React.ReactNode; note: Note; onRestore: (row: NotebookFacts) => void }) {
  return (
    <div className="nb-notes" role="status">
      {merged}
      {row && (
        <p>
          “<Shown text={row.title} />” is removed.{' '}
          <button type="button" className="link" onClick={() => onRestore(row)}>
            Undo
          </button>
        </p>
      )}
      {problem !== null && (
        <p className="nb-problem">
          <Shown text={problem} />
        </p>
      )}
    </div>
  )
}
