import type { MarkChange } from '../../contract'
import { shownText } from '../../domain'
import { useAnswer } from '../api'
import { Dialog, formatCount, type PickItem, PickList } from '../shared'
import { QUICK, tagOf } from './mark-words'

export type TagDialogProps = {
  /** Those it has now, which are picked to take them away. */
  tags: readonly string[]
  title?: string
  onChange: (change: Pick<MarkChange, 'add' | 'remove'>) => void
  onClose: () => void
}

const NEW = 'new '
const HELD = 'tag '

/** A tag: one of those in use, or another that is typed. */
export function TagDialog({ tags, title = 'Tag', onChange, onClose }: TagDialogProps) {
  const { value } = useAnswer('mark.list', { text: '', quick: null, at: 0, count: 1 })
  const inUse = (value?.tags ?? []).filter(({ tag }) => !QUICK.some((quick) => quick.tag === tag))
  const others = tags.filter((tag) => !inUse.some((used) => used.tag === tag)).map((tag) => ({ tag, count: 1 }))
  const items = [...others, ...inUse].map(({ tag, count }): PickItem => {
    return { id: HELD + tag, text: shownText(tag), hint: formatCount(count), selected: tags.includes(tag) }
  })
  const more = (typed: string): PickItem[] => {
    const tag = tagOf(typed)
    if (tag !== null && items.some(({ id }) => id === HELD + tag)) return []
    if (tag !== null) return [{ id: NEW + tag, text: `New tag “${shownText(tag)}”` }]
    return typed.trim() === '' ? [] : [{ id: '', text: 'A tag has up to 100 characters and no comma' }]
  }
  const pick = (id: string) => {
    if (id === '') return
    onClose()
    const tag = id.slice(id.startsWith(NEW) ? NEW.length : HELD.length)
    onChange(tags.includes(tag) ? { remove: [tag] } : { add: [tag] })
  }
  return (
    <Dialog title={title} width={380} onClose={onClose}>
      <div className="mk-tag-dialog">
        <PickList label="Tag" placeholder="A tag, in use or new" items={items} more={more} onPick={pick} autoFocus />
      </div>
    </Dialog>
  )
}
