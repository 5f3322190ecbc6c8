import type { AuditEvent, Connection, CoverageRange, Instant, Origin, TimeRange } from '../../domain'
import type { Filter, TextColumn } from './filter'

/** A question about events. Companions are left out unless asked for. */
export type StoreView = {
  filter: Filter
  range: TimeRange | null
  order: 'asc' | 'desc'
  companions: boolean
}

export type HeldEvent = { event: AuditEvent; origin: Origin }

/** Where a batch of records came from; kept with each of its records for ever. */
export type BatchProvenance = {
  origin: 'file' | 'request'
  /** Path, or method and address without credentials. */
  place: string
  fetchedAt: Instant
  size?: number
  mtime?: Instant
  sha256?: string
  /** The server's own Date header and status. */
  date?: string
  status?: number
}

export type IncomingRecord = {
  instance: string
  stream: string
  id: string
  event: Omit<AuditEvent, 'key'>
  /** Exact bytes; only read before `append` returns. */
  raw: Uint8Array
  /** Byte offset of `raw` in the file (decompressed) or body. */
  offset: number
}

/** Records as `BatchEncoder` encoded them, for a connection of that kind. */
export type RecordBatch = { kind: string; rows: number; columns: Uint8Array; raw: Uint8Array }

/** Becomes durable together with the records it came with. */
export type Checkpoint = {
  connection: string
  kind: string
  /** The rows stay hidden until `ready`; they are dropped when that never comes. */
  pending?: boolean
  /** Ranges of the ledger that hold from now on for this connection. */
  coverage?: Omit<CoverageRange, 'connection' | 'held'>[]
  files?: Connection['files']
  /** An import ends. A pending connection takes the place of `replaces`, which is wiped in the same step. */
  ready?: { replaces?: string }
  /** An import was cut by the person; what came before stays. */
  interrupted?: boolean
}

export type Appended = { added: number; duplicates: number; companions: number }

export type ViewCount = { rows: number; weighted: number }
export type ValueCount = { value: string | null; rows: number; count: number }
/** `distinct` counts all values, also those past the limit. */
export type Tally = { distinct: number; values: ValueCount[] }

export type StoredRecord = HeldEvent & { raw: Uint8Array; provenance: BatchProvenance; offset: number }

export type StoreState = {
  held: number
  companions: number
  range: TimeRange | null
  /** Why nothing can be written now; null when writing works. */
  readOnly: { code: 'locked' | 'disk-full' | 'damaged'; message: string } | null
  recovered: string[]
}

/** Everything is asked for by view and answered by value; no row id, file name or SQL leaves the room. */
export interface ReadableStore {
  state(): StoreState
  /** Changes with every change of anything held. */
  revision(): number
  connections(): Connection[]
  count(view: StoreView): ViewCount
  /** Rows alone, which costs nothing once the view is known. */
  length(view: StoreView): number
  /** Rows `at` to `at + count` of the view, in its order. */
  page(view: StoreView, at: number, count: number): HeldEvent[]
  /** The same with each record's bytes and where it came from. */
  records(view: StoreView, at: number, count: number): StoredRecord[]
  /** Row number of an event in the view, null when it is not in it. */
  rowOf(view: StoreView, key: string): number | null
  /** Row number of the first row at or after `time` in view order; the view's length when there is none. */
  rowAt(view: StoreView, time: Instant): number
  /** Next row after (or before) `row` whose outcome is failure, null when there is none. */
  nextFailure(view: StoreView, row: number, direction: 'forward' | 'back'): number | null
  /** Weighted counts per outcome in buckets `[from + i*step, from + (i+1)*step)`. */
  histogram(view: StoreView, buckets: { from: Instant; step: number; count: number }): {
    success: number[]
    failure: number[]
    unknown: number[]
  }
  /** Value of the first of the columns that has one, counted; by count, then value. Without a limit all values. */
  tally(view: StoreView, columns: TextColumn[], limit?: number): Tally
  /** The same for an attribute. */
  tallyAttribute(view: StoreView, name: string, limit?: number): Tally
  find(key: string): StoredRecord | null
  /** Keys of events that link to this one. */
  linkedFrom(key: string): { key: string; relation: string }[]
  /** First and last time in the view, half-open; null when it is empty. */
  extent(view: StoreView): TimeRange | null
  /** What is known of each stream over a range; a null range is each stream's own. */
  coverage(range: TimeRange | null): CoverageRange[]
  /** The same without counting the rows. */
  ledger(range: TimeRange | null): Omit<CoverageRange, 'held'>[]
  settings(): Record<string, string>
  onChange(listener: (tables: ('event' | 'connection' | 'coverage' | 'setting')[]) => void): () => void
  close(): void
}

export interface WritableStore extends ReadableStore {
  /** Durable when it returns. Throws a `disk-full` fault with everything before it kept. */
  append(records: IncomingRecord[] | RecordBatch, provenance: BatchProvenance, checkpoint: Checkpoint): Appended
  /** Removes a connection; with `wipe` its rows and their bytes leave the disk, unless another connection holds them too. */
  remove(connection: string, wipe: boolean): Promise<{ removedRows: number }>
  /** Drops a pending connection that will not be made ready. */
  dropPending(connection: string): Promise<void>
  setSetting(name: string, value: string): void
}

export type OpenOptions = {
  folder: string
  now(): Instant
  /** For a reader: why it cannot write, to be told on. */
  readOnly?: StoreState['readOnly']
}
