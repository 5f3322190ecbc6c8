import { useEffect, useRef } from 'react'
import { useBackend } from '../api'
import { useZone } from '../shared'
import { mentionCompletion } from './mention-completion'
import { usePage } from './page-context'
import { openTextEditor } from './text-editor'
import './text-editor.css'

type TextEditorProps = {
  label: string
  hint: string
  /** As it is when the editor opens. */
  text: string
  onText: (text: string) => void
  /** Escape, or the focus goes elsewhere. */
  onLeave: (how: 'key' | 'focus') => void
  /** Takes the focus when it opens; it does unless told. */
  takesFocus?: boolean
}

/** A field for Markdown; `@` links events, sessions and recordings. */
export function TextEditor({ label, hint, text, onText, onLeave, takesFocus = true }: TextEditorProps) {
  const backend = useBackend()
  const { range } = usePage()
  const zone = useZone()
  const parent = useRef<HTMLDivElement>(null)
  const latest = useRef({ onText, onLeave, range, zone, text, label, hint, takesFocus })
  useEffect(() => {
    latest.current = { onText, onLeave, range, zone, text, label, hint, takesFocus }
  })
  useEffect(() => {
    if (!parent.current) return
    const now = latest.current
    const view = openTextEditor({
      parent: parent.current,
      text: now.text,
      label: now.label,
      hint: now.hint,
      complete: mentionCompletion({ backend, range: () => latest.current.range, zone: () => latest.current.zone }),
      onChange: (typed) => latest.current.onText(typed),
      onLeave: () => latest.current.onLeave('key'),
    })
    if (now.takesFocus) view.focus()
    return () => view.destroy()
  }, [backend])
  return (
    <div
      ref={parent}
      className="nb-editor"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) onLeave('focus')
      }}
    />
  )
}
