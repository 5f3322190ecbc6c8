import { BackendFault } from '../../contract'
import type { Instant, TimeRange } from '../../domain'
import { encodeBatch } from './batch'
import { isCompanion } from './columns'
import { decodeBlock, recordIn, type Block } from './block'
import { Cache } from './cache'
import { arrivalsOf, newsOf, vanishedRows } from './arrivals'
import type { Appended, ArrivedFrom, Checkpoint, IncomingRecord, RecordBatch, StoreState, WritableStore } from './door'
import { frameOf } from './frame'
import type { Journal } from './journal'
import { findSame } from './link-same'
import { ReadStore } from './read-store'
import { encodeRecord, type JournalRecord } from './records'

export type Held = { cache: Cache; journal: Journal }

type Opened = Pick<StoreState, 'recovered' | 'readOnly'> & {
  /** Null when the workspace may not be written. */
  journal: Journal | null
  now(): Instant
  unlock(): void
  /** Rewrites the journal without what was wiped and reads it back. */
  rewrite(held: Held, fresh: Cache): Held
  /** Removes the journal that was rewritten. */
  removeOld(): void
  /** Removes what was cut from journals and kept beside them: a wipe leaves no copy. */
  removeKeptTails(): void
}

/** Codes of a disk that takes no more: full, over quota, past a limit of file size. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

export function isFull(error: unknown): boolean {
  return FULL.has((error as NodeJS.ErrnoException).code ?? '')
}

export function diskFull(): NonNullable<StoreState['readOnly']> {
  const message = 'The disk is full. Nothing more is written; everything acknowledged before is held and can be read.'
  return { code: 'disk-full', message }
}

/** The one writer of a workspace. */
export class Store extends ReadStore implements WritableStore {
  #journal: Journal | null
  readonly #opened: Opened

  constructor(cache: Cache, opened: Opened) {
    super(cache, opened)
    this.#journal = opened.journal
    this.#opened = opened
  }

  append(records: IncomingRecord[] | RecordBatch, from: ArrivedFrom, checkpoint: Checkpoint): Appended {
    const { kind } = checkpoint
    const { body, ...provenance } = from
    const batch = Array.isArray(records) ? encodeBatch(records, kind) : records
    if (batch.kind !== kind) throw new Error(`a batch of kind ${batch.kind} for a connection of kind ${kind}`)
    const block = decodeBlock(batch.columns, () => batch.raw)
    this.#checkName(checkpoint)
    const { fresh, added, claims, news } = arrivalsOf(this.cache, { block, kind, provenance, checkpoint })
    const stored = partOf(block, fresh, kind)
    const { vanished: _, ...kept } = checkpoint
    const isNothing = stored === null && claims.length === 0 && !news.news && this.#isSettled(kept)
    if (isNothing) return { added: 0, duplicates: batch.rows, companions: 0, changed: 0, late: 0 }
    const record: JournalRecord = { type: 'append', provenance, checkpoint: kept, claims, ...news, block: stored }
    this.#write(stored && body ? { ...record, frame: frameOf(body, stored) } : record)
    this.changed(['event', 'connection', 'coverage'])
    return {
      added: added.length,
      duplicates: batch.rows - fresh.length,
      companions: added.filter((row) => isCompanion(block.flags[row] ?? 0)).length,
      changed: fresh.length - added.length,
      late: news.news?.late?.length ?? 0,
    }
  }

