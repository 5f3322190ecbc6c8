import { Markdown } from '../../shared'
import { usePage } from '../page-context'
import { TextEditor } from '../TextEditor'
import type { CellProps } from './cell-props'

/** Markdown: shown as it reads until it is edited in place. */
export function TextCell({ id, content, isEditing, onEdit }: CellProps<'text'>) {
  const { write, flush } = usePage()
  if (isEditing) {
    return (
      <TextEditor
        label="Text"
        hint="Write here. # makes a heading, @ links an event or a session."
        text={content.text}
        onText={(text) => write(id, { kind: 'text', text })}
        onLeave={() => {
          flush()
          onEdit(false)
        }}
      />
    )
  }
  return (
    <div className="nb-text" onClick={({ target }) => leadsNowhere(target) && onEdit(true)}>
      {content.text.trim() === '' ? <p className="nb-empty">Empty text. Enter writes.</p> : <Markdown text={content.text} />}
    </div>
  )
}

/** A click that is no link's, and does not end the marking of words. */
export function leadsNowhere(target: EventTarget): boolean {
  if (!(target instanceof Element) || target.closest('a, button, input, select')) return false
  return getSelection()?.isCollapsed ?? true
}
