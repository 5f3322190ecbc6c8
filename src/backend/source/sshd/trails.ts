import type { Instant } from '../../../domain'
import type { Nameless, RecordId } from '../file-source'
import type { Process } from './companions'

/** What is known of one process, by the lines' ids. */
type Trail = { attempt: RecordId | null; before: readonly RecordId[]; at: Instant }

/** A line about an attempt to sign in. */
type Sighting = Pick<Nameless, 'time' | 'companion'>

const NONE: readonly RecordId[] = []

// Far beyond LoginGraceTime; a process id seen again later is another process.
const TRAIL_LIFE = 3_600_000
const MOST_LINKS = 8
const GENERATION = 4096

/** Follows attempts line by line; answers what came before about the same one. `id` is the line's own. */
export function createTrails(): (seen: Sighting, process: Process, id: RecordId) => readonly RecordId[] {
  // Two generations bound the memory: of many processes only the recent ones can still be met.
  let recent = createGeneration()
  let older = createGeneration()

  function trailOf(process: Process, at: Instant): Trail {
    const known = recent.of(process) ?? older.of(process)
    if (known !== undefined && Math.abs(at - known.at) <= TRAIL_LIFE) return known
    if (recent.size() >= GENERATION) {
      older = recent
      recent = createGeneration()
    }
    const trail: Trail = { attempt: null, before: NONE, at }
    recent.set(process, trail)
    return trail
  }

  return ({ time, companion }, process, id) => {
    const trail = trailOf(process, time)
    trail.at = time
    const earlier = companion ? (trail.attempt === null ? NONE : [trail.attempt]) : trail.before
    if (!companion) {
      trail.attempt = id
      trail.before = NONE
    } else if (trail.before.length < MOST_LINKS) trail.before = [...trail.before, id]
    return earlier
  }
}

/** Trails of one generation. By host and then process, because small integers are found fastest. */
function createGeneration() {
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
