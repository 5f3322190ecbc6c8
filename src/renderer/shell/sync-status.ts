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
  const age = last === null ? 'not synced yet' : `synced ${agoWords(now - last)}`
  const failed = own.find(({ state }) => state === 'failed')
  if (failed) {
    const heard = lastAnswer(servers.filter(({ name }) => name === failed.connection), jobs)
    return { look: 'bad', words: failedWords(failed, heard === null ? ' yet' : `, the last ${agoWords(now - heard)}`) }
  }
  const stopped = own.find(({ state }) => state === 'cancelled')
  if (stopped) return { look: 'silent', words: `Sync stopped · ${stopped.connection}` }
  if (servers.every(({ server }) => server?.paused)) return { look: 'silent', words: `Paused, ${age}` }
  return { look: last === null ? 'silent' : 'good', words: `${age.charAt(0).toUpperCase()}${age.slice(1)}` }
}

function failedWords({ connection, fault }: SyncJob, since: string): string {
  if (fault?.code === 'unreachable') return `No answer from ${connection}${since}`
  if (fault?.code === 'unauthorized') return `Sign-in needed · ${connection}`
  return `Sync failed: ${fault?.message ?? connection}`
}

function agoWords(age: number): string {
  return age < 1000 ? 'just now' : `${formatRough(age)} ago`
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
