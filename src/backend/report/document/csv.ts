import { csvLine } from '../../../domain'
import { cellValue, columnsOn } from './cells'
import type { Table } from './model'

/** One table as a file that a spreadsheet reads; no cell of it is a formula. */
export function* tableCsv({ columns, rows }: Table): Generator<string> {
  const told = columnsOn(columns, 'data')
  yield `\ufeff${csvLine(told.map(({ column }) => column.name))}`
  for (const row of rows()) {
    yield csvLine(
      told.map(({ column, at }) => {
        const value = cellValue(row[at] ?? null, column)
        return typeof value === 'boolean' ? String(value) : value
      }),
    )
  }
}
