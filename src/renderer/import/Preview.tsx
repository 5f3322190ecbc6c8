import { useEffect, useRef, useState } from 'react'
import type { ImportInput, ImportOptions, ImportPreview } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { Button, ErrorState, Shown, Spinner, formatPlural, messageOf } from '../shared'
import { PreviewFiles } from './PreviewFiles'
import { PreviewOptions } from './PreviewOptions'
import type { Intake } from './use-intake'

export type PreviewProps = {
  intake: Extract<Intake, { step: 'preview' }>
  onStarted: (inputs: ImportInput[], job: string) => void
  onClose: () => void
  onChooseAgain: () => void
}

/** What an import would read, before it does: files, first events, and the choices that a log leaves open. */
export function Preview({ intake, onStarted, onClose, onChooseAgain }: PreviewProps) {
  const [options, setOptions] = useState<ImportOptions>(intake.replace === null ? {} : { replace: intake.replace })
  const { inputs } = intake
  // The name changes nothing that is read.
  const { name: _name, ...reading } = options
  const { value: preview, fault, state, asking } = useAnswer('import.preview', { inputs, options: reading })
  const { start, isStarting, message } = useStart(onStarted)
  const readable = preview?.files.filter((file) => file.kind !== null) ?? []
  const canStart = readable.length > 0 && state === 'ready' && !isStarting
  const run = () => canStart && start(readable.map((file) => file.input), options)

  if (!preview) {
    if (fault) return <ErrorState title="The files could not be read" message={fault.message} />
    return (
      <div className="import-wait">
        <Spinner label="Reading the first lines" />
      </div>
    )
  }
  return (
    <div className="preview">
      <PreviewFiles files={preview.files} />
      {readable.length > 0 && <PreviewOptions {...{ preview, options, setOptions }} onEnter={run} />}
      <Problem message={message ?? fault?.message} />
      <div className="import-actions">
        <span className="import-note">{leftOutWords(preview, readable.length)}</span>
        {asking && <Spinner label="Reading again" />}
        <Button onClick={onClose}>Cancel</Button>
        {readable.length > 0 ? (
          <StartButton label={startLabel(options, readable.length)} disabled={!canStart} onClick={run} />
        ) : (
          <StartButton label="Choose other files" disabled={false} onClick={onChooseAgain} />
        )}
      </div>
    </div>
  )
}

function Problem({ message }: { message: string | undefined }) {
  if (message === undefined) return null
  return (
    <p className="import-problem" role="alert">
      <span aria-hidden="true">! </span>
      <Shown text={message} />
    </p>
  )
}

function startLabel(options: ImportOptions, files: number): string {
  const what = formatPlural(files, 'file')
  return options.replace === undefined ? `Import ${what}` : `Replace with ${what}`
}

function leftOutWords(preview: ImportPreview, readable: number): string {
  const leftOut = preview.files.length - readable
  if (readable === 0) return 'Nothing here can be imported.'
  return leftOut === 0 ? 'Files are never changed.' : `${formatPlural(leftOut, 'file')} left out.`
}

/** Takes the focus once, when the preview is there, so that Enter starts. */
function StartButton({ label, disabled, onClick }: { label: string; disabled: boolean; onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <button ref={button} type="button" className="button button-primary" aria-disabled={disabled} onClick={onClick}>
      {label}
    </button>
  )
}

function useStart(onStarted: PreviewProps['onStarted']) {
  const backend = useBackend()
  const [isStarting, setIsStarting] = useState(false)
  const [message, setMessage] = useState<string | null>(null)
  const start = (inputs: ImportInput[], options: ImportOptions) => {
    setIsStarting(true)
    setMessage(null)
    backend.call('import.start', { inputs, options }).then(
      ({ value }) => onStarted(inputs, value.job),
      (error: unknown) => {
        setIsStarting(false)
        setMessage(messageOf(error))
      },
    )
  }
  return { start, isStarting, message }
}
