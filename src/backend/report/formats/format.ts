import type { RowCursor, StoredRecord } from '../../store'

export type FormatOptions = {
  /** Of this program; some formats name it in every line. */
  version: string
  /** CSV alone: cells as they are, whatever a spreadsheet makes of them. */
  raw?: boolean
}

/** How records are written, one after the other. */
export type Format = {
  /** Of the file's name. */
  extension: string
  head?(options: FormatOptions): string
  /** With its line end. */
  line(record: StoredRecord, options: FormatOptions): string
  /** The same line, sooner, of a row where it is held. */
  heldLine?: (row: RowCursor) => string
}
