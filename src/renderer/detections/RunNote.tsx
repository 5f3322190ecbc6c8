import type { DetectionRun } from '../../contract'
import { ProgressBar, useZone } from '../shared'
import { runWords } from './finding-words'

/** Above the findings while they may not be all: how far the rules are. */
export function RunNote({ run }: { run: DetectionRun }) {
  const { format, label } = useZone()
  const words = runWords(run, run.asOf === null ? null : `${format(run.asOf)} ${label}`)
  if (words === null) return null
  return (
    <div className="dt-run" data-state={run.state}>
      {run.state === 'running' && <ProgressBar value={run.total === 0 ? null : run.done / run.total} label="Events looked at" />}
      <p>{words}</p>
    </div>
  )
}
