import { type ReactNode, useMemo, useState } from 'react'
import type { QuickTag, Subject, View } from '../../contract'
import { SubjectTags, useMarkActs, useMarkKeys } from '../marks'
import { useAddToNotebook } from '../notebooks'
import { useHotkeys } from '../shared'
import type { Actions } from './ActionsContext'
import { MarkAll } from './MarkAll'
import type { TableModel } from './table-model'
import type { CursorUse } from './use-cursor'
import { cursorRow } from './use-timeline-keys'

type Where = {
  model: TableModel
  actions: Actions
  view: View
  cursor: Pick<CursorUse, 'detailKey' | 'showDetail'>
}

/** What the menu of a row does with marks. */
export type RowMarks = {
  star: (key: string) => void
  quick: (key: string, tag: QuickTag) => void
  tag: (key: string) => void
  comment: () => void
  addToNotebook: () => void
  markAll: () => void
}

/** Whether the field for comments is to have the focus, told back as soon as it has. */
export type Commenting = { isWanted: boolean; onBegun: () => void }

export type TimelineMarks = {
  menu: RowMarks
  commenting: Commenting
  dialogs: ReactNode
}

/** Marks of the row under the cursor: keys, menu and what they open. */
export function useTimelineMarks({ model, actions, view, cursor }: Where): TimelineMarks {
  const [tagged, setTagged] = useState<Subject | null>(null)
  const [isCommenting, setCommenting] = useState(false)
  const [marksAll, setMarksAll] = useState(false)
  const acts = useMarkActs(actions.say)
  const subject = (): Subject | null => {
    const key = model.get().cursor?.key ?? cursor.detailKey
    return key === null ? null : { kind: 'event', key }
  }
  const comment = () => {
    cursor.showDetail(true)
    setCommenting(true)
  }
  const commenting = useMemo(() => ({ isWanted: isCommenting, onBegun: () => setCommenting(false) }), [isCommenting])
  const addToNotebook = useAdding({ model, view })
  useMarkKeys({ subject, say: actions.say, onTag: setTagged, onComment: comment, none: 'No row is chosen' })
  useNextMark(model, actions)
  useHotkeys({ b: addToNotebook })
  const event = (key: string): Subject => ({ kind: 'event', key })
  return {
    menu: {
      star: (key) => acts.star(event(key)),
      quick: (key, tag) => acts.quick(event(key), tag),
      tag: (key) => setTagged(event(key)),
      comment,
      addToNotebook,
      markAll: () => setMarksAll(true),
    },
    commenting,
    dialogs: (
      <>
        {tagged && <SubjectTags subject={tagged} onFault={actions.say} onClose={() => setTagged(null)} />}
        {marksAll && <MarkAll view={view} say={actions.say} onClose={() => setMarksAll(false)} />}
      </>
    ),
  }
}

function useNextMark(model: TableModel, { say }: Actions): void {
  const next = (direction: 'forward' | 'back') => {
    model.nextMark(direction).then(
      (found) => found || say(direction === 'forward' ? 'No mark further down' : 'No mark further up'),
      () => say('Marks could not be searched'),
    )
  }
  useHotkeys({ u: () => next('forward'), U: () => next('back') })
}

/** The row and the view, either of which can go into a notebook. */
function useAdding({ model, view }: Pick<Where, 'model' | 'view'>): () => void {
  const add = useAddToNotebook()
  return () => {
    const row = cursorRow(model)
    if (!row) return add({ words: view.query === '' ? 'All events of the view' : view.query, view })
    const words = [row.user, row.lead, row.detail].filter(Boolean).join(' ')
    add({ words, view, events: { keys: [row.key], time: row.time } })
  }
}
