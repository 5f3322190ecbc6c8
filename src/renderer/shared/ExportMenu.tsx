import type { ExportTable } from '../../contract'
import { Button } from './Button'
import { useButtonMenu } from './use-button-menu'
import { useExport } from './use-export'
import { useSaying } from './use-saying'

type ExportMenuProps = {
  table: ExportTable
  /** What the table asks, without which rows. */
  ask: Record<string, unknown>
  /** What its rows are, of many. */
  noun: string
  disabled: boolean
}

/** Saves all rows of a table that match, with a manifest beside them. */
export function ExportMenu({ table, ask, noun, disabled }: ExportMenuProps) {
  const { said, say } = useSaying()
  const { start, dialog } = useExport(noun, () => say('Exported'))
  const begin = (format: 'csv' | 'jsonl') => start(async (backend) => (await backend.call('export.beginTable', { table, ask, format })).value)
  const items = [
    { label: 'CSV, safe to open in a spreadsheet', onPick: () => begin('csv') },
    { label: 'JSON Lines', onPick: () => begin('jsonl') },
  ]
  const { opener, menu } = useButtonMenu({ label: `Export these ${noun}`, items, edge: 'right' })
  return (
    <>
      <Button {...opener} disabled={disabled} title={`Export these ${noun}`}>
        Export <span aria-hidden="true">▾</span>
      </Button>
      {menu}
      {dialog}
      <span className="hidden-text" role="status">
        {said}
      </span>
    </>
  )
}
