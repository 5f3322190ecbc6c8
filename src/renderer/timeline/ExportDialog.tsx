import { useState } from 'react'
import { EXPORT_FORMATS, EXPORT_MASKS, FORMAT_WORDS, MASK_PRESETS, MASK_WORDS, type Ask, type ExportFormat, type ExportMask } from '../../contract'
import { Button, Check, Dialog } from '../shared'
import './export-dialog.css'

export type ExportWish = Omit<Ask<'export.begin'>, 'view'>

const PRESETS: readonly (readonly [label: string, masks: readonly ExportMask[]])[] = [
  ['People', MASK_PRESETS['persons'] ?? []],
  ['Addresses', MASK_PRESETS['addresses'] ?? []],
  ['Secrets', ['secrets']],
  ['All', EXPORT_MASKS],
  ['None', []],
]

type ExportDialogProps = { onClose: () => void; onExport: (wish: ExportWish) => void }

/** What a view is written as, and what is taken out of it. */
export function ExportDialog({ onClose, onExport }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [raw, setRaw] = useState(false)
  const [masks, setMasks] = useState<readonly ExportMask[]>([])
  const go = () => onExport({ format, ...(masks.length > 0 ? { masks: [...masks] } : {}), ...(format === 'csv' && raw ? { raw } : {}) })
  return (
    <Dialog
      title="Export this view"
      width={640}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" onClick={go}>
            Export
          </Button>
        </>
      }
    >
      <Formats format={format} onFormat={setFormat} />
      {format === 'csv' && (
        <div className="xd-raw">
          <Check label="Cells as they are (raw CSV)" isOn={raw} onToggle={setRaw} />
          {raw && <p role="alert">A spreadsheet that opens this file may take a cell for a formula and run it. Open it with programs that do not.</p>}
        </div>
      )}
      <Masks masks={masks} onMasks={setMasks} />
    </Dialog>
  )
}

function Formats({ format, onFormat }: { format: ExportFormat; onFormat: (format: ExportFormat) => void }) {
  return (
    <fieldset className="xd-formats">
      <legend>Format</legend>
      {EXPORT_FORMATS.map((one) => (
        <label key={one} data-chosen={one === format || undefined}>
          <input type="radio" name="format" checked={one === format} data-autofocus={one === format || undefined} onChange={() => onFormat(one)} />
          <span>{FORMAT_WORDS[one].title}</span>
          <span className="xd-dim">{FORMAT_WORDS[one].reads}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Masks({ masks, onMasks }: { masks: readonly ExportMask[]; onMasks: (masks: readonly ExportMask[]) => void }) {
  const toggle = (mask: ExportMask, isOn: boolean) => onMasks(EXPORT_MASKS.filter((one) => (one === mask ? isOn : masks.includes(one))))
  return (
    <fieldset className="xd-masks">
      <legend>Taken out</legend>
      <div className="xd-presets">
        {PRESETS.map(([label, preset]) => (
          <Button key={label} aria-pressed={isSame(preset, masks)} onClick={() => onMasks(preset)}>
            {label}
          </Button>
        ))}
      </div>
      <div className="xd-checks">
        {EXPORT_MASKS.map((mask) => (
          <Check key={mask} label={MASK_WORDS[mask]} isOn={masks.includes(mask)} onToggle={(isOn) => toggle(mask, isOn)} />
        ))}
      </div>
      <p className="xd-dim">
        {masks.length === 0
          ? 'Nothing is taken out. A manifest beside the file names the filter, the counts, the range, the coverage and the SHA-256.'
          : 'Each value becomes a name such as «user-3», the same one wherever it stands. The bytes and the key of every record go too. ' +
            'A second file holds a commitment for each field; its salt stays in this workspace, and with it a row can be shown to be the original.'}
      </p>
    </fieldset>
  )
}

function isSame(a: readonly ExportMask[], b: readonly ExportMask[]): boolean {
  return a.length === b.length && a.every((mask) => b.includes(mask))
}
