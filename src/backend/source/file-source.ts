import type { AuditEvent, Instant } from '../../domain'

export type ReadOptions = {
  /** Year of a stream's first record, where records carry none; else it follows from the file's mtime. */
  year?: number
  /** IANA name or offset (`+02:00`) taken where records carry no zone. */
  zone: string
}

export type FileFacts = { name: string; mtime: Instant }

type BareEvent = Omit<AuditEvent, 'key'>

/** An event of one shape for all records of a source, because those of many are read slowly: `undefined` is absent. */
export type SourceEvent = { [K in keyof BareEvent]: undefined extends BareEvent[K] ? BareEvent[K] | undefined : BareEvent[K] }

/** A SHA-256 as 32 characters, one a byte, and a number from 1 that tells records apart which share it. */
export type RecordId = { digest: string; number: number }

/** One record of a file as its source understood it, but for its id. */
export type ParsedRecord = {
  /** Where they start in the file, decompressed. */
  offset: number
  /** Its exact bytes without the line terminator, from `start` to `end` of these, which are valid until the next push. */
  bytes: Uint8Array
  start: number
  end: number
  /** Name of the attribute whose value is the end of these bytes, one character a byte; empty where none is. */
  tail: string
  /** `instance`, `stream` and the id make the key: `kind:instance:stream:digest:number`, the digest in hex. */
  instance: string
  stream: string
  /** Year that was taken for it, 0 where it has its own. */
  year: number
  /** Process whose attempt to sign in it tells of; -1 where it tells of none. */
  attempt: number
  event: SourceEvent
}

/** What the id of a record follows from. The bytes of one object never change. */
export type Nameless = Pick<ParsedRecord, 'bytes' | 'start' | 'end' | 'instance' | 'year' | 'attempt'> & {
  time: Instant
  companion: boolean
}

/** A record's id, and those of its companions or of what it is one of; all have its instance and stream. */
export type Named = RecordId & { companions: readonly RecordId[] }

/** Names the records of one stream in their order, in another thread than that of their reader. */
export interface Namer {
  name(record: Nameless): Named
}

export type Rejected = { line: number; reason: string }

export type Reading = { records: ParsedRecord[]; skipped: number; rejected: Rejected[] }

/** First pass over one file: what must be known of the whole before a record can be judged. */
export interface Survey<File extends SurveyedFile = SurveyedFile> {
  /** Chunks in order, cut anywhere. */
  push(chunk: Uint8Array): void
  end(): File
}

export type SurveyedFile = {
  facts: FileFacts
  /** Lines or records seen, readable or not. */
  records: number
  /** First and last time under the options and the file's own facts; null when nothing was readable. */
  first: Instant | null
  last: Instant | null
  /** Hex SHA-256 of the bytes that were pushed. */
  sha256: string
  /** Whether a year had to be taken from the file's facts or the options. */
  yearAssumed: boolean
}

/** Second pass over one stream of records: files that follow each other without overlap. */
export interface StreamReader {
  /** Starts the next file of the stream; files come in the stream's order. */
  nextFile(): void
  /** Chunks of the current file in order, cut anywhere. */
  push(chunk: Uint8Array): Reading
  /** Ends the current file: gives what a missing last line terminator held back. */
  endFile(): Reading
}

/**
 * Reads one kind of file. The same source always gives the same keys for the same bytes and options.
 * `File` is what its own survey knows; every file handed back to a source must come from that source's survey.
 */
export interface FileSource<File extends SurveyedFile = SurveyedFile> {
  readonly kind: string
  /** Judges from the first bytes (decompressed, up to 64 kB) whether this source reads the file. */
  recognises(head: Uint8Array): boolean
  survey(facts: FileFacts, options: ReadOptions): Survey<File>
  /** Orders files by first time, cuts them into streams, answers indexes into `files`; unreadable files stay alone. */
  arrange(files: File[], options: ReadOptions): number[][]
  /** `files` are those of one stream, in order; `whole` are all files of the import, where it has other streams. */
  reader(files: File[], options: ReadOptions, whole?: File[]): StreamReader
  /** For the records of one such reader. */
  namer(): Namer
}
