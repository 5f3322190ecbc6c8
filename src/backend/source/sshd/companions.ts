import type { Instant, Link } from '../../../domain'
import type { RecordId } from '../file-source'
import type { Attempt, Draft } from './messages'
import { createPidSigns } from './pid-signs'
import { FAILED, SIGNED, type Pids, type SshdFile } from './survey'

/** The process of sshd a line came from; `pid` is -1 where the line has none. */
export type Process = { host: string; pid: number }

export type Companions = {
  /** Decides whether a line about an attempt counts, by what the surveys know of its host and process. */
  judge(draft: Draft, attempt: Attempt, process: Process): void
  /** Links the line to what came before about the same attempt; `id` is the line's own. */
  link(draft: Draft, process: Process, id: RecordId): void
}

/** What is known of one process, by the lines' ids. */
type Trail = { attempt: RecordId | null; before: readonly RecordId[]; at: Instant }

const NONE: readonly RecordId[] = []

// Far beyond LoginGraceTime; a process id seen again later is another process.
const TRAIL_LIFE = 3_600_000
const MOST_LINKS = 8
const GENERATION = 4096

/** `files` are those of the stream, `whole` those of the import; `keyOf` makes a record's key of its host and id. */
export function createCompanions(
  files: SshdFile[],
  whole: SshdFile[],
  keyOf: (host: string, id: RecordId) => string,
): Companions {
  const failing = failingHosts(whole)
  const pids = mergePids(files)
  // Two generations bound the memory: of many processes only the recent ones can still be met.
  let recent = createTrails()
  let older = createTrails()

  const signsOf = ({ host, pid }: Process): number => (pid < 0 ? 0 : (pids.get(host)?.of(pid) ?? 0))

  function judge(draft: Draft, attempt: Attempt, process: Process): void {
    const companion =
      (attempt === 'invalid' && (signsOf(process) & FAILED) !== 0) ||
      (attempt === 'pam' && failing.has(process.host)) ||
      (attempt === 'closed' && (signsOf(process) & SIGNED) !== 0)
    if (companion) draft.companion = true
  }

  function trailOf(process: Process, at: Instant): Trail {
    const known = recent.of(process) ?? older.of(process)
    if (known !== undefined && Math.abs(at - known.at) <= TRAIL_LIFE) return known
    if (recent.size() >= GENERATION) {
      older = recent
      recent = createTrails()
    }
    const trail: Trail = { attempt: null, before: NONE, at }
    recent.set(process, trail)
    return trail
  }

  function link(draft: Draft, process: Process, id: RecordId): void {
    if (process.pid < 0) return
    const trail = trailOf(process, draft.time)
    trail.at = draft.time
    const earlier = draft.companion === true ? (trail.attempt === null ? NONE : [trail.attempt]) : trail.before
    if (earlier.length > 0) {
      draft.links = earlier.map((to): Link => ({ key: keyOf(process.host, to), relation: 'companion' }))
    }
    if (draft.companion !== true) {
      trail.attempt = id
      trail.before = NONE
    } else if (trail.before.length < MOST_LINKS) trail.before = [...trail.before, id]
  }

  return { judge, link }
}

/** Trails of one generation. By host and then process, because small integers are found fastest. */
function createTrails() {
  const hosts = new Map<string, Map<number, Trail>>()
  let host = ''
  let trails = new Map<number, Trail>()
  let size = 0

  function enter(ofHost: string): Map<number, Trail> {
    if (ofHost === host) return trails
    host = ofHost
    trails = hosts.get(host) ?? new Map<number, Trail>()
    hosts.set(host, trails)
    return trails
  }

  function set({ host: ofHost, pid }: Process, trail: Trail): void {
    const own = enter(ofHost)
    if (!own.has(pid)) size++
    own.set(pid, trail)
  }

  return { of: ({ host: ofHost, pid }: Process) => enter(ofHost).get(pid), set, size: () => size }
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
      const before = merged.get(host)
      if (before === undefined) {
        merged.set(host, signs.pids)
        continue
      }
      const pids = createPidSigns()
      pids.markAll(before)
      pids.markAll(signs.pids)
      merged.set(host, pids)
    }
  }
  return merged
}
