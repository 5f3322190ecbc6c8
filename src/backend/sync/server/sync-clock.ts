import type { Instant } from '../../../domain'
import type { ReadableStore } from '../../store'
import { syncedServers } from './connections'
import type { SyncJobs } from './sync-jobs'

/** Minutes between syncs where nothing was chosen. */
export const DEFAULT_MINUTES = 5

const LOOK_MS = 15_000
const MINUTE_MS = 60_000

export type ClockOptions = { store: ReadableStore; jobs: SyncJobs; now: () => Instant; onError: (error: unknown) => void }

/** Syncs servers on its own, as often as the settings say; answers its own end. */
export function keepSynced({ store, jobs, now, onError }: ClockOptions): () => void {
  /** When a list of each was last read before this run. */
  const before = new Map<string, Instant>()
  const look = () => {
    const minutes = syncMinutes(store)
    if (minutes === 0) return
    for (const { name, streams } of syncedServers(store)) {
      // Of looks by the live view nothing is counted: they leave most lists alone.
      const found = before.get(name) ?? streams.reduce((latest, { at }) => Math.max(latest, at ?? 0), 0)
      before.set(name, found)
      const last = jobs.lastWhole(name) ?? found
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
