import { BackendFault } from '../../contract'
import { encodeBlock } from './block'
import type { Cache } from './cache'
import { deduplicate } from './deduplicate'
import type { Appended, BatchProvenance, Checkpoint, IncomingRecord, StoreState, WritableStore } from './door'
import type { Journal } from './journal'
import { ReadStore } from './read-store'
import { encodeRecord, type JournalRecord } from './records'

export type Held = { cache: Cache; journal: Journal }

type Opened = Pick<StoreState, 'recovered' | 'readOnly'> & {
  /** Null when the workspace may not be written. */
  journal: Journal | null
  unlock(): void
  /** Rewrites the journal without what was wiped and reads it back. */
  rewrite(held: Held): Promise<Held>
}

/** Codes of a disk that takes no more: full, over quota, past a limit of file size. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** The one writer of a workspace. */
export class Store extends ReadStore implements WritableStore {
  #journal: Journal | null
  readonly #opened: Opened

  constructor(cache: Cache, opened: Opened) {
    super(cache, opened)
    this.#journal = opened.journal
    this.#opened = opened
  }

  append(records: IncomingRecord[], provenance: BatchProvenance, checkpoint: Checkpoint): Appended {
    const { fresh, hashes, heldRows, duplicates } = deduplicate(this.cache, records, checkpoint.kind)
    const holder = this.cache.holders.find(checkpoint.connection, checkpoint.pending ?? false)
    const claims = heldRows.filter((row) => holder === null || !this.cache.isHeldBy(row, holder.id))
    this.#write({
      type: 'append',
      provenance,
      checkpoint,
      claims,
      columns: fresh.length > 0 ? encodeBlock(fresh, hashes) : new Uint8Array(),
      raw: Buffer.concat(fresh.map((record) => record.raw)),
    })
    this.changed(['event', 'connection', 'coverage'])
    const companions = fresh.filter((record) => record.event.companion).length
    return { added: fresh.length, duplicates, companions }
  }

  async remove(connection: string, wipe: boolean): Promise<{ removedRows: number }> {
    if (!this.cache.holders.find(connection, false)) {
      throw new BackendFault({ code: 'not-found', message: `There is no connection named ${connection}.` })
    }
    const before = this.#heldRows()
    this.#write({ type: 'remove', connection, wipe })
    const removedRows = before - this.#heldRows()
    if (this.cache.deadRows > 0) await this.compact()
    this.changed(['event', 'connection', 'coverage'])
    return { removedRows }
  }

  async dropPending(connection: string): Promise<void> {
    this.#write({ type: 'drop-pending', connection })
    if (this.cache.deadRows > 0) await this.compact()
  }

  /** Takes the bytes of wiped rows off the disk. */
  async compact(): Promise<void> {
    if (!this.#journal) return
    const next = await this.#opened.rewrite({ cache: this.cache, journal: this.#journal })
    this.cache = next.cache
    this.#journal = next.journal
  }

  setSetting(name: string, value: string): void {
    this.#write({ type: 'setting', name, value })
    this.changed(['setting'])
  }

  override close(): void {
    this.#journal?.close()
    super.close()
    this.#opened.unlock()
  }

  #heldRows(): number {
    return this.count({ filter: { kind: 'all' }, range: null, order: 'asc', companions: true }).rows
  }

  #write(record: JournalRecord): void {
    if (!this.#journal) {
      throw new BackendFault({ code: 'workspace-damaged', message: this.readOnly?.message ?? 'The workspace cannot be written.' })
    }
    try {
      this.#journal.append(encodeRecord(record))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined || !FULL.has(code)) throw error
      const message = 'The disk is full. Nothing more is written; everything acknowledged before is held and can be read.'
      this.readOnly = { code: 'disk-full', message }
      this.changed(['connection'])
      throw new BackendFault({ code: 'disk-full', message })
    }
    this.readOnly = null
    this.cache.apply(record)
  }
}
