import { useRef, useState } from 'react'
import type { ApprovalSummary } from '../../contract'
import { useBackend } from '../api'
import { Button, Dialog, formatCount, messageOf, ProgressBar, saveBytes, useButtonMenu } from '../shared'
import { patternsCsv, requestsCsv } from './approval-csv'
import { shownPatterns } from './Patterns'
import { useRequestFilter } from './Requests'
import type { LookUse } from './use-look'

type Step = { done: number; total: number }

/** Saves what is shown as a table that a spreadsheet can open. */
export function ExportButton({ use, summary }: { use: LookUse; summary: ApprovalSummary }) {
  const backend = useBackend()
  const filter = useRequestFilter(use)
  const { step, problem, said, save, onStep, close } = useSave()
  const patterns = shownPatterns(summary.patterns, use.look.suppressed)
  const savePatterns = () => save('recount-approval-patterns.csv', () => patternsCsv(patterns))
  const saveRequests = () => save('recount-requests.csv', (signal) => requestsCsv({ backend, filter, signal, onStep }))
  const isList = use.look.tab === 'requests'
  const items = [
    ...(isList ? [] : [{ label: 'Patterns as CSV', disabled: patterns.length === 0, onPick: savePatterns }]),
    { label: isList ? 'These requests as CSV' : 'All requests of this time as CSV', disabled: summary.counts.requests === 0, onPick: saveRequests },
  ]
  const { opener, menu } = useButtonMenu({ label: 'Export', items, edge: 'right' })
  return (
    <>
      <Button {...opener}>
        Export <span aria-hidden="true">▾</span>
      </Button>
      {menu}
      {(step !== null || problem !== null) && <ExportDialog step={step} problem={problem} onClose={close} />}
      <span className="hidden-text" role="status">
        {said}
      </span>
    </>
  )
}

function useSave() {
  const [step, setStep] = useState<Step | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [said, say] = useState('')
  const stop = useRef<AbortController | null>(null)
  const save = (name: string, chunks: (signal: AbortSignal) => AsyncIterable<Uint8Array>) => {
    const control = new AbortController()
    stop.current = control
    setProblem(null)
    say('')
    saveBytes(name, chunks(control.signal)).then(
      (saved) => {
        setStep(null)
        if (saved) say('Exported')
      },
      (error: unknown) => {
        setStep(null)
        if (!control.signal.aborted) setProblem(messageOf(error))
      },
    )
  }
  const close = () => {
    stop.current?.abort()
    setStep(null)
    setProblem(null)
  }
  return { step, problem, said, save, onStep: (done: number, total: number) => setStep({ done, total }), close }
}

type ExportDialogProps = { step: Step | null; problem: string | null; onClose: () => void }

function ExportDialog({ step, problem, onClose }: ExportDialogProps) {
  return (
    <Dialog title="Export" width={420} onClose={onClose} actions={<Button onClick={onClose}>{step ? 'Cancel' : 'Close'}</Button>}>
      {step && (
        <>
          <ProgressBar value={step.total > 0 ? step.done / step.total : null} label="Export" />
          <p>
            {formatCount(step.done)} of {formatCount(step.total)} requests
          </p>
        </>
      )}
      {problem !== null && <p role="alert">The export stopped: {problem}</p>}
    </Dialog>
  )
}
