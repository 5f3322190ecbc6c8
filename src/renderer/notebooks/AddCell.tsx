import { CELL_KINDS, type CellKind } from '../../contract'
import { type MenuItem, useButtonMenu } from '../shared'
import { KIND_WORDS } from './notebook-words'

type AddCellProps = { label: string; onAdd: (kind: CellKind) => void }

/** Between two cells: quiet until it is pointed at or has the focus. */
export function AddCell({ label, onAdd }: AddCellProps) {
  const { opener, menu } = useButtonMenu({ label, items: addItems(onAdd) })
  return (
    <div className="nb-between">
      <button type="button" className="nb-insert" aria-label={label} title={label} {...opener}>
        +
      </button>
      {menu}
    </div>
  )
}

export function addItems(onAdd: (kind: CellKind) => void): MenuItem[] {
  return CELL_KINDS.map((kind) => ({
    label: (
      <>
        {KIND_WORDS[kind].name} <span className="nb-menu-about">{KIND_WORDS[kind].about}</span>
      </>
    ),
    onPick: () => onAdd(kind),
  }))
}

/** Under the last cell: all kinds at once. */
export function AddLast({ onAdd }: { onAdd: (kind: CellKind) => void }) {
  return (
    <div className="nb-last" role="group" aria-label="Add at the end">
      <span aria-hidden="true">add</span>
      {CELL_KINDS.map((kind) => (
        <button key={kind} type="button" className="nb-last-kind" title={KIND_WORDS[kind].about} onClick={() => onAdd(kind)}>
          {KIND_WORDS[kind].name}
        </button>
      ))}
    </div>
  )
}
