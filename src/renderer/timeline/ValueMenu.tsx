import type { TimeRange } from '../../domain'
import { QUICK, useMarksOf } from '../marks'
import { formatCount, Menu, type MenuItem, Shown } from '../shared'
import { type Actions, useActions } from './ActionsContext'
import type { RowMarks } from './use-timeline-marks'
import type { OpenMenu } from './use-view-actions'

const MINUTE = 60_000
const QUARTER = 15 * MINUTE

export type ValueMenuProps = {
  open: OpenMenu
  /** The pin, or the range of all that is held: the far end of "from here" and "to here". */
  within: TimeRange | null
  marks: RowMarks
  /** Events of the view; null while they are counted. */
  matching: number | null
  onClose: () => void
}

/** The same verbs on any value of the screen. */
export function ValueMenu({ open, within, marks, matching, onClose }: ValueMenuProps) {
  const actions = useActions()
  const { value, at } = open
  const rowItems = useRowItems(open, marks, matching)
  const items = [...termItems(open, actions), ...timeItems(open, within, actions), ...rowItems]
  items.push({ label: 'Copy', onPick: () => actions.copy(value.text, 'Value') })
  return <Menu at={at} label="Actions for this value" items={items} onClose={onClose} />
}

/** What can be done with the row itself, where the value stands in one. */
function useRowItems({ value: { key } }: OpenMenu, marks: RowMarks, matching: number | null): MenuItem[] {
  const subjects = key === undefined ? [] : [{ kind: 'event' as const, key }]
  const marksOf = useMarksOf(subjects)
  const [subject] = subjects
  if (key === undefined || !subject) return []
  const held = marksOf(subject)
  return [
    { label: held?.star ? 'Take the star away' : 'Star', hotkey: 's', onPick: () => marks.star(key) },
    ...QUICK.map(({ tag, key: hotkey, title }): MenuItem => {
      return { label: held?.quick === tag ? `No longer ${tag}` : title, hotkey, onPick: () => marks.quick(key, tag) }
    }),
    { label: 'Tag…', hotkey: 't', onPick: () => marks.tag(key) },
    { label: 'Comment…', hotkey: 'c', onPick: marks.comment },
    { label: 'Add to a notebook…', hotkey: 'b', onPick: marks.addToNotebook },
    { label: matching === null ? 'Mark all matching…' : `Mark all ${formatCount(matching)} matching…`, onPick: marks.markAll },
    'line',
  ]
}

function termItems({ value: { term } }: OpenMenu, actions: Actions): MenuItem[] {
  if (!term) return []
  const words = (
    <>
      {term.field}: {term.value === null ? '(none)' : <Shown text={term.value} />}
    </>
  )
  return [
    { label: <>Filter in {words}</>, hotkey: 'f', onPick: () => actions.filter(term, false) },
    { label: <>Filter out {words}</>, hotkey: 'F', onPick: () => actions.filter(term, true) },
    { label: 'Only this', onPick: () => actions.only(term) },
    'line',
  ]
}

function timeItems({ value: { time } }: OpenMenu, within: TimeRange | null, actions: Actions): MenuItem[] {
  if (time === null) return []
  const to = Math.max(within?.to ?? 0, time + 1)
  const from = Math.min(within?.from ?? time, time)
  return [
    { label: 'Time from here', onPick: () => actions.pin({ from: time, to }) },
    { label: 'Time to here', onPick: () => actions.pin({ from, to: time + 1 }) },
    { label: 'Time ± 15 minutes', onPick: () => actions.pin({ from: time - QUARTER, to: time + QUARTER }) },
    'line',
  ]
}
