import { useState } from 'react'
import { FORMAT_WORDS, MASK_PRESETS, MASK_WORDS, type ExportFormat, type ExportMask } from '../../contract'
import { Button, Check, Dialog } from '../shared'
import { formatsOf, isOfEvents, masksOf, type Exported, type ExportWish } from './exported'
import './export-dialog.css'

const PRESETS: readonly (readonly [label: string, masks: readonly ExportMask[]])[] = [
  ['People', MASK_PRESETS['persons'] ?? []],
  ['Addresses', MASK_PRESETS['addresses'] ?? []],
  ['Secrets', ['secrets']],
]

const RECORDS_LOSE = 'The bytes and the key of every record go too.'
const ROWS_LOSE = 'Keys and hashes go too, and whole texts that may name what is taken out.'

type ExportDialogProps = { title: string; what: Exported; onClose: () => void; onExport: (wish: ExportWish) => void }

/** How rows are written, and what is taken out of them. */
export function ExportDialog({ title, what, onClose, onExport }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [raw, setRaw] = useState(false)
  const [masks, setMasks] = useState<readonly ExportMask[]>([])
  const go = () => onExport({ format, ...(masks.length > 0 ? { masks: [...masks] } : {}), ...(format === 'csv' && raw ? { raw } : {}) })
  return (
    <Dialog
      title={title}
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
      <Formats what={what} format={format} onFormat={setFormat} />
      {format === 'csv' && (
        <div className="ex-raw">
          <Check label="Cells as they are (raw CSV)" isOn={raw} onToggle={setRaw} />
          {raw && <p role="alert">A spreadsheet that opens this file may take a cell for a formula and run it. Open it with programs that do not.</p>}
        </div>
      )}
      <Masks what={what} masks={masks} onMasks={setMasks} />
    </Dialog>
  )
}

type FormatsProps = { what: Exported; format: ExportFormat; onFormat: (format: ExportFormat) => void }

function Formats({ what, format, onFormat }: FormatsProps) {
  return (
    <fieldset className="ex-formats">
      <legend>Format</legend>
      {formatsOf(what).map((one) => (
        <label key={one} data-chosen={one === format || undefined}>
          <input type="radio" name="format" checked={one === format} data-autofocus={one === format || undefined} onChange={() => onFormat(one)} />
          <span>{FORMAT_WORDS[one].title}</span>
          <span className="ex-dim">{one === 'jsonl' && !isOfEvents(what) ? 'Scripts; every field of every row' : FORMAT_WORDS[one].reads}</span>
        </label>
      ))}
    </fieldset>
  )
}

type MasksProps = { what: Exported; masks: readonly ExportMask[]; onMasks: (masks: readonly ExportMask[]) => void }

function Masks({ what, masks, onMasks }: MasksProps) {
  const offered = masksOf(what)
  const presets = PRESETS.map(([label, preset]) => [label, offered.filter((mask) => preset.includes(mask))] as const).filter(([, preset]) => preset.length > 0)
  const toggle = (mask: ExportMask, isOn: boolean) => onMasks(offered.filter((one) => (one === mask ? isOn : masks.includes(one))))
  return (
    <fieldset className="ex-masks">
      <legend>Taken out</legend>
      <div className="ex-presets">
        {[...presets, ['All', offered] as const, ['None', []] as const].map(([label, preset]) => (
          <Button key={label} aria-pressed={isSame(preset, masks)} onClick={() => onMasks(preset)}>
            {label}
          </Button>
        ))}
      </div>
      <div className="ex-checks">
        {offered.map((mask) => (
          <Check key={mask} label={MASK_WORDS[mask]} isOn={masks.includes(mask)} onToggle={(isOn) => toggle(mask, isOn)} />
        ))}
      </div>
      <p className="ex-dim">
        {masks.length === 0
          ? 'Nothing is taken out. A manifest beside the file names the filter, the counts, the range, the coverage and the SHA-256.'
          : `Each value becomes a name such as «user-3», the same one wherever it stands. ${isOfEvents(what) ? RECORDS_LOSE : ROWS_LOSE} ` +
            'A second file holds a commitment for each field; its salt stays in this workspace, and with it a row can be shown to be the original.'}
      </p>
    </fieldset>
  )
}

function isSame(a: readonly ExportMask[], b: readonly ExportMask[]): boolean {
  return a.length === b.length && a.every((mask) => b.includes(mask))
}
