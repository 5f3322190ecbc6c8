import type {
  AuditEvent,
  Change,
  Connection,
  CoverageNews,
  CoverageRange,
  Instant,
  Origin,
  ServerFacts,
  StreamFacts,
  TimeRange,
} from '../../domain'
import type { RecordingRow } from '../../contract'
import type { Filter, NumberColumn, TextColumn } from './filter'
import type { KeySets } from './key-sets'
import type { DecodedParts } from './parts'
import type { ChangeMark } from './row-changes'

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
  /** Hex SHA-256 of the body as it is held, where secrets were replaced in it; `sha256` is of what was received. */
  heldSha256?: string
}

/** So many records of a batch, one after the other, that came together; `frame` as in a batch. */
export type Delivery = { rows: number; provenance: BatchProvenance; frame: Uint8Array | null }

export type IncomingRecord = {
  instance: string
  stream: string
  id: string
  event: Omit<AuditEvent, 'key'>
  /** Exact bytes; only read before `append` returns. */
  raw: Uint8Array
  /** Byte offset of `raw` in the file (decompressed) or body. */
  offset: number
  /** Hex SHA-256 of the bytes as received, where secrets were replaced in `raw`. */
  receivedSha256?: string
}

/**
 * Records as `BatchEncoder` encoded them, for a connection of that kind. `decoded` is what the columns decode to, where
 * they were encoded in this thread. `frame` is what the body that they came in has beside them, see frame.ts: the body is
 * kept whole as long as one of its records is, and the two are put together again when asked for.
 */
export type RecordBatch = { kind: string; rows: number; columns: Uint8Array; raw: Uint8Array; decoded?: DecodedParts; frame?: Uint8Array }

/** Becomes durable together with the records it came with. */
export type Checkpoint = {
  connection: string
  kind: string
  /** The rows stay hidden until `ready`; they are dropped when that never comes. */
  pending?: boolean
  /**
   * Ranges of the ledger that hold from now on for this connection, by `mergeCoverage`: `partial` leaves `complete` alone
   * unless it has `overrule`; all other states overwrite.
   */
  coverage?: CoverageNews[]
  files?: Connection['files']
  /** An import ends. A pending connection takes the place of `replaces`, which is wiped in the same step. */
  ready?: { replaces?: string }
  /** An import was cut by the person; what came before stays. */
  interrupted?: boolean
  /** A server's settings as they are from now on. */
  server?: ServerFacts
  /** What is known of these lists of a server from now on, by `stream`. */
  streams?: StreamFacts[]
  /** Keys of held records that the server no longer gives. One that arrives again is no longer vanished. */
  vanished?: string[]
}

/**
 * `added` are new keys. `changed`: a record of a key that is held came from a server with other bytes; it takes the place
 * of the one before, which is kept as a revision. `late`: added, at a time that the ledger already called complete.
 */
export type Appended = { added: number; duplicates: number; companions: number; changed: number; late: number }

export type ViewCount = { rows: number; weighted: number }
export type ValueCount = { value: string | null; rows: number; count: number }
/** `distinct` counts all values, also those past the limit. */
export type Tally = { distinct: number; values: ValueCount[] }

export type StoredRecord = HeldEvent & {
  raw: Uint8Array
  /** Hex SHA-256 of the bytes as received, before secrets were replaced. */
  rawSha256: string
  provenance: BatchProvenance
  offset: number
  /** When it was seen to have come late, or to be gone from the server. */
  late?: Instant
  vanished?: Instant
}

/** An earlier state of a record and when the next one came. */
export type Revision = StoredRecord & { until: Instant }

/** The body that a record came in, as it is held. */
export type HeldPage = { bytes: Uint8Array; provenance: BatchProvenance; offset: number; length: number }

/** Records that came together, and whence. */
export type Arrived = { connection: string; rows: number; provenance: BatchProvenance }

export type DriftCount = { connection: string; changed: number; late: number; vanished: number }

