import type { Instant, Link } from '../../../domain'
import type { Attempt, Draft } from './messages'
import { FAILED, SIGNED, type Pids, type SshdFile } from './survey'

/** The process of sshd a line came from; `pid` is -1 where the line has none. */
export type Process = { host: string; pid: number }

export type Companions = {
  /** Decides whether a line about an attempt counts, by what the surveys know of its host and process. */
  judge(draft: Draft, attempt: Attempt, process: Process): void
  /** Links the line to what came before about the same attempt; `key` is the line's own. */
  link(draft: Draft, process: Process, key: string): void
}

type Trail = { attempt: string | null; before: string[]; at: Instant }

// Far beyond LoginGraceTime; a process id seen again later is another process.
const TRAIL_LIFE = 3_600_000
const MOST_LINKS = 8
const GENERATION = 4096

/** `files` are those of the stream, `whole` those of the import. */
export function createCompanions(files: SshdFile[], whole: SshdFile[]): Companions {
  const failing = failingHosts(whole)
  const pids = mergePids(files)
  // Two generations bound the memory: of many processes only the recent ones can still be met.
  let recent = new Map<string, Trail>()
  let older = new Map<string, Trail>()

  function judge(draft: Draft, attempt: Attempt, { host, pid }: Process): void {
    const signs = pids.get(host)?.get(pid) ?? 0
    const companion =
      (attempt === 'invalid' && (signs & FAILED) !== 0) ||
      (attempt === 'pam' && failing.has(host)) ||
      (attempt === 'closed' && (signs & SIGNED) !== 0)
    if (companion) draft.companion = true
  }

  function trailOf(name: string, at: Instant): Trail {
    const known = recent.get(name) ?? older.get(name)
    if (known !== undefined && Math.abs(at - known.at) <= TRAIL_LIFE) return known
    if (recent.size >= GENERATION) {
      older = recent
      recent = new Map()
    }
    const trail: Trail = { attempt: null, before: [], at }
    recent.set(name, trail)
    return trail
  }

  function link(draft: Draft, { host, pid }: Process, key: string): void {
    if (pid < 0) return
    const trail = trailOf(`${pid} ${host}`, draft.time)
    trail.at = draft.time
    const earlier = draft.companion === true ? (trail.attempt === null ? [] : [trail.attempt]) : trail.before
    if (earlier.length > 0) draft.links = earlier.map((to): Link => ({ key: to, relation: 'companion' }))
    if (draft.companion !== true) {
      trail.attempt = key
      trail.before = []
    } else if (trail.before.length < MOST_LINKS) trail.before.push(key)
  }

  return { judge, link }
}

function failingHosts(files: SshdFile[]): ReadonlySet<string> {
  const failing = new Set<string>()
  for (const file of files) {
    for (const [host, signs] of file.hosts) if (signs.failed) failing.add(host)
  }
  return failing
}

function mergePids(files: SshdFile[]): ReadonlyMap<string, Pids> {
  const merged = new Map<string, Pids>()
  for (const file of files) {
    for (const [host, signs] of file.hosts) {
      const pids = merged.get(host) ?? new Map<number, number>()
      for (const [pid, bits] of signs.pids) pids.set(pid, (pids.get(pid) ?? 0) | bits)
      merged.set(host, pids)
    }
  }
  return merged
}
