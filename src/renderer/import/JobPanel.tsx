import { useEffect, useState } from 'react'
import type { ImportJob } from '../../contract'
import { useBackend } from '../api'
import { Button, IconButton, ProgressBar, Shown, formatBytes, formatCount, formatDuration } from '../shared'
import { isActive, useImport } from './import-context'
import { JobEnd } from './JobEnd'
import './job-panel.css'

/** Milliseconds after which good news steps aside; the status bar still leads to it. */
const FOLD_AFTER = 15_000

/** Imports under way and their ends, beside the work and never in front of it. */
export function JobPanel() {
  const { jobs, isPanelOpen, openPanel, dismiss } = useImport()
  const [isPointedAt, setPointedAt] = useState(false)
  const isQuiet = isPanelOpen && !isPointedAt && jobs.every((job) => job.state === 'done' && job.rejects === 0)
  useEffect(() => {
    if (!isQuiet) return
    const timer = setTimeout(() => openPanel(false), FOLD_AFTER)
    return () => clearTimeout(timer)
  }, [isQuiet, openPanel])
  if (jobs.length === 0 || !isPanelOpen) return null
  return (
    <section
      className="job-panel"
      aria-label="Imports"
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
    >
      {jobs.map((job) => (
        <article key={job.job}>
          <header>
            <h2>
              {TITLE[job.state]} <Shown text={job.name} />
            </h2>
            {isActive(job) ? (
              <IconButton label="Hide; the status bar goes on showing progress" onClick={() => openPanel(false)}>
                –
              </IconButton>
            ) : (
              <IconButton label="Close" onClick={() => dismiss(job.job)}>
                ✕
              </IconButton>
            )}
          </header>
          {isActive(job) ? <JobProgress job={job} /> : <JobOver job={job} />}
        </article>
      ))}
      <p className="hidden-text" role="status">
        {jobs.map((job) => announce(job)).join('. ')}
      </p>
    </section>
  )
}

const TITLE: Record<ImportJob['state'], string> = {
  surveying: 'Looking through',
  importing: 'Importing',
  done: 'Imported',
  cancelled: 'Stopped importing',
  failed: 'Could not import',
}

function JobProgress({ job }: { job: ImportJob }) {
  const backend = useBackend()
  const cancel = () => {
    // A job that ended meanwhile has nothing to cancel; its end is on its way.
    backend.call('import.cancel', { job: job.job }).catch(() => undefined)
  }
  const isImporting = job.state === 'importing' && job.bytesTotal > 0
  return (
    <>
      <ProgressBar label={`Import of ${job.name}`} value={isImporting ? job.bytesDone / job.bytesTotal : null} />
      <div className="job-counts">
        <span>
          {formatCount(job.recordsDone)} records · {formatBytes(job.bytesDone)} of {formatBytes(job.bytesTotal)}
        </span>
        <span>{job.leftMs === null ? '' : `${formatDuration(job.leftMs)} left`}</span>
      </div>
      <div>
        <Button onClick={cancel}>Cancel</Button>
      </div>
    </>
  )
}

function JobOver({ job }: { job: ImportJob }) {
  if (job.state === 'failed') {
    return (
      <p className="job-failed" role="alert">
        <span aria-hidden="true">! </span>
        <Shown text={job.fault?.message ?? 'It ended early, and no reason was given.'} />
      </p>
    )
  }
  return <JobEnd job={job} />
}

/** In quarters, so that a screen reader is not told of every record. */
function announce(job: ImportJob): string {
  if (!isActive(job) || job.bytesTotal === 0) return `${TITLE[job.state]} ${job.name}`
  return `${TITLE[job.state]} ${job.name}: ${Math.floor((job.bytesDone / job.bytesTotal) * 4) * 25} %`
}
