import { useRef, useState } from 'react'
import type { Backend, View } from '../../contract'
import { useBackend } from '../api'
import { Button, Dialog, formatCount, ProgressBar, saveBytes, useButtonMenu } from '../shared'
import { useActions } from './ActionsContext'
import { type ExportStep, exportChunks } from './export-chunks'

type Format = 'csv' | 'jsonl'

/** Saves the whole view, as it stands when it begins. */
export function ExportMenu({ view, disabled }: { view: View; disabled: boolean }) {
  const backend = useBackend()
  const actions = useActions()
  const [step, setStep] = useState<ExportStep | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)

  const start = (format: Format) => {
    const control = new AbortController()
    stop.current = control
    setProblem(null)
    setStep({ rowsDone: 0, rows: 0 })
    save({ backend, view, format, control, onStep: setStep }).then(
      (saved) => {
        setStep(null)
        if (saved && !control.signal.aborted) actions.say('View exported')
      },
      (fault: unknown) => {
        setStep(null)
        if (!control.signal.aborted) setProblem(fault instanceof Error ? fault.message : String(fault))
      },
    )
  }
  const items = [
    { label: 'CSV, safe to open in a spreadsheet', onPick: () => start('csv') },
    { label: 'JSON Lines', onPick: () => start('jsonl') },
  ]
  const { opener, menu } = useButtonMenu({ label: 'Export this view', items, edge: 'right' })
  return (
    <>
      <Button {...opener} disabled={disabled} title="Export this view">
        Export <span aria-hidden="true">▾</span>
      </Button>
      {menu}
      {(step || problem) && (
        <ExportDialog
          step={step}
          problem={problem}
          onClose={() => {
            stop.current?.abort()
            setStep(null)
            setProblem(null)
          }}
        />
      )}
    </>
  )
}

type SaveOptions = {
  backend: Backend
  view: View
  format: Format
  control: AbortController
  onStep: (step: ExportStep) => void
}

async function save({ backend, view, format, control, onStep }: SaveOptions): Promise<boolean> {
  const begun = (await backend.call('export.begin', { view, format })).value
  try {
    onStep({ rowsDone: 0, rows: begun.rows })
    return await saveBytes(begun.name, exportChunks({ backend, begun, signal: control.signal, onStep }))
  } finally {
    await backend.call('export.end', { id: begun.id })
  }
}

type ExportDialogProps = { step: ExportStep | null; problem: string | null; onClose: () => void }

function ExportDialog({ step, problem, onClose }: ExportDialogProps) {
  return (
    <Dialog
      title="Export this view"
      width={420}
      onClose={onClose}
      actions={<Button onClick={onClose}>{step ? 'Cancel' : 'Close'}</Button>}
    >
      {step && (
        <>
          <ProgressBar value={step.rows > 0 ? step.rowsDone / step.rows : null} label="Export" />
          <p>
            {formatCount(step.rowsDone)} of {formatCount(step.rows)} events
          </p>
        </>
      )}
      {problem && <p role="alert">The export stopped: {problem}</p>}
    </Dialog>
  )
}
