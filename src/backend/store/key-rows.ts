import type { KeyFilter } from './filter'
import { NO_KEYS, type KeySets } from './key-sets'
import { RowSet } from './row-set'
import { textTest } from './text-match'

export type KeyLookup = {
  /** Row of the newest state of a key, or -1. */
  rowOf(key: string): number
  /** Row that stands for this one now. */
  newest(row: number): number
}

/** What decides which row a key has: how many rows there are, and another number where rows went or may be others. */
export type RowState = { rows: number; epoch: number }

/** Keys that are looked up in one piece: about a millisecond. */
const PIECE = 1000
/** Up to so many keys that came, went or had no row are looked up one by one; with more, all are. */
const FEW = 20_000

type Wanted = KeyFilter | { kind: 'exact'; tag: string }
type Stamp = RowState & { written: number }

/** Rows of a set of keys; `missing` are the keys without one, `changed` the rows that came and went and were not told yet. */
type Found = { wanted: Wanted; rows: RowSet; missing: string[]; changed: number[]; stamp: Stamp | null; job: Job | null }

/** All keys of a set on their way to be looked up. */
type Job = { stamp: Stamp; keys: Iterator<string>; rows: RowSet; missing: string[] }

/**
 * Rows of the events that people wrote about. A million keys take a second to look up: that is done piece by piece by who
 * can wait, and the rest of it at once by who cannot. Later, only what changed is looked up.
 */
export class KeyRows {
  #sets: KeySets = NO_KEYS
  readonly #lookup: KeyLookup
  readonly #found = new Map<string, Found>()

  constructor(lookup: KeyLookup) {
    this.#lookup = lookup
  }