/** One record of a stream as the walk of a sync needs to know it. */
export type HeldKey = { key: string; time: Instant }

export type StoreState = {
  held: number
  companions: number
  range: TimeRange | null
  /** Why nothing can be written now; null when writing works. */
  readOnly: { code: 'locked' | 'disk-full' | 'damaged'; message: string } | null
  recovered: string[]
}

/** The files of one recording, as received. */
export type RecordingFiles = { files: { name: string; bytes: Uint8Array }[]; part: string }

/** Where they stand, and the SHA-256 in hex that each must have. */
export type RecordingPlaces = { files: { name: string; path: string; sha256: string }[]; part: string }

/** What is known of a recording; a server's list names some before their bytes are held. */
export type RecordingFacts = Omit<RecordingRow, 'isHeld' | 'connection'>

/** Whose recordings they are; `pending` as in a checkpoint. */
export type RecordingKeeper = { name: string; kind: string; pending?: boolean }

/**
 * One row of a view at a time, for who looks at all of them: its values are read where they are held. Good until anything
 * changes.
 */
export interface RowCursor {
  readonly length: number
  /** Stands at that row of the view from now on. */
  to(at: number): void
  readonly time: Instant
  readonly sequence: number
  text(column: TextColumn): string | undefined
  /** Stands for the text: the same in every row with that text. 0 where there is no text, or no number stands for it. */
  code(column: TextColumn): number
  number(column: NumberColumn): number | undefined
  attribute(name: string): string | undefined
  changes(): readonly Change[]
  /** Exact bytes; only good until the next row. */
  raw(): Uint8Array
  /** Hex, of the bytes as they were received. */
  rawSha256(): string
  key(): string
  /** The whole record as one line of JSON, without its end: what `eventObject` makes of it, byte for byte. */
  json(): string
  /** When its batch was fetched. */
  arrived(): Instant
}

