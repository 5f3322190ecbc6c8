import type { EventIndex } from './event-index'

/** Counts and first and last time, both inclusive, of what one connection holds. */
export type Extent = { rows: number; companions: number; first: number | null; last: number | null }

type HoldersOf = (row: number) => Iterable<number>

/** Extents of all connections, kept up to date row by row as long as that can be done. */
export class Extents {
  readonly #index: EventIndex
  readonly #holdersOf: HoldersOf
  /** By connection; null when it must be counted again. */
  #known: Map<number, Extent> | null = new Map()

  /** `holdersOf` answers each connection that knows a row once. */
  constructor(index: EventIndex, holdersOf: HoldersOf) {
    this.#index = index
    this.#holdersOf = holdersOf
  }

  of(id: number): Extent {
    if (this.#known === null) {
      this.#known = new Map()
      for (let row = 0; row < this.#index.rows; row++) if (!this.#index.isEarlier(row)) this.add(row)
    }
    return this.#known.get(id) ?? { rows: 0, companions: 0, first: null, last: null }
  }

  clear(): void {
    this.#known = null
  }

  add(row: number, holders: Iterable<number> = this.#holdersOf(row)): void {
    if (!this.#known) return
    const time = this.#index.times.array[row] ?? 0
    for (const id of holders) {
      const extent = this.#known.get(id) ?? { rows: 0, companions: 0, first: time, last: time }
      this.#known.set(id, extent)
      if (this.#index.isCompanion(row)) extent.companions++
      else extent.rows++
      extent.first = Math.min(extent.first ?? time, time)
      extent.last = Math.max(extent.last ?? time, time)
    }
  }

  /** Rows from one to the index's end, new ones of one connection. */
  addSince(from: number, id: number): void {
    if (!this.#known || from === this.#index.rows) return
    const times = this.#index.times.array
    const extent = this.#known.get(id) ?? { rows: 0, companions: 0, first: null, last: null }
    let [first, last, companions] = [extent.first ?? Infinity, extent.last ?? -Infinity, 0]
    for (let row = from; row < this.#index.rows; row++) {
      const time = times[row] ?? 0
      if (time < first) first = time
      if (time > last) last = time
      if (this.#index.isCompanion(row)) companions++
    }
    const rows = extent.rows + this.#index.rows - from - companions
    this.#known.set(id, { rows, companions: extent.companions + companions, first, last })
  }

  /** Before anything of the row changes. `time` is that of the row that takes its place. */
  take(row: number, time?: number): void {
    const own = this.#index.times.array[row] ?? 0
    for (const id of this.#holdersOf(row)) {
      const extent = this.#known?.get(id)
      if (!extent) continue
      if (this.#index.isCompanion(row)) extent.companions--
      else extent.rows--
      if (own !== time && (own === extent.first || own === extent.last)) return this.clear()
    }
  }
}
