import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button, Kbd, messageOf, Shown } from '../shared'
import type { MarkDesk } from './mark-desk'
import { useMarkDesk } from './MarkProvider'

export type CommentBoxProps = {
  /** Where it stands: what is typed and not sent is kept by it. */
  place: string
  label: string
  placeholder: string
  /** What sending is called. */
  act: string
  /** What stands in it at first, unless something typed is kept. */
  text?: string
  focus: boolean
  onFocused?: (() => void) | undefined
  onSend: (text: string) => Promise<void>
  /** Where it can be given up. */
  onCancel?: () => void
}

/** A field for Markdown. Ctrl+Enter sends; Escape leaves it, with the text kept. */
export function CommentBox(props: CommentBoxProps) {
  const { label, placeholder, act, focus, onFocused, onCancel } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, type, send, giveUp, isSending, problem } = useDraft(props, useMarkDesk())
  useEffect(() => {
    if (!focus) return
    field.current?.focus()
    field.current?.scrollIntoView({ block: 'nearest' })
    onFocused?.()
  }, [focus, onFocused])
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
    else if (event.key === 'Escape') field.current?.blur()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isOpen = text !== '' || onCancel !== undefined
  return (
    <div className="mk-box">
      <textarea
        ref={field}
        aria-label={label}
        placeholder={placeholder}
        rows={isOpen ? Math.min(12, text.split('\n').length + 1) : 1}
        maxLength={100_000}
        dir="auto"
        value={text}
        onChange={({ target }) => type(target.value)}
        onKeyDown={press}
      />
      {isOpen && (
        <div className="mk-box-acts">
          <Button onClick={send} disabled={text.trim() === ''} aria-busy={isSending}>
            {act} <Kbd>Ctrl ↵</Kbd>
          </Button>
          {onCancel && (
            <Button look="quiet" onClick={giveUp}>
              Cancel
            </Button>
          )}
          <span>Markdown; links lead to places in this workspace only</span>
        </div>
      )}
      {problem !== '' && (
        <p className="mk-problem" role="alert">
          Not written: <Shown text={problem} /> What is typed stays here.
        </p>
      )}
    </div>
  )
}

function useDraft({ place, text: first = '', onSend, onCancel }: CommentBoxProps, desk: MarkDesk) {
  const [text, setText] = useState(() => desk.draft(place) || first)
  const [state, setState] = useState({ isSending: false, problem: '' })
  const type = (typed: string) => {
    setText(typed)
    desk.keepDraft(place, typed === first ? '' : typed)
  }
  const giveUp = () => {
    desk.keepDraft(place, '')
    onCancel?.()
  }
  const send = () => {
    const trimmed = text.trim()
    if (trimmed === '' || state.isSending) return
    setState({ isSending: true, problem: '' })
    onSend(trimmed).then(
      () => {
        setText('')
        setState({ isSending: false, problem: '' })
        giveUp()
      },
      (error: unknown) => setState({ isSending: false, problem: messageOf(error) }),
    )
  }
  return { text, type, send, giveUp, ...state }
}
