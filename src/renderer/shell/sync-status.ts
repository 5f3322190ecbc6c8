import type { SyncJob } from '../../contract'
import type { Connection, Instant } from '../../domain'
import { formatRough } from '../shared'
import { isUnderWay, lastAnswer, shareDone } from '../sync'

export type SyncStatus = { look: 'good' | 'busy' | 'bad' | 'silent'; words: string }

/** How the servers of a workspace stand, in a few words; null where there are none. */
export function syncStatus(servers: Connection[], jobs: ReadonlyMap<string, SyncJob>, now: Instant): SyncStatus | null {
  if (servers.length === 0) return null
  const own = servers.flatMap(({ name }) => jobs.get(name) ?? [])
  const active = own.filter((job) => isUnderWay(job) && !job.live)
  if (active.length > 0) return { look: 'busy', words: activeWords(active) }
  const last = lastAnswer(servers, jobs)
  const age = last === null ? 'not synced yet' : `synced ${formatRough(now - last)} ago`
  const failed = own.find(({ state }) => state === 'failed')
  if (failed?.fault?.code === 'unreachable') {
    return { look: 'bad', words: `No answer from ${failed.connection}, ${age}` }
  }
  if (failed) return { look: 'bad', words: `Sync failed: ${failed.fault?.message ?? failed.connection}` }
  const stopped = own.find(({ state }) => state === 'cancelled')
  if (stopped) return { look: 'silent', words: `Sync stopped · ${stopped.connection}` }
  if (servers.every(({ server }) => server?.paused)) return { look: 'silent', words: `Paused, ${age}` }
  return { look: last === null ? 'silent' : 'good', words: `${age.charAt(0).toUpperCase()}${age.slice(1)}` }
}

function activeWords(jobs: SyncJob[]): string {
  const [first] = jobs
  const name = jobs.length === 1 ? (first?.connection ?? '') : `${jobs.length} servers`
  if (jobs.every(({ state }) => state === 'waiting')) return `Sync waits · ${name}`
  const shares = jobs.map(shareDone)
  const known = shares.filter((share) => share !== null)
  // One that cannot tell yet would make the number of the others a promise.
  if (known.length < shares.length) return `Syncing · ${name}`
  return `Syncing · ${name} ${Math.floor((known.reduce((sum, share) => sum + share, 0) / known.length) * 100)} %`
}
