import type { ImportInput } from '../../contract'
import { Button, Dialog, ErrorState, ProgressBar, Shown, formatBytes } from '../shared'
import { Preview } from './Preview'
import type { Intake } from './use-intake'
import './import-dialog.css'

export type ImportDialogProps = {
  intake: Intake
  onStarted: (inputs: ImportInput[], job: string) => void
  onClose: () => void
  onChooseAgain: () => void
}

/** One dialog from the choice of files to the start of their import, so that nothing jumps between the steps. */
export function ImportDialog({ intake, onStarted, onClose, onChooseAgain }: ImportDialogProps) {
  const verb = intake.step !== 'failed' && intake.replace !== null ? 'Import again' : 'Import'
  return (
    <Dialog
      title={
        <>
          {verb} <Shown text={intake.label} />
        </>
      }
      width={860}
      onClose={onClose}
    >
      {intake.step === 'handing-over' && <HandingOver intake={intake} onCancel={onClose} />}
      {intake.step === 'preview' && (
        <Preview intake={intake} onStarted={onStarted} onClose={onClose} onChooseAgain={onChooseAgain} />
      )}
      {intake.step === 'failed' && (
        <>
          <ErrorState title={intake.title} message={intake.message} />
          <div className="import-actions">
            <Button onClick={onClose}>Close</Button>
            <Button look="primary" data-autofocus onClick={onChooseAgain}>
              Choose other files
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

type HandingOverProps = { intake: Extract<Intake, { step: 'handing-over' }>; onCancel: () => void }

function HandingOver({ intake, onCancel }: HandingOverProps) {
  const { bytesDone, bytesTotal } = intake
  return (
    <div className="import-handing-over">
      <p>Reading the files. They stay on this computer.</p>
      <ProgressBar label="Files read" value={bytesTotal > 0 ? bytesDone / bytesTotal : null} />
      <p className="import-note">
        {formatBytes(bytesDone)} of {formatBytes(bytesTotal)}
      </p>
      <div className="import-actions">
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </div>
  )
}