  note(checkpoint: Checkpoint): void {
    this.#checkName(checkpoint)
    const vanished = vanishedRows(this.cache, checkpoint).map((row): [number, Instant] => [row, this.#opened.now()])
    const { vanished: _, ...kept } = checkpoint
    this.#write({ type: 'note', checkpoint: kept, ...newsOf({ vanished }) })
    this.changed(vanished.length > 0 ? ['event', 'connection', 'coverage'] : ['connection', 'coverage'])
  }

  renameConnection(from: string, to: string): void {
    if (!this.cache.holders.find(from, false)) throw noConnection(from)
    const isTaken = from !== to && [false, true].some((pending) => this.cache.holders.find(to, pending))
    if (isTaken || this.cache.holders.find(from, true)) throw nameTaken(isTaken ? to : from)
    this.#write({ type: 'rename', from, to })
    this.changed(['event', 'connection', 'coverage'])
  }

  linkSame(connection: string, range: TimeRange): number {
    const holder = this.cache.holders.find(connection, false)
    if (!holder) throw noConnection(connection)
    const same = findSame(this.cache, holder.id, range)
    if (same.length === 0) return 0
    this.#write({ type: 'rows', news: { same } })
    this.changed(['event', 'connection', 'coverage'])
    return same.length
  }

  async remove(connection: string, wipe: boolean): Promise<{ removedRows: number }> {
    if (!this.cache.holders.find(connection, false)) throw noConnection(connection)
    const before = this.#heldRows()
    this.#write({ type: 'remove', connection, wipe })
    const removedRows = before - this.#heldRows()
    this.changed(['event', 'connection', 'coverage'])
    await this.compact()
    if (wipe) this.#opened.removeKeptTails()
    return { removedRows }
  }

  async dropPending(connection: string): Promise<void> {
    this.#write({ type: 'drop-pending', connection })
    await this.compact()
  }

  /** Takes the bytes of wiped rows off the disk. Throws a `disk-full` fault where there is no room for what stays. */
  async compact(): Promise<void> {
    if (this.cache.dead === 0) return
    const fresh = await Cache.open()
    // Others may have written, closed or done the same meanwhile; from here on all is one turn.
    if (!this.#journal || this.cache.dead === 0) return fresh.database.close()
    try {
      const next = this.#opened.rewrite({ cache: this.cache, journal: this.#journal }, fresh)
      this.cache = next.cache
      this.#journal = next.journal
    } catch (error) {
      fresh.database.close()
      throw this.#faultOf(error)
    }
    this.#opened.removeOld()
  }

  setSetting(name: string, value: string): void {
    this.#write({ type: 'setting', name, value })
    this.changed(['setting'])
  }

  override close(): void {
    this.#journal?.close()
    this.#journal = null
    super.close()
    this.#opened.unlock()
  }

  /** Of a server that is there, a checkpoint that names nothing more changes nothing: a live view asks every few seconds. */
  #isSettled(checkpoint: Checkpoint): boolean {
    const holder = this.cache.holders.find(checkpoint.connection, false)
    const isBare = Object.keys(checkpoint).every((name) => name === 'connection' || name === 'kind')
    return isBare && holder?.origin === 'server' && holder.state === 'ready'
  }

  /** What the cache would refuse must not reach the journal, which would be refused at every start. */
  #checkName({ connection, kind, pending = false, ready, server }: Checkpoint): void {
    const held = this.cache.holders.find(connection, pending)
    if (server && held?.origin === 'files') throw nameTaken(connection)
    const taken = pending && ready && ready.replaces !== connection ? this.cache.holders.find(connection, false) : null
    if ((held === null || held.kind === kind) && taken === null) return
    throw nameTaken(connection)
  }

  #heldRows(): number {
    return this.count({ filter: { kind: 'all' }, range: null, order: 'asc', companions: true }).rows
  }

  #write(record: JournalRecord): void {
    if (!this.#journal) {
      const code = this.readOnly?.code === 'disk-full' ? 'disk-full' : 'workspace-damaged'
      throw new BackendFault({ code, message: this.readOnly?.message ?? 'The workspace cannot be written.' })
    }
    try {
      this.#journal.append(encodeRecord(record))
    } catch (error) {
      throw this.#faultOf(error)
    }
    this.readOnly = null
    this.cache.apply(record)
  }

  #faultOf(error: unknown): unknown {
    if (!isFull(error)) return error
    const { message } = (this.readOnly = diskFull())
    this.changed(['connection'])
    return new BackendFault({ code: 'disk-full', message })
  }
}

function noConnection(name: string): BackendFault {
  return new BackendFault({ code: 'not-found', message: `There is no connection named ${name}.` })
}

function nameTaken(name: string): BackendFault {
  return new BackendFault({ code: 'name-taken', message: `${name} is the name of another connection. Choose another name.` })
}

/** A block of these rows alone; null when they are none. */
function partOf(block: Block, rows: number[], kind: string): Block | null {
  if (rows.length === 0) return null
  if (rows.length === block.rows) return block
  const { columns, raw } = encodeBatch(rows.map((row) => recordIn(block, row)), kind)
  return decodeBlock(columns, () => raw)
}