/** Everything is asked for by view and answered by value; no row id, file name or SQL leaves the room. */
export interface ReadableStore {
  state(): StoreState
  /** Changes with every change of anything held. */
  revision(): number
  /** What is held now, to ask `changedSince` of later. */
  mark(): ChangeMark
  /** Earliest time of a row that came, went or may be another since then, also of a row nobody sees; null where none is. */
  changedSince(mark: ChangeMark | null): Instant | null
  connections(): Connection[]
  count(view: StoreView): ViewCount
  /** Rows alone, which costs nothing once the view is known, and little for a short range. */
  length(view: StoreView): number
  /** Rows `at` to `at + count` of the view, in its order. */
  page(view: StoreView, at: number, count: number): HeldEvent[]
  /** All rows of the view, one at a time. */
  cursor(view: StoreView): RowCursor
  /** The same as `page` with each record's bytes and where it came from. */
  records(view: StoreView, at: number, count: number): StoredRecord[]
  /** Row number of an event in the view, null when it is not in it. */
  rowOf(view: StoreView, key: string): number | null
  /** Row number of the first row at or after `time` in view order; the view's length when there is none. */
  rowAt(view: StoreView, time: Instant): number
  /** Next row after (or before) `row` whose outcome is failure, null when there is none. */
  nextFailure(view: StoreView, row: number, direction: 'forward' | 'back'): number | null
  /** Whose words of the marks of events count from now on. */
  useKeys(sets: KeySets): void
  /**
   * Does a piece of what is left to find out for a filter, or for the tags: the events that people wrote about, and the rows
   * that it finds; true when little is. Who asks without it waits for all of it.
   */
  lookUp(filter: Filter | 'tags'): boolean
  /** Next row after (or before) `row` that has marks or comments, null when there is none. */
  nextMarked(view: StoreView, row: number, direction: 'forward' | 'back'): number | null
  /** Tags of held events, in no order. */
  tags(): ValueCount[]
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
  /** Earlier states, newest first. */
  revisions(key: string): Revision[]
  /** Null where the record came from a file, or a part of the body was wiped with another connection. */
  pageOf(key: string): HeldPage | null
  drift(): DriftCount[]
  /** What came, in the order in which it came, `count` batches from `at` on; those that nobody is to see are left out. */
  arrivals(at: number, count: number): { arrived: Arrived[]; total: number }
  /** Records of a stream of a connection that the server still gives, as far as is known; earlier states left out. */
  heldIn(place: { connection: string; stream: string }, range: TimeRange): number
  /** Time of the oldest of them; null when there is none. */
  oldestIn(place: { connection: string; stream: string }): Instant | null
  /** The same, one by one, ascending in time. */
  keysIn(place: { connection: string; stream: string }, range: TimeRange): HeldKey[]
  /** Keys of events that link to this one. */
  linkedFrom(key: string): { key: string; relation: string }[]
  /** First and last time in the view, half-open; null when it is empty. */
  extent(view: StoreView): TimeRange | null
  /** What is known of each stream over a range; a null range is each stream's own. */
  coverage(range: TimeRange | null): CoverageRange[]
  /** The same without counting the rows. */
  ledger(range: TimeRange | null): Omit<CoverageRange, 'held'>[]
  /** Entries of one stream, ascending in time, gaps left out. */
  ledgerOf(place: { connection: string; stream: string }): readonly Omit<CoverageRange, 'connection' | 'held'>[]
  settings(): Record<string, string>
  /** Those of all connections, each id once, by start, newest first; those of unknown start last. */
  recordings(): RecordingRow[]
  recording(id: string): RecordingRow | null
  /** Read anew from the disk. Throws `not-found` where it is not held, `recording-damaged` where its bytes are no longer those that were received. */
  recordingFiles(id: string): RecordingFiles
  /** The same before they are read. Throws `not-found`. */
  recordingPlaces(id: string): RecordingPlaces
  /** When what was typed in it was looked at, ascending. */
  revealsOf(id: string): readonly Instant[]
  onChange(listener: (tables: readonly ('event' | 'connection' | 'coverage' | 'setting' | 'recording')[]) => void): () => void
  close(): void
}

export interface WritableStore extends ReadableStore {
  /** Durable when it returns. Throws a `disk-full` fault with everything kept that was durable before. */
  append(records: IncomingRecord[] | RecordBatch, provenance: BatchProvenance, checkpoint: Checkpoint): Appended
  /**
   * The same, but durable only when the promise resolves: the disk's time can be used. Held for whoever looks meanwhile. Where
   * it rejects, what was not durable is held no more. A batch may have come in several deliveries of this order; where it
   * throws, the first of them may be held, and the checkpoint is not.
   */
  appendSoon(
    records: IncomingRecord[] | RecordBatch,
    provenance: BatchProvenance | readonly Delivery[],
    checkpoint: Checkpoint,
  ): { appended: Appended; durable: Promise<void> }
  /** Changes what is known of a connection without any record arriving; creates a server's connection. */
  note(checkpoint: Checkpoint): void
  /**
   * Keeps what is known of recordings of a connection, by id; those known before are replaced, but that one which is held
   * stays so, with what its bytes said, when it is only listed again. `files` are the bytes of those that are held from now
   * on, all that the `files` of the facts name. A connection that is not there is made, as of files. Durable when it returns;
   * throws `disk-full` with everything before it kept.
   */
  keepRecordings(connection: RecordingKeeper, recordings: RecordingFacts[], files?: RecordingFiles['files']): void
  /** Writes down that what was typed is looked at now. Durable when it returns. */
  noteReveal(id: string): void
  renameConnection(from: string, to: string): void
  /**
   * Finds commands of this range that stand both in an audit list and in a machine's command log,
   * and are not linked yet; links and counts each once. Answers how many. Others are answered meanwhile.
   */
  linkSame(connection: string, range: TimeRange): Promise<number>
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
