import { Button, type MenuItem, useButtonMenu, useSaying } from '../shared'
import { isOfEvents, type Exported } from './exported'
import { useExportChoice } from './use-export-choice'

type ExportMenuProps = {
  what: Exported
  /** What its rows are, of many. */
  noun: string
  disabled: boolean
  /** What the menu and its dialog are called; `Export these NOUN` unless told. */
  label?: string
  /** A link within a card, in small letters, in place of a button. */
  isSmall?: boolean
  /** Other things that can be saved here. */
  others?: readonly MenuItem[]
  /** Says on the screen that it is saved; said to screen readers alone unless told. */
  onSaved?: () => void
}

/** Saves all rows as they are shown now, loaded or not, with a manifest beside them. */
export function ExportMenu({ what, noun, disabled, label = `Export these ${noun}`, isSmall = false, others = [], onSaved }: ExportMenuProps) {
  const { said, say } = useSaying()
  const { begin, choose, dialogs } = useExportChoice({ what, noun, label, onSaved: onSaved ?? (() => say('Exported')) })
  const items: MenuItem[] = [
    { label: 'CSV, safe to open in a spreadsheet', onPick: () => begin({ format: 'csv' }) },
    { label: 'JSON Lines', onPick: () => begin({ format: 'jsonl' }) },
    'line',
    { label: isOfEvents(what) ? 'Other formats and masks …' : 'With masks …', onPick: choose },
    ...(others.length > 0 ? ['line' as const, ...others] : []),
  ]
  const { opener, menu } = useButtonMenu({ label, items, edge: 'right' })
  return (
    <>
      {isSmall ? (
        <button type="button" className="link" {...opener} disabled={disabled} title={label}>
          export
        </button>
      ) : (
        <Button {...opener} disabled={disabled} title={label}>
          Export <span aria-hidden="true">▾</span>
        </Button>
      )}
      {menu}
      {dialogs}
      <span className="hidden-text" role="status">
        {said}
      </span>
    </>
  )
}
