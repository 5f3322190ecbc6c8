import type { ExportTable } from '../../../contract'
import { formatInstant, type Instant } from '../../../domain'
import type { FieldKinds } from '../redact'

export type Cell = string | number | null | undefined

/** How a table is written, and what its texts are. */
export type TableShape<Row extends object> = {
  table: ExportTable
  /** What its files are called after. */
  name: string
  /** Of CSV; a line of JSON is the whole row. */
  columns: readonly (readonly [name: string, cell: (row: Row) => Cell])[]
  fields: FieldKinds
  /** Of what its screen asks, which the manifest of a masked file tells too. */
  ask: FieldKinds
}

export function time(at: Instant | null | undefined): string | null {
  return at === null || at === undefined ? null : formatInstant(at)
}

export function yes(is: boolean | undefined): string {
  return is ? 'yes' : ''
}
