import { Shown } from '../../shared'

type InlineTitleProps = { title: string; /** In place of a title. */ none: string; isEditing: boolean; onEdit: (isEditing: boolean) => void; onTitle: (title: string) => void }

/** A title that is edited in its place. */
export function InlineTitle({ title, none, isEditing, onEdit, onTitle }: InlineTitleProps) {
  if (!isEditing) {
    return (
      <button type="button" className="nb-view" title="Edit the title" onClick={() => onEdit(true)}>
        {title === '' ? <span className="nb-dim">{none}</span> : <Shown text={title} />}
      </button>
    )
  }
  return (
    <input
      className="filter-input nb-inline-title"
      aria-label="Title"
      placeholder={none}
      maxLength={500}
      defaultValue={title}
      autoFocus
      onChange={({ target }) => onTitle(target.value)}
      onBlur={() => onEdit(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.stopPropagation()
        onEdit(false)
      }}
    />
  )
}
