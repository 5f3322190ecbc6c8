import type { Database } from 'sql.js'
import type { Origin } from '../../domain'
import { keyIn, rawIn } from './block'
import { Blocks } from './blocks'
import { readEvent } from './columns'
import { all, openDatabase } from './database'
import type { BatchProvenance, HeldEvent, StoredRecord } from './door'
import { EventIndex } from './event-index'
import { Holders } from './holders'
import { hashKey } from './key-index'
import type { JournalRecord } from './records'
import { RowOrder } from './row-order'
import { Views } from './views'

export type Extent = { rows: number; companions: number; first: number | null; last: number | null }

const NO_EXTENT: Extent = { rows: 0, companions: 0, first: null, last: null }

/** Nobody holds the row any more. */
const NOBODY = 0xffff

/** Everything held, in memory: the database, and beside it the columns that answers are computed from. Built by applying journal records. */
export class Cache {
  readonly database: Database
  readonly index = new EventIndex()
  readonly blocks: Blocks
  readonly holders: Holders
  readonly views: Views
  readonly #order = new RowOrder(this.index)
  /** Rows of wiped connections whose bytes are still in the journal. */
  deadRows = 0
  /** By connection; null when it must be counted again. */
  #extents: Map<number, Extent> | null = new Map()

  private constructor(database: Database) {
    this.database = database
    this.blocks = new Blocks(database)
    this.holders = new Holders(database)
    const searched = { index: this.index, blocks: this.blocks, holders: (row: number) => this.holdersOf(row) }
    this.views = new Views(searched, this.#order, () => this.#shownTest())
  }

  static async open(): Promise<Cache> {
    return new Cache(await openDatabase())
  }

  apply(record: JournalRecord): void {
    if (record.type === 'append') this.#append(record)
    else if (record.type === 'remove') this.#remove(record.connection, record.wipe)
    else if (record.type === 'drop-pending') this.dropPending(record.connection)
    else this.database.run('INSERT OR REPLACE INTO setting VALUES (?, ?)', [record.name, record.value])
  }

  /** Drops what an import that was to replace another brought; without a name, of all such imports. */
  dropPending(name?: string): void {
    for (const holder of this.holders.pending()) {
      if (name !== undefined && holder.name !== name) continue
      this.holders.drop(holder.id)
      this.#release(holder.id)
    }
  }

  /** Row of a key, or -1. */
  rowOf(key: string): number {
    const { a, b } = hashKey(key)
    return this.index.keys.find(a, b, (row) => this.keyOf(row) === key)
  }

  keyOf(row: number): string {
    const { block, row: inBlock } = this.blocks.place(row)
    return keyIn(this.blocks.at(block), inBlock, this.#ownerOf(row)?.kind ?? '')
  }

  event(row: number): HeldEvent {
    const { block, row: inBlock } = this.blocks.place(row)
    const event = readEvent(this.blocks.at(block).row(inBlock), this.keyOf(row))
    return { event, origin: this.#originOf(row) }
  }

  record(row: number): StoredRecord {
    const place = this.blocks.place(row)
    return {
      ...this.event(row),
      raw: rawIn(this.blocks.at(place.block), place.row),
      provenance: this.blocks.provenance(place.block),
      offset: this.blocks.at(place.block).places[place.row] ?? 0,
    }
  }

  holdersOf(row: number): { id: number; name: string; kind: string }[] {
    const owner = this.index.owners.array[row] ?? NOBODY
    const ids = [owner, ...(this.index.coOwners.get(row) ?? [])]
    return ids.filter((id) => this.holders.isShown(id)).map((id) => this.holders.get(id))
  }

  /** Counts and first and last time of what one connection holds. */
  extentOf(id: number): Extent {
    if (this.#extents === null) {
      this.#extents = new Map()
      for (let row = 0; row < this.index.rows; row++) this.#countRow(this.#extents, row)
    }
    return this.#extents.get(id) ?? NO_EXTENT
  }

  #countRow(extents: Map<number, Extent>, row: number): void {
    this.#count(extents, this.index.owners.array[row] ?? NOBODY, row)
    for (const id of this.index.coOwners.get(row) ?? []) this.#count(extents, id, row)
  }

  #count(extents: Map<number, Extent>, id: number, row: number): void {
    const extent = extents.get(id) ?? { ...NO_EXTENT }
    extents.set(id, extent)
    if (this.index.isCompanion(row)) extent.companions++
    else extent.rows++
    const time = this.index.times.array[row] ?? 0
    if (extent.first === null || time < extent.first) extent.first = time
    if (extent.last === null || time > extent.last) extent.last = time
  }

  isHeldBy(row: number, id: number): boolean {
    return this.index.owners.array[row] === id || (this.index.coOwners.get(row)?.includes(id) ?? false)
  }

  isAlive(row: number): boolean {
    return this.index.owners.array[row] !== NOBODY
  }

  settings(): Record<string, string> {
    const rows = all<{ name: string; value: string }>(this.database, 'SELECT name, value FROM setting')
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  }

  #append(record: Extract<JournalRecord, { type: 'append' }>): void {
    const { id, replaced } = this.holders.apply(record.checkpoint, originOf(record.provenance))
    for (const row of record.claims) this.#claim(row, id)
    const from = this.index.rows
    if (record.block) {
      this.blocks.add(record.block, record.provenance)
      this.index.append(record.block, id)
      this.#order.extend(from)
      if (this.#extents) for (let row = from; row < this.index.rows; row++) this.#count(this.#extents, id, row)
    }
    if (replaced !== null) this.#release(replaced)
    if (record.checkpoint.ready || record.claims.length > 0) this.views.clear()
  }

  #remove(name: string, wipe: boolean): void {
    const holder = this.holders.find(name, false)
    if (!holder) return
    if (!wipe) {
      this.holders.markRemoved(holder.id)
      return
    }
    this.holders.drop(holder.id)
    this.#release(holder.id)
  }