  use(sets: KeySets): void {
    this.#sets = sets
    for (const found of this.#found.values()) Object.assign(found, { stamp: null, job: null })
  }

  /** Always the same set for a filter, until it is forgotten. */
  rows(filter: KeyFilter): RowSet {
    return this.#of(filter).rows
  }

  /** Does a piece of what is left to look up for a filter; true when nothing is. */
  lookUp(filter: KeyFilter, state: RowState): boolean {
    return this.#step(this.#of(filter), state)
  }

  /** Brings the rows of a filter up to date; answers those that came or went since it was asked last. */
  refresh(filter: KeyFilter, state: RowState): number[] {
    const found = this.#of(filter)
    while (!this.#step(found, state)) continue
    const { changed } = found
    found.changed = []
    return changed
  }

  /** Another row may stand for this one's record now. */
  touch(row: number): void {
    const newest = this.#lookup.newest(row)
    if (newest === row) return
    for (const found of this.#found.values()) {
      if (found.rows.delete(row)) found.changed.push(row)
      else if (!found.job?.rows.has(row)) continue
      if (found.rows.add(newest)) found.changed.push(newest)
      if (found.job?.rows.delete(row)) found.job.rows.add(newest)
    }
  }

  /** Forgets all filters but these. */
  keep(filters: readonly KeyFilter[]): void {
    const kept = new Set(filters.map(nameOf))
    for (const [name, { wanted }] of this.#found) if (wanted.kind !== 'exact' && !kept.has(name)) this.#found.delete(name)
  }

  /** Does a piece of what is left to look up for the tags; true when nothing is. */
  lookUpTags(state: RowState): boolean {
    return this.#tags().every((found) => this.#step(found, state))
  }

  /** Tags with the rows that have them. */
  tags(state: RowState): [tag: string, rows: RowSet][] {
    return this.#tags().map((found) => {
      while (!this.#step(found, state)) continue
      found.changed = []
      return [found.wanted.tag, found.rows]
    })
  }

  #tags(): (Found & { wanted: { tag: string } })[] {
    const tags = this.#sets.tags()
    for (const [name, { wanted }] of this.#found) if (wanted.kind === 'exact' && !tags.has(wanted.tag)) this.#found.delete(name)
    return Array.from(tags.keys(), (tag) => this.#of({ kind: 'exact', tag }))
  }

  #of<W extends Wanted>(wanted: W): Found & { wanted: W } {
    const name = nameOf(wanted)
    const known = this.#found.get(name)
    // The name tells all that is wanted.
    if (known) return Object.assign(known, { wanted })
    const found = { wanted, rows: new RowSet(), missing: [], changed: [], stamp: null, job: null }
    this.#found.set(name, found)
    return found
  }

  #step(found: Found, state: RowState): boolean {
    const stamp = { ...state, written: this.#writtenOf(found.wanted) }
    if (isSame(found.stamp, stamp)) return true
    if (found.job?.stamp.epoch !== stamp.epoch) {
      if (this.#catchUp(found, stamp)) return true
      found.job = { stamp, keys: this.#keysOf(found.wanted), rows: new RowSet(), missing: [] }
    }
    if (!this.#work(found.job)) return false
    const { rows, missing, stamp: at } = found.job
    for (const row of found.rows.become(rows)) found.changed.push(row)
    Object.assign(found, { missing, stamp: at, job: null })
    // What was written and came meanwhile is little.
    return isSame(at, stamp) || this.#catchUp(found, stamp)
  }

  #work({ keys, rows, missing }: Job): boolean {
    for (let left = PIECE; left > 0; left--) {
      const next = keys.next()
      if (next.done) return true
      const row = this.#lookup.rowOf(next.value)
      if (row < 0) missing.push(next.value)
      else rows.add(row)
    }
    return false
  }

  /** Looks up what changed and what had no row; false where that is not known or much. */
  #catchUp(found: Found, stamp: Stamp): boolean {
    const { stamp: before, wanted } = found
    if (before?.epoch !== stamp.epoch) return false
    const keys = before.written === stamp.written ? [] : this.#changedOf(wanted, before.written)
    if (keys === null || keys.length + found.missing.length > FEW) return false
    const looked = new Set(keys)
    if (before.rows !== stamp.rows) for (const key of found.missing) looked.add(key)
    const missing = new Set(found.missing)
    const has = this.#hasOf(wanted)
    for (const key of looked) {
      const row = this.#lookup.rowOf(key)
      const isIn = has(key)
      if (isIn && row < 0) missing.add(key)
      else missing.delete(key)
      if (row >= 0 && (isIn ? found.rows.add(row) : found.rows.delete(row))) found.changed.push(row)
    }
    found.missing = [...missing]
    found.stamp = stamp
    return true
  }

  #writtenOf(wanted: Wanted): number {
    return isCited(wanted) ? this.#sets.citedRevision() : this.#sets.revision()
  }

  #changedOf(wanted: Wanted, since: number): readonly string[] | null {
    return isCited(wanted) ? null : this.#sets.changedSince(since)
  }

  *#keysOf(wanted: Wanted): Generator<string, undefined> {
    for (const keys of this.#setsOf(wanted)) yield* keys
  }

  #hasOf(wanted: Wanted): (key: string) => boolean {
    const sets = this.#setsOf(wanted)
    return (key) => sets.some((keys) => keys.has(key))
  }

  #setsOf(wanted: Wanted): ReadonlySet<string>[] {
    if (wanted.kind === 'keys') return [this.#sets[wanted.of]()]
    const test = wanted.kind === 'tag' ? textTest(wanted.match) : (tag: string) => tag === wanted.tag
    return [...this.#sets.tags()].flatMap(([tag, keys]) => (test(tag) ? [keys] : []))
  }
}

function isCited(wanted: Wanted): boolean {
  return wanted.kind === 'keys' && wanted.of === 'cited'
}

function isSame(a: Stamp | null, b: Stamp): boolean {
  return a !== null && a.rows === b.rows && a.epoch === b.epoch && a.written === b.written
}

function nameOf(wanted: Wanted): string {
  return JSON.stringify(wanted, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value))
}
