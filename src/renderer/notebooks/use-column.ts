import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Cell, CellKind } from '../../contract'
import { useAddress } from '../address'
import { newContent } from './new-cell'
import { type PageUse, usePage } from './page-context'
import { stepAfter } from './with-changes'

export type ColumnUse = {
  setPresent: (id: string) => void
  /** Opens the editor of a cell, or closes it and stands on the cell that had it. */
  edit: (id: string | null, present: string) => void
  fold: (id: string, folded: boolean) => void
  canMove: (id: string, step: -1 | 1) => boolean
  move: (id: string, step: -1 | 1) => void
  drop: (dragged: string, on: string, side: 'above' | 'below') => void
  remove: (id: string) => void
  add: (kind: CellKind, after: string | null) => void
  askKind: (after: string | null) => void
  onKey: (event: KeyboardEvent, cell: Cell) => void
}

export type ColumnState = {
  column: RefObject<ColumnUse>
  present: string | null
  editing: string | null
  /** A kind is asked for, for a cell after this one; undefined where none is. */
  asking: string | null | undefined
  closeAsking: () => void
  /** A clip is being chosen, for a cell after this one. */
  clipping: { after: string | null } | null
  closeClipping: () => void
}

/** What is done with the cells of a notebook. */
export function useColumn(cells: readonly Cell[]): ColumnState {
  const page = usePage()
  const [present, setPresent] = useState<string | null>(null)
  const [editing, setEditing] = useState<string | null>(null)
  const [asking, setAsking] = useState<string | null | undefined>(undefined)
  const [clipping, setClipping] = useState<{ after: string | null } | null>(null)
  const focusNext = useFocus(cells)
  const at = (id: string) => cells.findIndex((cell) => cell.id === id)
  const stand = (id: string | undefined) => {
    if (id === undefined) return
    setPresent(id)
    focusNext(id)
  }
  const use: ColumnUse = {
    setPresent,
    edit: (id, own) => {
      if (id !== null && cells.find((cell) => cell.id === id)?.folded) page.apply({ do: 'fold', cell: id, folded: false })
      setEditing(id)
      // Where the editor had the focus, the cell takes it over; a press elsewhere has moved it already.
      if (id === null) focusNext(own, true)
    },
    ...orderActs(cells, page, stand),
    remove: (id) => {
      const next = cells[at(id) + 1] ?? cells[at(id) - 1]
      page.apply({ do: 'remove', cell: id })
      if (editing === id) setEditing(null)
      page.say('Cell removed. Ctrl Z brings it back.')
      stand(next?.id)
    },
    add: (kind, after) => {
      const content = newContent(kind, page.range, Date.now())
      if (content === null) return setClipping({ after })
      const id = crypto.randomUUID()
      page.apply({ do: 'add', id, content, after })
      setPresent(id)
      setEditing(id)
    },
    askKind: (after) => setAsking(after),
    onKey: (event, cell) => {
      if (!keyOfCell(event, cell, use)) return
      event.preventDefault()
      event.stopPropagation()
    },
  }
  const column = useRef(use)
  useEffect(() => {
    column.current = use
  })
  useCellOfAddress(cells, stand)
  const isThere = present !== null && at(present) >= 0
  return {
    column,
    present: isThere ? present : (cells[0]?.id ?? null),
    editing,
    asking,
    closeAsking: () => setAsking(undefined),
    clipping,
    closeClipping: () => setClipping(null),
  }
}

/** What changes the order of cells, or how much of one is shown. */
function orderActs(cells: readonly Cell[], { apply }: PageUse, stand: (id: string) => void): Pick<ColumnUse, 'fold' | 'canMove' | 'move' | 'drop'> {
  return {
    fold: (cell, folded) => apply({ do: 'fold', cell, folded }),
    canMove: (id, step) => stepAfter(cells, id, step) !== undefined,
    move: (id, step) => {
      const after = stepAfter(cells, id, step)
      if (after === undefined) return
      apply({ do: 'move', cell: id, after })
      stand(id)
    },
    drop: (dragged, on, side) => {
      const before = cells[cells.findIndex(({ id }) => id === on) - 1]?.id ?? null
      const after = side === 'below' ? on : before
      if (after !== dragged) apply({ do: 'move', cell: dragged, after })
    },
  }
}

/** Stands on the cell that a link names, once it is there. */
function useCellOfAddress(cells: readonly Cell[], stand: (id: string) => void): void {
  const { cell } = useAddress().address
  const stood = useRef<string | null>(null)
  useEffect(() => {
    if (cell === undefined || cell === stood.current || !cells.some(({ id }) => id === cell)) return
    stood.current = cell
    stand(cell)
  })
}

function keyOfCell({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, { id, folded }: Cell, use: ColumnUse): boolean {
  if (ctrlKey || metaKey) return false
  const acts: Partial<Record<string, () => void>> = altKey
    ? { ArrowUp: () => use.move(id, -1), ArrowDown: () => use.move(id, 1) }
    : {
        Enter: () => use.edit(id, id),
        f: () => use.fold(id, !folded),
        x: () => use.remove(id),
        Delete: () => use.remove(id),
        a: () => use.askKind(id),
      }
  const act = acts[key]
  act?.()
  return act !== undefined
}

/** Gives a cell the focus as soon as it is on the page; `gently` only where nothing else has it. */
function useFocus(cells: readonly Cell[]): (id: string, gently?: boolean) => void {
  const wanted = useRef<{ id: string; gently: boolean } | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const wish = wanted.current
    const element = wish && document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(wish.id)}"]`)
    if (!wish || !element) return
    wanted.current = null
    const holder = document.activeElement
    if (wish.gently && holder && holder !== document.body && !element.contains(holder)) return
    element.focus({ preventScroll: wish.gently })
    if (!wish.gently) element.scrollIntoView({ block: 'nearest' })
  }, [cells, turn])
  return (id, gently = false) => {
    wanted.current = { id, gently }
    setTurn((before) => before + 1)
  }
}
