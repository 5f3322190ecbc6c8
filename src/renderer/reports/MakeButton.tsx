import { useRef, useState } from 'react'
import { useBackend } from '../api'
import { Button, Dialog, formatCount, messageOf, ProgressBar, saveBytes } from '../shared'
import { type Begin, beginReport, type MakeStep, reportPieces } from './make-report'

type State = { name: 'idle' } | { name: 'making'; step: MakeStep } | { name: 'saved'; files: string[] } | { name: 'failed'; message: string }

/** Makes the file and saves it, with its progress, and a way to stop. */
export function MakeButton({ what, begin, label = 'Make the report' }: { what: string; begin: Begin; label?: string }) {
  const backend = useBackend()
  const [state, setState] = useState<State>({ name: 'idle' })
  const stop = useRef<AbortController | null>(null)

  const make = async () => {
    const control = new AbortController()
    stop.current = control
    const onStep = (step: MakeStep) => !control.signal.aborted && setState({ name: 'making', step })
    onStep({ step: 'reading', done: 0, total: 0 })
    let id: string | null = null
    try {
      const begun = await beginReport(backend, begin)
      id = begun.id
      const read = (part: 'report' | 'head') => reportPieces(backend, { id: begun.id, part, signal: control.signal, onStep })
      const files: string[] = []
      if (await saveBytes(begun.name, read('report'))) files.push(begun.name)
      if (files.length > 0 && begun.beside !== null && (await saveBytes(begun.beside, read('head')))) files.push(begun.beside)
      setState(files.length > 0 ? { name: 'saved', files } : { name: 'idle' })
    } catch (fault: unknown) {
      setState(control.signal.aborted ? { name: 'idle' } : { name: 'failed', message: messageOf(fault) })
    } finally {
      if (id !== null) await backend.call('report.end', { id }).catch(() => {})
    }
  }
  const close = () => {
    stop.current?.abort()
    setState({ name: 'idle' })
  }
  return (
    <>
      <Button look="primary" onClick={() => void make()} disabled={state.name === 'making'}>
        {label}
      </Button>
      <p className="rt-saved" role="status">
        {state.name === 'saved' ? `Saved ${state.files.join(' and ')}` : ''}
      </p>
      {(state.name === 'making' || state.name === 'failed') && (
        <Dialog title={what} width={440} onClose={close} actions={<Button onClick={close}>{state.name === 'making' ? 'Cancel' : 'Close'}</Button>}>
          {state.name === 'making' ? <Progress step={state.step} /> : <p role="alert">The report was not made: {state.message}</p>}
        </Dialog>
      )}
    </>
  )
}

function Progress({ step: { step, done, total } }: { step: MakeStep }) {
  const share = step === 'hashing' && total > 0 ? done / total : null
  return (
    <>
      <ProgressBar value={share} label="Report" />
      <p>{stepWords({ step, done, total })}</p>
    </>
  )
}

function stepWords({ step, done, total }: MakeStep): string {
  if (step === 'reading') return 'Gathering what is held …'
  if (step === 'hashing') return `${formatCount(done)} of ${formatCount(total)} records hashed`
  return step === 'printing' ? 'Printing the pages …' : 'Writing the file …'
}
