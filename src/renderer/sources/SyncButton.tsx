import type { SyncJob } from '../../contract'
import type { Connection } from '../../domain'
import { Button, ProgressBar } from '../shared'
import { isUnderWay, shareDone, useSync } from '../sync'

/** Starts a sync; while one runs, how far it is stands in its place. */
export function SyncButton({ connection, job }: { connection: Connection; job: SyncJob | undefined }) {
  const { start } = useSync()
  if (isUnderWay(job) && !job.live) {
    const share = shareDone(job)
    return (
      <span className="source-progress">
        <ProgressBar label={`Sync of ${connection.name}`} value={share} />
        {job.state === 'waiting' ? 'waiting' : share === null ? 'starting' : `${Math.floor(share * 100)} %`}
      </span>
    )
  }
  return <Button onClick={() => start({ connection: connection.name })}>Sync</Button>
}
