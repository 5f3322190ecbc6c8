export type ColumnId = 'category' | 'time' | 'user' | 'place' | 'what' | 'outcome'
export type Column = { id: ColumnId; title: string; width: number; least: number; grows?: true; shrinks?: true; fixed?: true }

/** Columns of the table, in order; widths in px. The one that grows takes what the others leave; where it would fall below its least, those that shrink give way. */
export const COLUMNS: readonly Column[] = [
  { id: 'category', title: 'Category', width: 30, least: 30, fixed: true },
  { id: 'time', title: 'Time', width: 108, least: 70 },
  { id: 'user', title: 'User', width: 116, least: 50, shrinks: true },
  { id: 'place', title: 'Machine / target', width: 146, least: 60, shrinks: true },
  { id: 'what', title: 'What happened', width: 240, least: 214, grows: true },
  { id: 'outcome', title: 'Outcome', width: 74, least: 60 },
]

export type Widths = Partial<Record<ColumnId, number>>

const WIDEST = 900

export function widthOf(column: Column, widths: Widths): number {
  return widths[column.id] ?? column.width
}

/** Sets one width, kept within what the column can bear. */
export function withWidth(widths: Widths, id: ColumnId, width: number): Widths {
  const column = COLUMNS.find((candidate) => candidate.id === id)
  if (!column || column.fixed || !Number.isFinite(width)) return widths
  return { ...widths, [id]: Math.round(Math.min(WIDEST, Math.max(column.least, width))) }
}

/** Value of CSS `grid-template-columns`. */
export function gridColumns(widths: Widths): string {
  return COLUMNS.map((column) => {
    const width = widthOf(column, widths)
    if (column.grows) return `minmax(${column.least}px, 1fr)`
    return column.shrinks ? `minmax(${Math.min(column.least, width)}px, ${width}px)` : `${width}px`
  }).join(' ')
}

/** Reads what was kept from an earlier visit; anything that does not fit is left out. */
export function readWidths(text: string | null): Widths {
  if (!text) return {}
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    return {}
  }
  if (typeof kept !== 'object' || kept === null) return {}
  return Object.entries(kept).reduce<Widths>((widths, [id, width]) => {
    return typeof width === 'number' ? withWidth(widths, id as ColumnId, width) : widths
  }, {})
}
