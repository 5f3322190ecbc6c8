import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { Citation, TimelineRow, View } from '../../../contract'
import { useAnswer, useBackend } from '../../api'
import { queryErrors, QueryField, type QueryFieldHandle } from '../../query'
import { Button, Dialog, formatCount, formatPlural, messageOf, Shown, Spinner, useZone } from '../../shared'
import { usePage } from '../page-context'

const MOST = 100
/** Milliseconds after the last key before what was typed is asked for. */
const PAUSE = 200

type PickEventsProps = { onClose: () => void; onCited: (citations: Citation[]) => void }

/** Finds events by a query and cites those that are chosen. */
export function PickEvents({ onClose, onCited }: PickEventsProps) {
  const { range } = usePage()
  const form = useId()
  const field = useRef<HTMLFormElement>(null)
  const line = useRef<QueryFieldHandle>(null)
  // After the dialog, which takes the focus when it opens.
  useEffect(() => line.current?.focus(), [])
  const [typed, setTyped] = useState('')
  const query = usePaused(typed.trim())
  const [isWindow, setWindow] = useState(range !== null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { cite, isCiting, problem } = useCiting(onCited)
  const toggle = (key: string) => setChosen((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen.size > 0) cite([...chosen])
  }
  const wrong = queryErrors(query).length > 0
  return (
    <Dialog
      title="Cite events"
      width={860}
      onClose={onClose}
      actions={
        <>
          <span className="nb-picked">{formatPlural(chosen.size, 'event')} chosen</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} disabled={chosen.size === 0 || isCiting}>
            Cite
          </Button>
        </>
      }
    >
      <form ref={field} id={form} className="nb-pick" onSubmit={submit} autoComplete="off">
        <div className="nb-pick-head">
          <div className="nb-query" data-wrong={queryErrors(typed).length > 0 || undefined}>
            <QueryField text="" handle={line} hint="user:akim action:login" onType={setTyped} onApply={() => field.current?.requestSubmit()} onRestore={onClose} />
          </div>
          {range && (
            <label className="filter-check">
              <input type="checkbox" checked={isWindow} onChange={({ target }) => setWindow(target.checked)} />
              Within the incident window
            </label>
          )}
        </div>
        {wrong ? (
          <p className="nb-problem" role="alert">
            The query cannot be read yet.
          </p>
        ) : (
          <Choices view={{ query, range: isWindow ? range : null, order: 'asc' }} chosen={chosen} onToggle={toggle} />
        )}
        {problem !== null && (
          <p className="nb-problem" role="alert">
            <Shown text={problem} />
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What was typed last before a pause. */
function usePaused(typed: string): string {
  const [paused, setPaused] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(typed), PAUSE)
    return () => clearTimeout(timer)
  }, [typed])
  return paused
}

type ChoicesProps = { view: View; chosen: ReadonlySet<string>; onToggle: (key: string) => void }

function Choices({ view, chosen, onToggle }: ChoicesProps) {
  const { value, fault } = useAnswer('timeline.rows', { view, at: 0, count: MOST })
  if (fault) {
    return (
      <p className="nb-problem" role="alert">
        <Shown text={fault.message} />
      </p>
    )
  }
  if (!value) return <Spinner label="Reading the events" />
  if (value.total === 0) return <p className="nb-dim">Nothing that is held matches.</p>
  return (
    <>
      <ul className="nb-choices" aria-label="Events">
        {value.rows.map((row) => (
          <li key={row.key}>
            <Choice row={row} isChosen={chosen.has(row.key)} onToggle={onToggle} />
          </li>
        ))}
      </ul>
      {value.total > MOST && (
        <p className="nb-dim">
          The first {MOST} of {formatCount(value.total)} are shown. A narrower query shows the others.
        </p>
      )}
    </>
  )
}

function Choice({ row, isChosen, onToggle }: { row: TimelineRow; isChosen: boolean; onToggle: (key: string) => void }) {
  const { format } = useZone()
  return (
    <label className="nb-choice">
      <input type="checkbox" checked={isChosen} onChange={() => onToggle(row.key)} />
      <span className="nb-mono">{format(row.time)}</span>
      <span>{row.user === null ? '(unknown)' : <Shown text={row.user} />}</span>
      <span className="nb-dim">{row.place !== null && <Shown text={row.place} />}</span>
      <span className="nb-mono">
        <Shown text={row.lead} /> <Shown className="nb-dim" text={row.detail} />
      </span>
    </label>
  )
}

function useCiting(onCited: (citations: Citation[]) => void) {
  const backend = useBackend()
  const [isCiting, setCiting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const cite = (keys: string[]) => {
    setCiting(true)
    setProblem(null)
    backend.call('notebook.cite', { keys }).then(
      ({ value }) => onCited(value),
      (error: unknown) => {
        setCiting(false)
        setProblem(messageOf(error))
      },
    )
  }
  return { cite, isCiting, problem }
}
