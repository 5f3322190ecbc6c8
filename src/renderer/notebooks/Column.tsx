import { Fragment } from 'react'
import type { Cell } from '../../contract'
import { Menu, useHotkeys } from '../shared'
import { AddCell, AddLast, addItems } from './AddCell'
import { CellFrame } from './CellFrame'
import { ClipDialog } from './ClipDialog'
import { useColumn } from './use-column'

/** All cells of a notebook, and what is between them. */
export function Column({ cells }: { cells: readonly Cell[] }) {
  const { column, present, editing, asking, closeAsking, clipping, closeClipping } = useColumn(cells)
  const go = (step: number) => {
    const at = cells.findIndex(({ id }) => id === present)
    const isOn = document.activeElement?.closest('[data-cell]') !== null
    focusCell(cells[isOn ? at + step : at]?.id)
  }
  useHotkeys(
    {
      j: () => go(1),
      k: () => go(-1),
      g: () => focusCell(cells[0]?.id),
      G: () => focusCell(cells.at(-1)?.id),
      a: () => column.current.askKind(present),
    },
    { when: asking === undefined },
  )
  return (
    <div className="nb-column">
      {cells.map((cell, at) => (
        <Fragment key={cell.id}>
          <AddCell label={at === 0 ? 'Add a cell at the beginning' : `Add a cell before cell ${at + 1}`} onAdd={(kind) => column.current.add(kind, cells[at - 1]?.id ?? null)} />
          <CellFrame cell={cell} number={at + 1} isPresent={cell.id === present} isEditing={cell.id === editing} column={column} />
        </Fragment>
      ))}
      {cells.length === 0 && <p className="nb-nothing">Nothing is written yet. A cell of text begins it; b on any other screen adds what is shown there.</p>}
      <AddLast onAdd={(kind) => column.current.add(kind, cells.at(-1)?.id ?? null)} />
      {asking !== undefined && <Menu at={placeUnder(asking)} label="Add a cell" items={addItems((kind) => column.current.add(kind, asking))} onClose={closeAsking} />}
      {clipping && <ClipDialog after={clipping.after} onClose={closeClipping} />}
    </div>
  )
}

function focusCell(id: string | undefined): void {
  const element = id === undefined ? null : document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(id)}"]`)
  element?.focus()
  element?.scrollIntoView({ block: 'nearest' })
}

/** Where the menu of kinds opens for a cell. */
function placeUnder(id: string | null): { x: number; y: number } {
  const box = (id === null ? null : document.querySelector(`[data-cell="${CSS.escape(id)}"]`))?.getBoundingClientRect()
  return box ? { x: box.left + 50, y: Math.min(box.bottom, innerHeight - 40) } : { x: innerWidth / 3, y: innerHeight / 3 }
}
