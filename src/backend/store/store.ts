import { BackendFault } from '../../contract'
import { encodeBatch } from './batch'
import { isCompanion } from './columns'
import { decodeBlock, recordIn, type Block } from './block'
import { Cache } from './cache'
import { deduplicate } from './deduplicate'
import type { Appended, BatchProvenance, Checkpoint, IncomingRecord, RecordBatch, StoreState, WritableStore } from './door'
import type { Journal } from './journal'
import { ReadStore } from './read-store'
import { encodeRecord, type JournalRecord } from './records'

export type Held = { cache: Cache; journal: Journal }

type Opened = Pick<StoreState, 'recovered' | 'readOnly'> & {
  /** Null when the workspace may not be written. */
  journal: Journal | null
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

  append(records: IncomingRecord[] | RecordBatch, provenance: BatchProvenance, checkpoint: Checkpoint): Appended {
    const { kind } = checkpoint
    const batch = Array.isArray(records) ? encodeBatch(records, kind) : records
    if (batch.kind !== kind) throw new Error(`a batch of kind ${batch.kind} for a connection of kind ${kind}`)
    const block = decodeBlock(batch.columns, () => batch.raw)
    const { fresh, heldRows } = deduplicate(this.cache, block, kind)
    const holder = this.cache.holders.find(checkpoint.connection, checkpoint.pending ?? false)
    this.#checkName(checkpoint)
    const claims = heldRows.filter((row) => holder === null || !this.cache.isHeldBy(row, holder.id))
    this.#write({ type: 'append', provenance, checkpoint, claims, block: partOf(block, fresh, kind) })
    this.changed(['event', 'connection', 'coverage'])
    const companions = fresh.reduce((sum, row) => sum + (isCompanion(block.flags[row] ?? 0) ? 1 : 0), 0)
    return { added: fresh.length, duplicates: batch.rows - fresh.length, companions }
  }

  async remove(connection: string, wipe: boolean): Promise<{ removedRows: number }> {
    if (!this.cache.holders.find(connection, false)) {
      throw new BackendFault({ code: 'not-found', message: `There is no connection named ${connection}.` })
    }
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
    if (this.cache.deadRows === 0) return
    const fresh = await Cache.open()
    // Others may have written, closed or done the same meanwhile; from here on all is one turn.
    if (!this.#journal || this.cache.deadRows === 0) return fresh.database.close()
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

  /** What the cache would refuse must not reach the journal, which would be refused at every start. */
  #checkName({ connection, kind, pending = false, ready }: Checkpoint): void {
    const held = this.cache.holders.find(connection, pending)
    const taken = pending && ready && ready.replaces !== connection ? this.cache.holders.find(connection, false) : null
    if ((held === null || held.kind === kind) && taken === null) return
    throw new BackendFault({ code: 'name-taken', message: `${connection} is the name of another connection. Choose another name.` })
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

/** A block of these rows alone; null when they are none. */
function partOf(block: Block, rows: number[], kind: string): Block | null {
  if (rows.length === 0) return null
  if (rows.length === block.rows) return block
  const { columns, raw } = encodeBatch(rows.map((row) => recordIn(block, row)), kind)
  return decodeBlock(columns, () => raw)
}