  #claim(row: number, id: number): void {
    if (this.isHeldBy(row, id)) return
    this.index.coOwners.set(row, [...(this.index.coOwners.get(row) ?? []), id])
    if (this.#extents) this.#count(this.#extents, id, row)
  }

  /** Rows that another connection holds too go over to it; the others are dead. */
  #release(id: number): void {
    const owners = this.index.owners.array
    for (const [row, others] of this.index.coOwners) {
      const left = others.filter((other) => other !== id)
      if (owners[row] === id) owners[row] = left.shift() ?? NOBODY
      if (left.length > 0) this.index.coOwners.set(row, left)
      else this.index.coOwners.delete(row)
      if (owners[row] === NOBODY) this.deadRows++
    }
    for (let row = 0; row < this.index.rows; row++) {
      if (owners[row] !== id) continue
      owners[row] = NOBODY
      this.deadRows++
    }
    this.#extents = null
    this.views.clear()
  }

  #shownTest(): (row: number) => boolean {
    const { coOwners, owners } = this.index
    let last = NOBODY
    let isLastShown = false
    return (row) => {
      const owner = owners.array[row] ?? NOBODY
      if (owner !== last) {
        last = owner
        isLastShown = this.holders.isShown(owner)
      }
      return isLastShown || (coOwners.get(row)?.some((id) => this.holders.isShown(id)) ?? false)
    }
  }

  #ownerOf(row: number): { name: string; kind: string } | null {
    const owner = this.index.owners.array[row] ?? NOBODY
    return this.holders.has(owner) ? this.holders.get(owner) : null
  }

  #originOf(row: number): Origin {
    const holder = this.holdersOf(row)[0] ?? this.#ownerOf(row)
    return { connection: holder?.name ?? '', kind: holder?.kind ?? '', stream: this.index.streams.text(row) ?? '' }
  }
}

export function originOf(provenance: BatchProvenance): 'files' | 'server' {
  return provenance.origin === 'file' ? 'files' : 'server'
}

