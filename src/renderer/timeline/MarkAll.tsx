import { type FormEvent, useId, useState } from 'react'
import type { MarkChange, View } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { QUICK, tagOf } from '../marks'
import { Button, Dialog, ErrorState, formatPlural, messageOf, Shown, typedText } from '../shared'

export type MarkAllProps = { view: View; say: (words: string) => void; onClose: () => void }

const CHOICES = [
  { id: 'star', words: 'Star' },
  ...QUICK.map(({ tag, title }) => ({ id: tag as string, words: title })),
  { id: 'tag', words: 'Tag' },
  { id: 'none', words: 'Take all marks away' },
]

/** Marks every event of the view in one step, after telling how many there are. */
export function MarkAll({ view, say, onClose }: MarkAllProps) {
  const form = useId()
  const count = useAnswer('timeline.count', { view: { ...view, order: 'desc' } })
  const rows = count.current ? (count.value?.rows ?? null) : null
  const [chosen, setChosen] = useState('star')
  const { mark, state } = useMarking({ view, say, onClose })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mark(changeOf(chosen, typedText(event.currentTarget, 'tag')))
  }
  return (
    <Dialog
      title={rows === null ? 'Mark all that match' : `Mark all ${formatPlural(rows, 'matching event')}`}
      width={460}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} disabled={rows === null || rows === 0 || state.isMarking}>
            {rows === null ? 'Counting…' : `Mark ${formatPlural(rows, 'event')}`}
          </Button>
        </>
      }
    >
      {count.fault && <ErrorState title="The events could not be counted" message={count.fault.message} />}
      <form id={form} className="tl-mark-all" autoComplete="off" onSubmit={submit}>
        <p className="tl-hint">
          {view.query === '' ? 'Every event' : <Shown className="tl-mono" text={view.query} />}
          {view.range === null ? ', at any time.' : ', in the pinned time.'} Those that come later are not marked.
        </p>
        <fieldset>
          <legend className="tl-unseen">Mark with</legend>
          {CHOICES.map(({ id, words }) => (
            <label key={id}>
              <input
                type="radio"
                name="mark"
                checked={id === chosen}
                onChange={() => setChosen(id)}
                data-autofocus={id === chosen ? '' : undefined}
              />
              {words}
            </label>
          ))}
        </fieldset>
        {chosen === 'tag' && (
          <input name="tag" className="filter-input" maxLength={100} required placeholder="The tag" aria-label="The tag" />
        )}
        {chosen === 'none' && <p className="tl-hint">Stars and quick tags go; tags and comments stay. The history keeps what was.</p>}
        {state.problem !== '' && (
          <p className="tl-problem" role="alert">
            <Shown text={state.problem} />
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** Null where what is typed is no tag. */
function changeOf(chosen: string, typed: string): MarkChange | null {
  if (chosen === 'star') return { star: true }
  if (chosen === 'none') return { star: false, quick: null }
  const quick = QUICK.find(({ tag }) => tag === chosen)
  if (quick) return { quick: quick.tag }
  const tag = tagOf(typed)
  return tag === null ? null : { add: [tag] }
}

function useMarking({ view, say, onClose }: MarkAllProps) {
  const backend = useBackend()
  const [state, setState] = useState({ isMarking: false, problem: '' })
  const mark = (change: MarkChange | null) => {
    if (state.isMarking) return
    if (!change) return setState({ isMarking: false, problem: 'A tag has up to 100 characters and no comma.' })
    setState({ isMarking: true, problem: '' })
    backend.call('mark.set', { target: { view }, change }).then(
      ({ value }) => {
        say(`${formatPlural(value.subjects, 'event')} marked`)
        onClose()
      },
      (error: unknown) => setState({ isMarking: false, problem: messageOf(error) }),
    )
  }
  return { mark, state }
}
