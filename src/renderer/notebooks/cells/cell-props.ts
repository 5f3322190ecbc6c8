import type { CellContent, CellKind } from '../../../contract'

/** What draws a cell of a kind. */
export type CellProps<K extends CellKind> = {
  id: string
  content: Extract<CellContent, { kind: K }>
  isEditing: boolean
  onEdit: (isEditing: boolean) => void
}
