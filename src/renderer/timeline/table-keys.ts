import { COLUMNS } from './column-widths'
import type { TableModel } from './table-model'

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }
export type CellFocus = { column: number; onColumn: (column: number) => void }

/** Keys of the focused table; false for a key that is none of them. */
export function tableKey(event: Key, model: TableModel, { column, onColumn }: CellFocus): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const page = model.rowsPerPage()
  const rows: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
  const ends: Record<string, number> = { Home: 0, End: Infinity }
  const columns: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }
  const { key } = event
  if (rows[key] !== undefined) model.moveBy(rows[key])
  else if (ends[key] !== undefined) model.moveTo(ends[key])
  else if (columns[key] !== undefined) onColumn(Math.max(0, Math.min(COLUMNS.length - 1, column + columns[key])))
  else return false
  return true
}
