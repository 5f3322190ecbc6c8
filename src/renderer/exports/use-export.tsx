import { type ReactNode, useRef, useState } from 'react'
import type { Backend, BegunExport } from '../../contract'
import { useBackend } from '../api'
import { Button, Dialog, formatCount, messageOf, ProgressBar, saveFiles } from '../shared'
import { exportChunks, type ExportStep } from './export-chunks'

type ExportUse = {
  start: (begin: (backend: Backend) => Promise<BegunExport>) => void
  /** How far it is, while it runs, or why it stopped. */
  dialog: ReactNode
}

/** Saves an export with the files that belong beside it. `noun` is what its rows are, of many. */
export function useExport(noun: string, onSaved: () => void): ExportUse {
  const backend = useBackend()
  const [step, setStep] = useState<ExportStep | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  const start: ExportUse['start'] = (begin) => {
    const control = new AbortController()
    stop.current = control
    setProblem(null)
    setStep({ rowsDone: 0, rows: 0, part: 'rows' })
    save({ backend, begin, control, onStep: setStep }).then(
      (saved) => {
        setStep(null)
        if (saved && !control.signal.aborted) onSaved()
      },
      (fault: unknown) => {
        setStep(null)
        if (!control.signal.aborted) setProblem(messageOf(fault))
      },
    )
  }
  const close = () => {
    stop.current?.abort()
    setStep(null)
    setProblem(null)
  }
  const dialog = (step || problem !== null) && <ExportProgress step={step} problem={problem} noun={noun} onClose={close} />
  return { start, dialog }
}

type Saved = { backend: Backend; begin: (backend: Backend) => Promise<BegunExport>; control: AbortController; onStep: (step: ExportStep) => void }

async function save({ backend, begin, control: { signal }, onStep }: Saved): Promise<boolean> {
  const begun = await begin(backend)
  try {
    onStep({ rowsDone: 0, rows: begun.rows, part: 'rows' })
    const chunks = exportChunks({ backend, begun, signal, onStep })
    const beside = begun.beside.map(({ part, name }) => ({ name, chunks: () => exportChunks({ backend, begun, part, signal, onStep }) }))
    return await saveFiles({ name: begun.name, chunks, beside })
  } finally {
    await backend.call('export.end', { id: begun.id })
  }
}

type ProgressProps = { step: ExportStep | null; problem: string | null; noun: string; onClose: () => void }

function ExportProgress({ step, problem, noun, onClose }: ProgressProps) {
  return (
    <Dialog title="Export" width={420} onClose={onClose} actions={<Button onClick={onClose}>{step ? 'Cancel' : 'Close'}</Button>}>
      {step && (
        <>
          <ProgressBar value={step.rows > 0 ? step.rowsDone / step.rows : null} label="Export" />
          <p>
            {step.part === 'commitments' && 'Commitments: '}
            {formatCount(step.rowsDone)} of {formatCount(step.rows)} {noun}
          </p>
        </>
      )}
      {problem !== null && <p role="alert">The export stopped: {problem}</p>}
    </Dialog>
  )
}
