import type { SyncJob } from '../../contract'
import { Button, ProgressBar, Shown, formatCount, formatRough, useZone } from '../shared'
import { shareDone, useSync } from '../sync'
import { waitWords } from './server-state'

/** A sync under way: how far it is, what it waits for, what it has spent. */
export function SyncPane({ job }: { job: SyncJob }) {
  const { cancel } = useSync()
  const zone = useZone()
  const { connection, recordsDone, recordsTotal, leftMs, budget } = job
  const isWaiting = job.state === 'waiting'
  return (
    <section className="pane-part" aria-label={`Sync of ${connection}`}>
      <header>
        <h2>
          Syncing · <Shown text={connection} />
        </h2>
        {leftMs !== null && leftMs >= 1000 && !isWaiting && <span className="pane-left">{formatRough(leftMs)} left</span>}
      </header>
      <ProgressBar label={`Progress of ${connection}`} value={shareDone(job)} />
      <p className="pane-row">
        {job.reading !== null && <Shown text={`${job.reading} · `} />}
        <span>
          {formatCount(recordsDone)}
          {recordsTotal !== null && ` of ${formatCount(recordsTotal)}`} records
        </span>
      </p>
      <p className="pane-row">
        request budget {formatCount(budget.spent)} of {formatCount(budget.limit)} this hour
      </p>
      <div className="pane-buttons">
        <Button title="What was read is kept; the next sync goes on from there" onClick={() => cancel(connection)}>
          Cancel
        </Button>
      </div>
      <p className={isWaiting ? 'pane-hint pane-wait' : 'pane-hint'} role="status">
        {isWaiting ? waitWords(job, zone) : 'After a cancel, what was read is kept and the next sync goes on from there.'}
      </p>
    </section>
  )
}
