import { type DragEvent, type KeyboardEvent, memo, type RefObject, useState } from 'react'
import type { Cell } from '../../contract'
import { Shown, useButtonMenu } from '../shared'
import { CellBody } from './cells/CellBody'
import { Conflicts } from './cells/Conflicts'
import { cellWords } from './cell-words'
import type { ColumnUse } from './use-column'
import { KIND_WORDS } from './notebook-words'

type CellFrameProps = { cell: Cell; number: number; isPresent: boolean; isEditing: boolean; column: RefObject<ColumnUse> }

/** Type of what is dragged, so that only cells are taken. */
const DRAGGED = 'application/x-recount-cell'

/** A cell with its kind at the left, which holds what can be done with it. Drawn again only when it changes. */
export const CellFrame = memo(function CellFrame({ cell, number, isPresent, isEditing, column }: CellFrameProps) {
  const { id, content, folded } = cell
  const [over, setOver] = useState<'above' | 'below' | null>(null)
  const words = KIND_WORDS[content.kind]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target === event.currentTarget) column.current.onKey(event, cell)
  }
  const drop = (event: DragEvent) => {
    const dragged = event.dataTransfer.getData(DRAGGED)
    setOver(null)
    if (dragged === '' || dragged === id) return
    event.preventDefault()
    column.current.drop(dragged, id, over ?? 'below')
  }
  return (
    <section
      className="nb-cell"
      data-cell={id}
      data-kind={content.kind}
      data-over={over ?? undefined}
      data-conflict={cell.conflicts.length > 0 || undefined}
      tabIndex={isPresent ? 0 : -1}
      aria-label={`${words.name}, cell ${number}`}
      onFocus={() => column.current.setPresent(id)}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return
        event.preventDefault()
        const box = event.currentTarget.getBoundingClientRect()
        setOver(event.clientY < box.top + box.height / 2 ? 'above' : 'below')
      }}
      onDragLeave={() => setOver(null)}
      onDrop={drop}
    >
      <Handle cell={cell} number={number} column={column} />
      <div className="nb-cell-body">
        {folded ? (
          <button type="button" className="nb-folded" aria-expanded="false" onClick={() => column.current.fold(id, false)}>
            <span aria-hidden="true">▸</span> <Shown text={cellWords(content)} />
          </button>
        ) : (
          <CellBody id={id} content={content} isEditing={isEditing} onEdit={(next) => column.current.edit(next ? id : null, id)} />
        )}
        <Conflicts cell={cell} />
      </div>
    </section>
  )
})

type HandleProps = { cell: Cell; number: number; column: RefObject<ColumnUse> }

/** The kind of a cell: press for its menu, drag to move it. */
function Handle({ cell: { id, content, folded }, number, column }: HandleProps) {
  const { label, name } = KIND_WORDS[content.kind]
  const act = () => column.current
  const { opener, menu } = useButtonMenu({
    label: `${name}, cell ${number}`,
    items: [
      { label: 'Edit', hotkey: '↵', onPick: () => act().edit(id, id) },
      { label: folded ? 'Unfold' : 'Fold', hotkey: 'f', onPick: () => act().fold(id, !folded) },
      { label: 'Move up', hotkey: 'Alt ↑', disabled: !act().canMove(id, -1), onPick: () => act().move(id, -1) },
      { label: 'Move down', hotkey: 'Alt ↓', disabled: !act().canMove(id, 1), onPick: () => act().move(id, 1) },
      { label: 'Add a cell below', hotkey: 'a', onPick: () => act().askKind(id) },
      'line',
      { label: 'Remove', hotkey: 'x', danger: true, onPick: () => act().remove(id) },
    ],
  })
  return (
    <>
      <button
        type="button"
        className="nb-handle"
        aria-label={`${name}, cell ${number}: what can be done with it`}
        title="Press for a menu, drag to move"
        draggable
        onDragStart={({ dataTransfer }) => {
          dataTransfer.setData(DRAGGED, id)
          dataTransfer.effectAllowed = 'move'
        }}
        {...opener}
      >
        {label}
      </button>
      {menu}
    </>
  )
}
