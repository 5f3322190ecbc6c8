import type { SyncJob } from '../contract'
import type { Instant } from '../domain'

/** How far a sync is, in a few words. */
export function syncLine(job: SyncJob, now: Instant): string {
  const { connection, reading, recordsDone, recordsTotal, leftMs, requests, waitingUntil } = job
  const of = recordsTotal === null ? '' : ` of ${recordsTotal}`
  const waits = job.state === 'waiting' && waitingUntil !== null ? `waits ${duration(waitingUntil - now)}` : ''
  const left = leftMs === null || waits !== '' ? '' : `${duration(leftMs)} left`
  const parts = [reading ?? '', `${recordsDone}${of} records`, `${requests} requests`, waits, left]
  return `${connection}: ${parts.filter((part) => part !== '').join(', ')}`
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
