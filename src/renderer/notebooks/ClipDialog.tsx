import { type FormEvent, useId, useState } from 'react'
import type { RecordingRow } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { Button, Dialog, messageOf, Shown, Spinner, typedText, useZone } from '../shared'
import { shownText } from '../../domain'
import { clock, secondsOf } from './clip-times'
import { usePage } from './page-context'
import './add-dialog.css'
import './forms.css'

/** Chooses a stretch of a recording. From the player, `b` does the same with the stretch that is marked there. */
export function ClipDialog({ after, onClose }: { after: string | null; onClose: () => void }) {
  const { value, fault } = useAnswer('recording.list', {})
  const { apply } = usePage()
  const backend = useBackend()
  const form = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const held = value?.filter(({ isHeld }) => isHeld) ?? []
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const target = event.currentTarget
    const [from, to] = [secondsOf(typedText(target, 'from')), secondsOf(typedText(target, 'to'))]
    if (from === null || to === null || from > to) return setProblem('The times are not readable: expected both as 13:20 or 800, the first not after the second.')
    backend.call('recording.clip', { id: typedText(target, 'recording'), from, to }).then(
      ({ value: { clip } }) => {
        apply({ do: 'add', id: crypto.randomUUID(), content: { kind: 'clip', title: typedText(target, 'title'), clip, note: '' }, after })
        onClose()
      },
      (error: unknown) => setProblem(messageOf(error)),
    )
  }
  return (
    <Dialog
      title="Add a replay clip"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} disabled={held.length === 0}>
            Add
          </Button>
        </>
      }
    >
      {!value && !fault && <Spinner label="Reading the recordings" />}
      {value && held.length === 0 && <p>No recording is held. A session with a recording can be fetched on its page.</p>}
      {held.length > 0 && <Fields form={form} held={held} onSubmit={submit} />}
      {(problem ?? fault?.message) !== undefined && problem !== null && (
        <p className="nb-problem" role="alert">
          <Shown text={problem} />
        </p>
      )}
    </Dialog>
  )
}

type FieldsProps = { form: string; held: readonly RecordingRow[]; onSubmit: (event: FormEvent<HTMLFormElement>) => void }

function Fields({ form, held, onSubmit }: FieldsProps) {
  const zone = useZone()
  const words = ({ title, user, machine, session, start, id }: RecordingRow) => {
    const parts = [start === null ? null : zone.format(start, 'min'), title, user, machine, session].filter((part) => part !== null)
    return shownText(parts.length > 0 ? parts.join(' · ') : id)
  }
  return (
    <form id={form} className="nb-add-form" autoComplete="off" onSubmit={onSubmit}>
      <label className="nb-add-line">
        <span>Recording</span>
        <select name="recording" className="filter-input" data-autofocus="">
          {held.map((row) => (
            <option key={row.id} value={row.id}>
              {words(row)}
              {row.durationMs === null ? '' : ` · ${clock(row.durationMs / 1000)}`}
            </option>
          ))}
        </select>
      </label>
      <div className="nb-form-range">
        <label>
          <span>From</span>
          <input name="from" className="filter-input nb-mono" defaultValue="00:00" required />
        </label>
        <label>
          <span>To</span>
          <input name="to" className="filter-input nb-mono" placeholder="00:30" required />
        </label>
      </div>
      <label className="nb-add-line">
        <span>Title</span>
        <input name="title" className="filter-input" maxLength={500} placeholder="May stay empty" />
      </label>
    </form>
  )
}
