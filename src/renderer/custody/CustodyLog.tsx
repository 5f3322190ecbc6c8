import { useRef, useState, type RefObject } from 'react'
import type { CustodyEntry, CustodyLog as Answer } from '../../contract'
import type { Answered } from '../api'
import { Button, EmptyState, ErrorState, formatCount, formatPlural, ListGrid, Shown, Spinner, useListCursor, useListFocus, useListKeys, useListRows, useZone } from '../shared'
import { ChainPane } from './ChainPane'
import { ACTION_WORDS, shortHash } from './custody-words'
import { EntryPane } from './EntryPane'

const COLUMNS = ['Time', 'No.', 'Who', 'Action', 'Object', 'Detail', 'Hash']

type LogProps = { text: string; input: RefObject<HTMLInputElement | null>; onClear: () => void }

/** The entries that match, newest first, and beside them one in full, or what the log proves. */
export function CustodyLog({ text, input, onClear }: LogProps) {
  const [first, setFirst] = useState(0)
  const { answered, rowAt } = useListRows('custody.list', (place) => ({ text, ...place }), first)
  const [cursor, setCursor] = useListCursor({ text })
  const [shown, setShown] = useState<CustodyEntry | null>(null)
  const grid = useRef<HTMLDivElement>(null)
  const total = answered.value?.total ?? 0
  const onCursor = (at: number) => {
    setCursor(at)
    const row = rowAt(at)
    if (shown && row) setShown(row)
  }
  const close = () => setShown(null)
  const onOpen = () => setShown((before) => (before ? null : (rowAt(cursor) ?? null)))
  useListKeys({ total, cursor, onCursor, grid, input, onOpen, onClose: shown ? close : null })
  const isListed = total > 0 && !answered.fault
  useListFocus(grid, isListed)
  const state = answered.value?.state
  const isBroken = (row: CustodyEntry) => row.action === 'break' || (state?.problems.some(({ seq }) => seq === row.seq) ?? false)
  const isOpen = (row: CustodyEntry) => row.seq === shown?.seq && row.hash === shown.hash
  return (
    <div className="list-body">
      <div className="list-main" data-stale={!answered.current || undefined}>
        {isListed ? (
          <ListGrid
            {...{ total, rowAt, cursor, grid, onCursor }}
            label="Entries of the custody log"
            columns={COLUMNS}
            className="cu-list"
            onOpen={setShown}
            onFirst={setFirst}
            cells={(row) => <Cells row={row} />}
            marks={(row) => ({ 'data-open': isOpen(row) || undefined, 'data-broken': isBroken(row) || undefined })}
          />
        ) : (
          <NoEntries answered={answered} text={text} onClear={onClear} />
        )}
        {state && (
          <footer className="list-foot">
            <span>{text === '' ? formatPlural(total, 'entry', 'entries') : `${formatCount(total)} of ${formatCount(state.entries)} entries`}</span>
          </footer>
        )}
      </div>
      {shown ? <EntryPane entry={shown} onClose={close} /> : state && <ChainPane state={state} />}
    </div>
  )
}

function Cells({ row }: { row: CustodyEntry }) {
  const { format } = useZone()
  return (
    <>
      <span role="gridcell" className="list-mono">
        {format(row.at)}
      </span>
      <span role="gridcell" className="list-number list-dim">
        {row.seq}
      </span>
      <span role="gridcell">
        <Shown text={row.by} />
      </span>
      <span role="gridcell">{ACTION_WORDS[row.action]}</span>
      <span role="gridcell" className="list-mono">
        <Shown text={row.object} />
      </span>
      <span role="gridcell" className="list-dim">
        <Shown text={row.detail} />
      </span>
      <span role="gridcell" className="list-mono list-dim">
        {shortHash(row.hash)}
      </span>
    </>
  )
}

type NoEntriesProps = { answered: Answered<Answer>; text: string; onClear: () => void }

function NoEntries({ answered: { value, fault }, text, onClear }: NoEntriesProps) {
  if (fault) return <ErrorState title="The custody log could not be read" message={fault.message} />
  if (!value) {
    return (
      <div className="list-wait">
        <Spinner label="Reading and checking the log" />
      </div>
    )
  }
  if (text !== '') {
    return (
      <EmptyState title="No entry has these words" action={<Button onClick={onClear}>Show all entries</Button>}>
        Who, the action, the object, the detail and the hash are searched.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Nothing is recorded yet">
      Syncs, imports, queries, opened events and recordings, marks, comments, notebooks, exports and seals are written here as they are done, each
      entry with the hash of the one before.
    </EmptyState>
  )
}
