import { useState } from 'react'
import type { View } from '../../contract'
import { Button, useButtonMenu, useExport } from '../shared'
import { useActions } from './ActionsContext'
import { ExportDialog, type ExportWish } from './ExportDialog'

/** Saves the whole view, as it stands when it begins, with a manifest beside it. */
export function ExportMenu({ view, disabled }: { view: View; disabled: boolean }) {
  const actions = useActions()
  const [isChoosing, setChoosing] = useState(false)
  const { start, dialog } = useExport('events', () => actions.say('View exported'))
  const begin = (wish: ExportWish) => start(async (backend) => (await backend.call('export.begin', { view, ...wish })).value)
  const items = [
    { label: 'CSV, safe to open in a spreadsheet', onPick: () => begin({ format: 'csv' }) },
    { label: 'JSON Lines', onPick: () => begin({ format: 'jsonl' }) },
    'line' as const,
    { label: 'Other formats and masks …', onPick: () => setChoosing(true) },
  ]
  const { opener, menu } = useButtonMenu({ label: 'Export this view', items, edge: 'right' })
  return (
    <>
      <Button {...opener} disabled={disabled} title="Export this view">
        Export <span aria-hidden="true">▾</span>
      </Button>
      {menu}
      {isChoosing && (
        <ExportDialog
          onClose={() => setChoosing(false)}
          onExport={(wish) => {
            setChoosing(false)
            begin(wish)
          }}
        />
      )}
      {dialog}
    </>
  )
}
