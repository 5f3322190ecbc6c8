import type { SyncJob } from '../../contract'
import type { Connection, Instant } from '../../domain'

/** The oldest of the servers' last answers: what is shown is no newer than that. Null before any answered. */
export function lastAnswer(servers: Connection[], jobs: ReadonlyMap<string, SyncJob>): Instant | null {
  const lasts = servers.map(({ name, streams }) => {
    const job = jobs.get(name)
    const end = job?.state === 'done' ? job.endedAt : null
    return Math.max(end ?? -Infinity, ...streams.map(({ at }) => at ?? -Infinity))
  })
  const known = lasts.filter(Number.isFinite)
  return known.length === 0 ? null : Math.min(...known)
}
