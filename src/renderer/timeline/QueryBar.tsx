import type { EditorView } from '@codemirror/view'
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { TimelineCount } from '../../contract'
import { useAddress } from '../address'
import { type Answered, useBackend } from '../api'
import { formatDuration, formatPlural, Shown } from '../shared'
import { openQueryEditor, showQuery } from './query-editor'
import { isAboutCompanions } from './terms'
import { type QueryError, queryErrors } from './query-highlight'

export type QueryBarHandle = { focus: () => void }
export type QueryBarProps = {
  handle: RefObject<QueryBarHandle | null>
  count: Answered<TimelineCount>
  onLeave: () => void
}

/** The typed query. Enter applies it, Escape brings back the one that is applied. */
export function QueryBar({ handle, count, onLeave }: QueryBarProps) {
  const { address, go } = useAddress()
  const backend = useBackend()
  const parent = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView | null>(null)
  const [text, setText] = useState(address.query)
  const applied = address.query
  const latest = useRef({ applied, go, onLeave })
  useEffect(() => {
    latest.current = { applied, go, onLeave }
  })
  useEffect(() => {
    if (!parent.current) return
    const view = openQueryEditor({
      parent: parent.current,
      text: latest.current.applied,
      backend,
      onChange: setText,
      onApply: (typed) => {
        if (queryErrors(typed).length > 0) return
        latest.current.go({ query: typed.trim() }, 'push')
        latest.current.onLeave()
      },
      onRestore: () => {
        showQuery(view, latest.current.applied)
        latest.current.onLeave()
      },
    })
    editor.current = view
    return () => view.destroy()
  }, [backend])
  useEffect(() => {
    if (editor.current) showQuery(editor.current, applied)
  }, [applied])
  useImperativeHandle(handle, () => ({
    focus: () => {
      editor.current?.focus()
      editor.current?.dispatch({ selection: { anchor: editor.current.state.doc.length } })
    },
  }))

  const errors = queryErrors(text)
  const isTyped = text.trim() !== applied
  return (
    <div className="tl-query" data-wrong={errors.length > 0 ? true : undefined}>
      <div ref={parent} className="tl-editor" />
      <span className="tl-query-count" role="status">
        {isTyped && errors.length === 0 && 'Enter applies'}
        {!isTyped && !count.fault && count.value && countWords(count.value, count.current, isAboutCompanions(applied) ? 'row' : 'event')}
      </span>
      {errors[0] && <QueryProblem error={errors[0]} text={text} />}
    </div>
  )
}

function countWords({ rows, tookMs }: TimelineCount, isCurrent: boolean, unit: 'event' | 'row'): string {
  return `${formatPlural(rows, unit)} · ${isCurrent ? formatDuration(tookMs) : '…'}`
}

function QueryProblem({ error, text }: { error: QueryError; text: string }) {
  return (
    <p className="tl-query-problem" role="alert">
      <Shown text={error.message} />{' '}
      <span className="tl-dim">
        {error.from >= text.length ? 'at the end' : `at character ${error.from + 1}`}
      </span>
    </p>
  )
}
