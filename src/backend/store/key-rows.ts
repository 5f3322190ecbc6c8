import type { KeyFilter } from './filter'
import { NO_KEYS, type KeySets } from './key-sets'
import { textTest } from './text-match'

export type KeyLookup = {
  /** Row of the newest state of a key, or -1. Reads the record itself, which costs. */
  rowOf(key: string): number
  isAlive(row: number): boolean
  /** Row that stands for this one now. */
  newest(row: number): number
}

type Found = { rows: Set<number>; at: string }

/**
 * Rows of the events that people wrote about. Keys are few beside rows: each is looked up once, and a change of a set
 * tells which rows came and went, so that what is known of all others holds.
 */
export class KeyRows {
  #sets: KeySets = NO_KEYS
  readonly #lookup: KeyLookup
  readonly #found = new Map<string, Found>()
  readonly #rowOf = new Map<string, number>()

  constructor(lookup: KeyLookup) {
    this.#lookup = lookup
  }

  use(sets: KeySets): void {
    this.#sets = sets
    for (const found of this.#found.values()) found.at = ''
  }

  /** Always the same set for a filter, until it is forgotten. */
  rows(filter: KeyFilter): ReadonlySet<number> {
    return this.#of(nameOf(filter)).rows
  }

  /** Brings the rows of a filter up to date; answers those that came or went. `state` is another when any row changed. */
  refresh(filter: KeyFilter, state: string): number[] {
    const found = this.#of(nameOf(filter))
    const at = `${this.#sets.revision()} ${state}`
    if (found.at === at) return []
    found.at = at
    const rows = this.#resolved(filter)
    const changed = [...rows].filter((row) => !found.rows.has(row))
    for (const row of found.rows) if (!rows.has(row)) changed.push(row)
    for (const row of changed) {
      if (rows.has(row)) found.rows.add(row)
      else found.rows.delete(row)
    }
    return changed
  }

  /** Forgets all filters but these. */
  keep(filters: readonly KeyFilter[]): void {
    const kept = new Set(filters.map(nameOf))
    for (const name of this.#found.keys()) if (!kept.has(name)) this.#found.delete(name)
  }

  /** Tags with the rows that have them, as they are now. */
  tags(): [tag: string, rows: Set<number>][] {
    return Array.from(this.#sets.tags(), ([tag, keys]) => [tag, this.#rowsOf(keys)])
  }

  #of(name: string): Found {
    const found = this.#found.get(name) ?? { rows: new Set<number>(), at: '' }
    this.#found.set(name, found)
    return found
  }

  #resolved(filter: KeyFilter): Set<number> {
    if (filter.kind === 'keys') return this.#rowsOf(this.#sets[filter.of]())
    const test = textTest(filter.match)
    const rows = new Set<number>()
    for (const [tag, keys] of this.#sets.tags()) {
      if (test(tag)) for (const row of this.#rowsOf(keys)) rows.add(row)
    }
    return rows
  }

  #rowsOf(keys: Iterable<string>): Set<number> {
    const rows = new Set<number>()
    for (const key of keys) {
      const row = this.#row(key)
      if (row >= 0) rows.add(row)
    }
    return rows
  }

  #row(key: string): number {
    const known = this.#rowOf.get(key)
    if (known !== undefined && this.#lookup.isAlive(known)) return this.#lookup.newest(known)
    const row = this.#lookup.rowOf(key)
    if (row >= 0) this.#rowOf.set(key, row)
    else this.#rowOf.delete(key)
    return row
  }
}

function nameOf(filter: KeyFilter): string {
  return JSON.stringify(filter, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value))
}
