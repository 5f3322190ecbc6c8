import type { Cell, CellContent, Notebook, NotebookChange } from '../../contract'

/** The notebook as it will be when the changes are written; those that fit nothing in it do nothing. */
export function withChanges(notebook: Notebook, changes: readonly NotebookChange[]): Notebook {
  return changes.reduce(withChange, notebook)
}

function withChange(notebook: Notebook, change: NotebookChange): Notebook {
  switch (change.do) {
    case 'title':
      return { ...notebook, title: change.title }
    case 'tlp':
      return { ...notebook, tlp: change.tlp }
    case 'status':
      return { ...notebook, status: change.status }
    case 'range':
      return { ...notebook, range: change.range }
    case 'add':
      return { ...notebook, cells: added(notebook.cells, newCell(change.id, change.content, notebook.changedAt), change.after) }
    case 'move':
      return { ...notebook, cells: moved(notebook.cells, change.cell, change.after) }
    case 'remove':
      return { ...notebook, cells: notebook.cells.filter(({ id }) => id !== change.cell) }
    case 'write':
      return withCell(notebook, change.cell, (cell) => ({ ...cell, content: change.content }))
    case 'fold':
      return withCell(notebook, change.cell, (cell) => ({ ...cell, folded: change.folded }))
    case 'choose':
      return { ...notebook, cells: notebook.cells.flatMap((cell) => (cell.id === change.cell ? chosen(cell, change.op) : [cell])) }
  }
}

/** The cell with one of its writings, or without itself where that is its removal. */
function chosen(cell: Cell, op: string): Cell[] {
  if (cell.op === op) return [{ ...cell, conflicts: [] }]
  const writing = cell.conflicts.find((one) => one.op === op)
  if (!writing) return [cell]
  return writing.content === null ? [] : [{ ...cell, op, content: writing.content, by: writing.by, conflicts: [] }]
}

function newCell(id: string, content: CellContent, at: Notebook['changedAt']): Cell {
  return { id, folded: false, content, by: '', at, op: '', conflicts: [] }
}

function added(cells: readonly Cell[], cell: Cell, after: string | null): Cell[] {
  if (cells.some(({ id }) => id === cell.id)) return [...cells]
  const at = after === null ? 0 : cells.findIndex(({ id }) => id === after) + 1
  return after !== null && at === 0 ? [...cells, cell] : cells.toSpliced(at, 0, cell)
}

function moved(cells: readonly Cell[], id: string, after: string | null): Cell[] {
  const cell = cells.find((one) => one.id === id)
  if (!cell || after === id) return [...cells]
  return added(cells.filter((one) => one !== cell), cell, after)
}

function withCell(notebook: Notebook, id: string, change: (cell: Cell) => Cell): Notebook {
  return { ...notebook, cells: notebook.cells.map((cell) => (cell.id === id ? change(cell) : cell)) }
}

/** After which cell a cell stands when it goes a step up or down; undefined where it cannot. */
export function stepAfter(cells: readonly Pick<Cell, 'id'>[], id: string, step: -1 | 1): string | null | undefined {
  const at = cells.findIndex((cell) => cell.id === id)
  if (at < 0) return undefined
  if (step === 1) return cells[at + 1]?.id
  return at === 0 ? undefined : (cells[at - 2]?.id ?? null)
}
