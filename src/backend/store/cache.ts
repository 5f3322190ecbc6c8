import type { Database } from 'sql.js'
import type { Origin } from '../../domain'
import { isKeyIn, keyIn, rawIn } from './block'
import { Blocks } from './blocks'
import { all, databases } from './database'
import { EventIndex } from './event-index'
import { Extents } from './extents'
import { Holders, type Holder } from './holders'
import { hashKey } from './key-index'
import { KeyRows } from './key-rows'
import { Recordings } from './recordings'
import type { JournalRecord } from './records'
import { RowChanges } from './row-changes'
import { RowFacts, type RowNews } from './row-facts'
import { RowOrder } from './row-order'
import { StreamRows } from './stream-rows'
import { Views } from './views'

/** Nobody holds the row any more. */
const NOBODY = 0xffff

/** Everything held, in memory: the database, and beside it the columns that answers are computed from. Built by applying journal records. */
export class Cache {
  readonly database: Database
  readonly index = new EventIndex()
  readonly blocks: Blocks
  readonly holders: Holders
  readonly facts = new RowFacts(this.index)
  readonly extents = new Extents(this.index, (row) => this.holderIds(row))
  readonly views: Views
  readonly keyRows: KeyRows
  readonly streams: StreamRows
  readonly recordings = new Recordings()
  readonly changes = new RowChanges()
  readonly #order = new RowOrder(this.index)
  /** Rows, frames and recordings of wiped connections that still stand in the journal. */
  dead = 0
  readonly #newDatabase: () => Database

