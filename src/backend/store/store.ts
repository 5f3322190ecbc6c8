import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault } from '../../contract'
import type { Instant, TimeRange } from '../../domain'
import { Cache } from './cache'
import { newsOf, vanishedRows } from './arrivals'
import type {
  Appended,
  BatchProvenance,
  Checkpoint,
  Delivery,
  IncomingRecord,
  RecordBatch,
  RecordingFacts,
  RecordingFiles,
  RecordingKeeper,
  StoreState,
  WritableStore,
} from './door'
import type { Journal } from './journal'
import { findSame, stillOpen } from './link-same'
import { ReadStore, TABLES, type Table } from './read-store'
import { checkFiles, removeOrphanFiles, writeRecordingFiles } from './recording-files'
import { encodeRecord, type JournalRecord } from './records'
import { checkName, Intake, nameTaken, sumOf } from './take-in'

export type Held = { cache: Cache; journal: Journal }

type Opened = Pick<StoreState, 'recovered' | 'readOnly'> & {
  folder: string
  /** Null when the workspace may not be written. */
  journal: Journal | null
  now(): Instant
  unlock(): void
  /** Reads the journal, which ends there. Throws where it does not. */
  readAgain(fresh: Cache, end: number): void
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

/** Pairs that are linked in one turn. */
const LINKED_AT_ONCE = 5000

/** The one writer of a workspace. */
export class Store extends ReadStore implements WritableStore {
  #journal: Journal | null = null
  readonly #opened: Opened
  readonly #intake = new Intake(() => this.cache)

  constructor(cache: Cache, opened: Opened) {
    super(cache, opened)
    this.#opened = opened
    this.#use(opened.journal)
  }

  append(records: IncomingRecord[] | RecordBatch, provenance: BatchProvenance, checkpoint: Checkpoint): Appended {
    const { record, appended } = this.#intake.one(records, provenance, checkpoint)
    if (record) {
      this.#write(record)
      this.changed(tablesOf(checkpoint))
    } else this.#sync()
    return appended
  }

  appendSoon(
    records: IncomingRecord[] | RecordBatch,
    from: BatchProvenance | readonly Delivery[],
    checkpoint: Checkpoint,
  ): { appended: Appended; durable: Promise<void> } {
    const parts = isProvenance(from) ? [() => this.#intake.one(records, from, checkpoint)] : this.#intake.several(records, from, checkpoint)
    const appended = parts.map((part) => {
      const { record, appended } = part()
      if (record) {
        this.#faulty(() => this.#writable().put(encodeRecord(record)))
        this.#arrive(record)
        this.changed(tablesOf(record.checkpoint))
      }
      return appended
    })
    return { appended: appended.reduce(sumOf), durable: this.#syncSoon() }
  }

  note(checkpoint: Checkpoint): void {
    checkName(this.cache, checkpoint)
    const vanished = vanishedRows(this.cache, checkpoint).map((row): [number, Instant] => [row, this.#opened.now()])
    const { vanished: _, ...kept } = checkpoint
    this.#write({ type: 'note', checkpoint: kept, ...newsOf({ vanished }) })
    this.changed(vanished.length > 0 ? ['event', 'connection', 'coverage'] : ['connection', 'coverage'])
  }

  keepRecordings({ name, kind, pending = false }: RecordingKeeper, recordings: RecordingFacts[], files?: RecordingFiles['files']): void {
    checkName(this.cache, { connection: name, kind, pending })
    if (files) checkFiles(recordings, files)
    if (recordings.length === 0) return
    this.#faulty(() => {
      this.#writable()
      if (files) writeRecordingFiles(this.folder, files)
    })
    const record: JournalRecord = { type: 'recordings', connection: name, kind, recordings, held: files !== undefined }
    try {
      this.#write(pending ? { ...record, pending } : record)
    } catch (error) {
      // A full disk must not keep what nothing names.
      if (files) removeOrphanFiles(this.folder, this.cache.recordings.files())
      throw error
    }
    this.changed(['recording', 'connection'])
  }

  noteReveal(id: string): void {
    this.#write({ type: 'reveal', recording: id, at: this.#opened.now() })
    this.changed(['recording'])
  }

  renameConnection(from: string, to: string): void {
    if (!this.cache.holders.find(from, false)) throw noConnection(from)
    const isTaken = from !== to && [false, true].some((pending) => this.cache.holders.find(to, pending))
    if (isTaken || this.cache.holders.find(from, true)) throw nameTaken(isTaken ? to : from)
    this.#write({ type: 'rename', from, to })
    this.changed(['event', 'connection', 'coverage', 'recording'])
  }

  async linkSame(connection: string, range: TimeRange): Promise<number> {
    let linked = 0
    for (;;) {
      const { cache } = this
      const holder = cache.holders.find(connection, false)
      if (!holder) throw noConnection(connection)
      linked += await this.#link(cache, await findSame(cache, holder.id, range))
      // Rows have other numbers where the journal was rewritten or read again meanwhile.
      if (this.cache === cache) return linked
    }
  }

  async remove(connection: string, wipe: boolean): Promise<{ removedRows: number }> {
    if (!this.cache.holders.find(connection, false)) throw noConnection(connection)
    const before = this.#heldRows()
    this.#write({ type: 'remove', connection, wipe })
    const removedRows = before - this.#heldRows()
    if (wipe) removeOrphanFiles(this.folder, this.cache.recordings.files())
    this.changed(['event', 'connection', 'coverage', 'recording'])
    await this.compact()
    if (wipe) this.#opened.removeKeptTails()
    return { removedRows }
  }

  async dropPending(connection: string): Promise<void> {
    this.#write({ type: 'drop-pending', connection })
    removeOrphanFiles(this.folder, this.cache.recordings.files())
    await this.compact()
  }

  /** Takes the bytes of wiped rows off the disk. Throws a `disk-full` fault where there is no room for what stays. */
  async compact(): Promise<void> {
    if (this.cache.dead === 0) return
    const fresh = await Cache.open()
    // Others may have written, closed or done the same meanwhile; from here on all is one turn.
    if (!this.#journal || this.cache.dead === 0) return fresh.database.close()
    try {
      this.#sync()
      const next = this.#opened.rewrite({ cache: this.cache, journal: this.#journal }, fresh)
      this.cache = next.cache
      this.#use(next.journal)
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
    try {
      this.#sync()
    } finally {
      this.#journal?.close()
      this.#journal = null
      super.close()
      this.#opened.unlock()
    }
  }

  /** Links pairs found in a cache, as long as it is the one in use; answers how many. */
  async #link(cache: Cache, found: [listed: number, logged: number][]): Promise<number> {
    let linked = 0
    for (let from = 0; from < found.length && this.cache === cache; from += LINKED_AT_ONCE) {
      const same = stillOpen(cache, found.slice(from, from + LINKED_AT_ONCE))
      if (same.length === 0) continue
      this.#write({ type: 'rows', news: { same } })
      this.changed(['event', 'connection', 'coverage'])
      linked += same.length
      await nextTurn()
    }
    return linked
  }

  #heldRows(): number {
    return this.count({ filter: { kind: 'all' }, range: null, order: 'asc', companions: true }).rows
  }

  #write(record: JournalRecord): void {
    this.#faulty(() => this.#writable().append(encodeRecord(record)))
    this.#arrive(record)
  }

  #arrive(record: JournalRecord): void {
    this.readOnly = null
    this.cache.apply(record)
  }

  /** What was taken in and never became durable is not in the journal any more, which is read again. */
  #readAgain(end: number): void {
    const { cache } = this
    const fresh = cache.fresh()
    try {
      this.#opened.readAgain(fresh, end)
      fresh.endLike(cache)
      this.cache = fresh
      cache.database.close()
    } catch (error) {
      fresh.database.close()
      this.#journal?.close()
      this.#journal = null
      this.readOnly = { code: 'damaged', message: `What the disk holds cannot be read: ${String(error)}` }
    }
    this.changed(TABLES)
  }

  #use(journal: Journal | null): void {
    this.#journal = journal
    journal?.onLoss((end) => this.#readAgain(end))
  }

  /** What is said to be held already may have come a moment ago. */
  #sync(): void {
    this.#faulty(() => this.#journal?.sync())
  }

  async #syncSoon(): Promise<void> {
    try {
      await this.#journal?.syncSoon()
    } catch (error) {
      throw this.#faultOf(error)
    }
  }

  #writable(): Journal {
    if (this.#journal) return this.#journal
    const code = this.readOnly?.code === 'disk-full' ? 'disk-full' : 'workspace-damaged'
    throw new BackendFault({ code, message: this.readOnly?.message ?? 'The workspace cannot be written.' })
  }

  #faulty<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw this.#faultOf(error)
    }
  }

  #faultOf(error: unknown): unknown {
    if (!isFull(error)) return error
    const { message } = (this.readOnly = diskFull())
    this.changed(['connection'])
    return new BackendFault({ code: 'disk-full', message })
  }
}

function isProvenance(from: BatchProvenance | readonly Delivery[]): from is BatchProvenance {
  return !Array.isArray(from)
}

/** An import that is done may show recordings that were hidden, and take away others. */
function tablesOf({ ready }: Checkpoint): Table[] {
  return ready ? ['event', 'connection', 'coverage', 'recording'] : ['event', 'connection', 'coverage']
}

function noConnection(name: string): BackendFault {
  return new BackendFault({ code: 'not-found', message: `There is no connection named ${name}.` })
}
