import type { EditorView } from '@codemirror/view'
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react'
import { useBackend } from '../api'
import { openQueryEditor, showQuery } from './query-editor'
import './query.css'

export type QueryFieldHandle = { focus: () => void }

export type QueryFieldProps = {
  handle?: RefObject<QueryFieldHandle | null>
  /** What stands in it; typing does not change that, and another one takes the place of what is typed. */
  text: string
  hint: string
  takesFocus?: boolean
  onType: (typed: string) => void
  /** Enter. */
  onApply: (typed: string) => void
  /** Escape; what stood in it is back. */
  onRestore: () => void
}

/** A line to type a query in, which offers fields and values and shows what cannot be read. */
export function QueryField({ handle, text, hint, takesFocus = false, ...acts }: QueryFieldProps) {
  const backend = useBackend()
  const parent = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView | null>(null)
  const latest = useRef({ text, hint, takesFocus, ...acts })
  useEffect(() => {
    latest.current = { text, hint, takesFocus, ...acts }
  })
  useEffect(() => {
    if (!parent.current) return
    const now = latest.current
    const view = openQueryEditor({
      parent: parent.current,
      text: now.text,
      hint: now.hint,
      backend,
      onChange: (typed) => latest.current.onType(typed),
      onApply: (typed) => latest.current.onApply(typed),
      onRestore: () => {
        showQuery(view, latest.current.text)
        latest.current.onRestore()
      },
    })
    editor.current = view
    if (now.takesFocus) focusEnd(view)
    return () => view.destroy()
  }, [backend])
  useEffect(() => {
    if (editor.current) showQuery(editor.current, text)
  }, [text])
  useImperativeHandle(handle, () => ({ focus: () => editor.current && focusEnd(editor.current) }))
  return <div ref={parent} className="qf" />
}

function focusEnd(view: EditorView): void {
  view.focus()
  view.dispatch({ selection: { anchor: view.state.doc.length } })
}