  private constructor(newDatabase: () => Database) {
    this.#newDatabase = newDatabase
    const database = newDatabase()
    this.database = database
    this.blocks = new Blocks(database)
    this.holders = new Holders(database)
    const holders = (row: number) => this.holdersOf(row)
    this.keyRows = new KeyRows({
      rowOf: (key) => this.rowOf(key),
      newest: (row) => this.facts.newest(row),
    })
    const recordings = () => this.recordings.rows((id) => this.holders.shownName(id))
    const parts = { index: this.index, blocks: this.blocks, facts: this.facts, holders, recordings, keyRows: this.keyRows }
    this.views = new Views(parts, this.#order, () => this.#shownTest())
    this.streams = new StreamRows(this.index, this.#order)
  }

  static async open(): Promise<Cache> {
    return new Cache(await databases())
  }

  /** Another one, with nothing in it. */
  fresh(): Cache {
    return new Cache(this.#newDatabase)
  }

  /** Drops and marks what was dropped and marked in one that stands for the same journal when it was opened. */
  endLike(before: Cache): void {
    const stateOf = ({ name, shown }: Holder) => before.holders.find(name, !shown)?.state
    for (const holder of this.holders.pending()) if (stateOf(holder) === undefined) this.dropPending(holder.name)
    this.holders.markInterrupted((holder) => stateOf(holder) === 'interrupted')
  }

  apply(record: JournalRecord): void {
    switch (record.type) {
      case 'append':
        return this.#append(record)
      case 'note':
        this.#learn(record.news, this.#applyCheckpoint(record.checkpoint, 'server'))
        return
      case 'rows':
        // States come in any order, which cannot be counted on the way.
        if (Object.keys(record.news).some((name) => name !== 'same')) this.extents.clear()
        return this.#learn(record.news, null)
      case 'recordings':
        return this.#keepRecordings(record)
      case 'reveal':
        return this.recordings.reveal(record.recording, record.at)
      case 'rename':
        return this.#rename(record.from, record.to)
      case 'remove':
        return this.#remove(record.connection, record.wipe)
      case 'drop-pending':
        return this.dropPending(record.connection)
      case 'setting':
        this.database.run('INSERT OR REPLACE INTO setting VALUES (?, ?)', [record.name, record.value])
    }
  }

  /** Drops what an import that was to replace another brought; without a name, of all such imports. */
  dropPending(name?: string): void {
    for (const holder of this.holders.pending()) {
      if (name !== undefined && holder.name !== name) continue
      this.holders.drop(holder.id)
      this.#release(holder.id)
    }
  }

  /** Row of the newest state of a key, or -1. */
  rowOf(key: string): number {
    const { a, b } = hashKey(key)
    return this.index.keys.find(a, b, (row) => !this.index.isEarlier(row) && this.#isKeyOf(row, key))
  }

  #isKeyOf(row: number, key: string): boolean {
    const { block, row: inBlock } = this.blocks.place(row)
    return isKeyIn(this.blocks.at(block), inBlock, { kind: this.#ownerOf(row)?.kind ?? '', key })
  }

  keyOf(row: number): string {
    const { block, row: inBlock } = this.blocks.place(row)
    return keyIn(this.blocks.at(block), inBlock, this.#ownerOf(row)?.kind ?? '')
  }

  rawOf(row: number): Uint8Array {
    const place = this.blocks.place(row)
    return rawIn(this.blocks.at(place.block), place.row)
  }

  /** Shown connections that hold the row or an earlier state of it. */
  holdersOf(row: number): Holder[] {
    const ids = this.holderIds(row)
    return ids.filter((id) => this.holders.isShown(id)).map((id) => this.holders.get(id))
  }

  /** Connections that hold the row or an earlier state of it, each once. */
  holderIds(row: number): number[] {
    const ids = this.#ownHolderIds(row)
    if (!this.facts.hasEarlier(row)) return ids
    return [...new Set([ids, ...this.facts.earlier(row).map((earlier) => this.#ownHolderIds(earlier))].flat())]
  }

  isHeldBy(row: number, id: number): boolean {
    return this.index.owners.array[row] === id || (this.index.coOwners.get(row)?.includes(id) ?? false)
  }

  /** Whether the connection holds the row or an earlier state of it. */
  isKnownTo(row: number, id: number): boolean {
    return this.isHeldBy(row, id) || (this.facts.hasEarlier(row) && this.holderIds(row).includes(id))
  }

  isAlive(row: number): boolean {
    return this.index.owners.array[row] !== NOBODY
  }

  originOf(row: number): Origin {
    const holder = this.holdersOf(row)[0] ?? this.#ownerOf(row)
    return { connection: holder?.name ?? '', kind: holder?.kind ?? '', stream: this.index.streams.text(row) ?? '' }
  }

  settings(): Record<string, string> {
    const rows = all<{ name: string; value: string }>(this.database, 'SELECT name, value FROM setting')
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  }

  #append(record: Extract<JournalRecord, { type: 'append' }>): void {
    const id = this.#applyCheckpoint(record.checkpoint, record.deliveries[0]?.provenance.origin === 'file' ? 'files' : 'server')
    for (const row of record.claims) this.#claim(row, id)
    const from = this.index.rows
    if (record.block) {
      this.blocks.add(record.block, id, record.deliveries)
      this.index.append(record.block, id)
      this.#order.extend(from)
      this.extents.addSince(from, id)
      const times = this.index.times.array.subarray(from, this.index.rows)
      if (times.length > 0) this.changes.note(times.reduce((earliest, time) => Math.min(earliest, time)))
    }
    this.#learn(record.news, id)
  }

  #applyCheckpoint(checkpoint: Parameters<Holders['apply']>[0], origin: 'files' | 'server'): number {
    const { id, replaced, shown } = this.holders.apply(checkpoint, origin)
    if (replaced !== null) this.#release(replaced)
    if (shown) this.#unsettle()
    return id
  }

  /** `connection` is the one whose news these are. */
  #learn(news: RowNews | undefined, connection: number | null): void {
    if (!news) return
    const { revised = [], late = [], vanished = [], returned = [], same = [] } = news
    for (const [newer, older] of revised) this.#revise(newer, older)
    for (const [row, at] of late) this.facts.late.set(row, at)
    for (const [row, at] of vanished) if (connection !== null) this.facts.vanish(row, connection, at)
    for (const row of returned) if (connection !== null) this.facts.giveAgain(row, connection)
    for (const [listed, logged] of same) this.#linkSame(listed, logged)
    for (const row of [...late.map(([row]) => row), ...vanished.map(([row]) => row), ...returned]) this.#touch(row)
  }

  #revise(newer: number, older: number): void {
    const newest = this.facts.newest(newer)
    const time = this.index.times.array[newest]
    this.extents.take(older, time)
    this.extents.take(newest, time)
    this.facts.revise(newer, older)
    this.extents.add(newest)
    this.#touch(older)
    this.#touch(newest)
  }

  #linkSame(listed: number, logged: number): void {
    this.extents.take(listed, this.index.times.array[listed])
    this.facts.linkSame(listed, logged)
    this.extents.add(listed)
    this.#touch(listed)
  }

  #keepRecordings({ connection, kind, pending = false, recordings, held }: Extract<JournalRecord, { type: 'recordings' }>): void {
    const known = this.holders.find(connection, pending)
    const id = known?.id ?? this.#applyCheckpoint({ connection, kind, ...(pending ? { pending } : {}) }, 'files')
    this.recordings.keep(id, recordings, held)
    this.views.forgetRecorded()
  }

  #rename(from: string, to: string): void {
    const holder = this.holders.find(from, false)
    if (holder) this.holders.rename(holder.id, to)
    this.#unsettle()
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

  #touch(row: number): void {
    this.views.touch(row)
    this.changes.note(this.index.times.array[row] ?? Number.NEGATIVE_INFINITY)
  }

  #unsettle(): void {
    this.views.clear()
    this.changes.noteAll()
  }

  #claim(row: number, id: number): void {
    if (this.isHeldBy(row, id)) return
    const newest = this.facts.newest(row)
    if (!this.isKnownTo(newest, id)) this.extents.add(newest, [id])
    this.index.coOwners.set(row, [...(this.index.coOwners.get(row) ?? []), id])
    if (this.holders.isShown(id)) this.#touch(newest)
  }

  /** Rows that another connection holds too go over to it; the others are dead. */
  #release(id: number): void {
    const owners = this.index.owners.array
    for (const [row, others] of this.index.coOwners) {
      const left = others.filter((other) => other !== id)
      if (owners[row] === id) owners[row] = left.shift() ?? NOBODY
      if (left.length > 0) this.index.coOwners.set(row, left)
      else this.index.coOwners.delete(row)
      if (owners[row] === NOBODY) this.dead++
    }
    for (let row = 0; row < this.index.rows; row++) {
      if (owners[row] !== id) continue
      owners[row] = NOBODY
      this.dead++
    }
    for (const { receiver } of this.blocks.framed) if (receiver === id) this.dead++
    this.dead += this.recordings.forget(id)
    this.facts.forget(id, (row) => this.isAlive(row))
    this.extents.clear()
    this.#unsettle()
  }

  #shownTest(): (row: number) => boolean {
    const { coOwners, owners } = this.index
    let last = NOBODY
    let isLastShown = false
    return (row) => {
      if (this.index.isEarlier(row)) return false
      const owner = owners.array[row] ?? NOBODY
      if (owner !== last) {
        last = owner
        isLastShown = this.holders.isShown(owner)
      }
      return isLastShown || (coOwners.get(row)?.some((id) => this.holders.isShown(id)) ?? false)
    }
  }

  #ownHolderIds(row: number): number[] {
    const owner = this.index.owners.array[row] ?? NOBODY
    return [owner, ...(this.index.coOwners.get(row) ?? [])]
  }

  #ownerOf(row: number): Holder | null {
    const owner = this.index.owners.array[row] ?? NOBODY
    return this.holders.has(owner) ? this.holders.get(owner) : null
  }
}
