import type { Notices } from '../../contract'
import type { Instant } from '../../domain'
import type { ReadableStore } from '../store'
import { levelRank } from './finding'
import type { JudgedFinding } from './judged'
import type { Level } from './sigma'

type Told = Notices['detection.found']

/** Knows which findings were there before, to tell of new ones after a sync. */
export class FindingNews {
  readonly #store: ReadableStore
  /** What arrived from then on is new where nothing was looked at yet. */
  readonly #since: Instant
  #seen: ReadonlySet<string> | null = null

  constructor(store: ReadableStore, since: Instant) {
    this.#store = store
    this.#since = since
  }

  /** Those that are new from a level on; suppressed ones are not told. Null where there are none. All are known from now on. */
  take(all: readonly JudgedFinding[], least: Level | null): Told | null {
    const seen = this.#seen
    const fresh = all.filter(({ finding, level, by }) => {
      if (least === null || by !== null || levelRank(level) < levelRank(least)) return false
      return seen === null ? this.#arrived(finding.sample.at(-1)) : !seen.has(finding.id)
    })
    this.#seen = new Set(all.map(({ finding }) => finding.id))
    const [first] = fresh
    if (!first) return null
    const gravest = fresh.reduce((a, b) => (levelRank(b.level) > levelRank(a.level) ? b : a), first)
    return { count: fresh.length, level: gravest.level, title: gravest.finding.title }
  }

  #arrived(key: string | undefined): boolean {
    const held = key === undefined ? null : this.#store.find(key)
    return held !== null && held.provenance.fetchedAt >= this.#since
  }
}
