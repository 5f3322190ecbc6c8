import type { Instant } from '../../../domain'
import type { ReadableStore } from '../../store'
import type { SyncJobs } from './sync-jobs'

/** Minutes between syncs where nothing was chosen. */
export const DEFAULT_MINUTES = 5

const LOOK_MS = 15_000
const MINUTE_MS = 60_000

export type ClockOptions = { store: ReadableStore; jobs: SyncJobs; now: () => Instant; onError: (error: unknown) => void }

/** Syncs servers on its own, as often as the settings say; answers its own end. */
export function keepSynced({ store, jobs, now, onError }: ClockOptions): () => void {
  const began = now()
  const look = () => {
    const minutes = syncMinutes(store)
    if (minutes === 0) return
    const lastOf = new Map(jobs.list().map((job) => [job.connection, job.live ? null : (job.endedAt ?? Infinity)]))
    for (const { name, server, state } of store.connections()) {
      if (!server || server.paused || state === 'removed') continue
      const last = lastOf.get(name) ?? began
      if (now() - last < minutes * MINUTE_MS) continue
      try {
        jobs.start({ connection: name, scheduled: true })
      } catch (error) {
        onError(error)
      }
    }
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}

export function syncMinutes(store: ReadableStore): number {
  const minutes = Number(store.settings()['syncMinutes'] ?? DEFAULT_MINUTES)
  return Number.isInteger(minutes) && minutes >= 0 ? minutes : DEFAULT_MINUTES
}
