import { cellValue, columnsOn } from './cells'
import type { Table } from './model'

/** One object a line for each row: `table` names where it stands, the rest are its columns; what is left to fill in is left out. */
export function* tableJsonl({ name, columns, rows }: Table): Generator<string> {
  const told = columnsOn(columns, 'data').filter(({ column }) => column.kind !== 'blank')
  for (const row of rows()) {
    const fields = told.map(({ column, at }) => [column.name, cellValue(row[at] ?? null, column)] as const)
    yield `${JSON.stringify({ type: 'row', table: name, ...Object.fromEntries(fields) })}\n`
  }
}
