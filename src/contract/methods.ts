import type { Account, AuditEvent, Connection, CoverageRange, Instant, Origin, RecordingFormat, StreamStatus, TimeRange } from '../domain'
import type { AddressMethods } from './address-database'
import type { AccessDetail, AccessList, ProductionPreview } from './access'
import type { ApprovalPatterns, ApprovalRequests, ApprovalSummary, UnapprovedSessions } from './approval'
import type { Asks } from './asks'
import type { DestinationMethods } from './destination'
import type { EvidenceMethods } from './evidence-methods'
import type { DetectionRules, FindingDetail, FindingLevel, FoundFindings, RuleFileMethods } from './detection'
import type { OpenedRecording, RecordedCommand, RecordingClip, RecordingHit, RecordingRow, ReplaySegment, SessionDetail, SessionRow } from './recording'
import type { FirstSeenSources, SignInSummary } from './sign-in'

/** What a page is looking at: the typed query, the time pin and the order. The pin is never part of the query text. */
export type View = { query: string; range: TimeRange | null; order: 'asc' | 'desc' }

export type WorkspaceSummary = {
  name: string
  /** Folder of the workspace on the machine that runs the backend. */
  folder: string
  version: string
  /** Rows held without companions. */
  held: number
  companions: number
  connections: Connection[]
  /** First to last held time, half-open; null when nothing is held. */
  range: TimeRange | null
  encrypted: boolean
  /** Why nothing can be written now; null when writing works. */
  readOnly: { code: 'locked' | 'disk-full' | 'damaged'; message: string } | null
  /** What opening found and mended, in plain words: a torn tail that was cut ... */
  recovered: string[]
}

/** One row of the timeline, ready to show; texts are raw and must be made harmless where they are drawn. */
export type TimelineRow = {
  key: string
  time: Instant
  timePrecision: AuditEvent['timePrecision']
  category: AuditEvent['category']
  outcome: AuditEvent['outcome']
  severity: AuditEvent['severity']
  action: string
  user: string | null
  /** Machine, or the target where there is one of its own. */
  place: string | null
  ip: string | null
  /** First words of "What happened", as a machine wrote them, and the rest of it. */
  lead: string
  detail: string
  repeat: number
  companion: boolean
  connection: string
}

export type TimelineCount = {
  /** Records in the view. */
  rows: number
  /** Records weighted by what they stand for. */
  matching: number
  /** Records held in the workspace, companions left out. */
  held: number
  hidden: {
    /** Match the query, stand outside the time pin. */
    byRange: number
    /** Stand inside the pin, do not match the query. */
    byQuery: number
    /** Companions that match query and pin and are not shown. */
    companions: number
  }
  /** Overall state of the ledger over the pin, or over all that is held. */
  coverage: CoverageRange['state']
  tookMs: number
}

export type Histogram = {
  /** Start of the first bucket. */
  from: Instant
  /** End of the last bucket, exclusive. */
  to: Instant
  /** Width of a bucket in milliseconds. */
  step: number
  /** Weighted counts per bucket; all arrays have the same length. */
  success: number[]
  failure: number[]
  unknown: number[]
}

export type FacetField = 'category' | 'outcome' | 'user' | 'machine' | 'ip' | 'action' | 'severity' | 'connection'
/** `value` is null for rows that have none. */
export type FacetValue = { value: string | null; rows: number; count: number }
export type Facet = { field: FacetField; distinct: number; values: FacetValue[] }

export type Provenance = {
  origin: 'file' | 'request'
  /** Path of the file, or method and address of the request. */
  place: string
  size?: number
  mtime?: Instant
  fetchedAt: Instant
  /** Hex SHA-256 of the whole file or response body as received. */
  sha256?: string
  /** The server's own Date header and status. */
  date?: string
  status?: number
  /** Byte offset of the record in the file (decompressed) or body. */
  offset: number
  length: number
}

export type EventDetail = {
  event: AuditEvent
  origin: Origin
  /** One sentence saying what happened. */
  sentence: string
  /** Exact bytes of the record as received. */
  raw: Uint8Array
  rawSha256: string
  provenance: Provenance
  /** Events linked from either side, as far as they are held. */
  linked: { relation: string; row: TimelineRow }[]
  /** Earlier states of the record, newest first. */
  revisions: { fetchedAt: Instant; until: Instant; event: AuditEvent; raw: Uint8Array; rawSha256: string }[]
  /** It came after its time had been proven complete. */
  late?: Instant
  /** The server no longer gives it. */
  vanished?: Instant
}

/** The response body that a record came in, as it is held. */
export type EventPage = {
  /** Secrets replaced, as in the records; everything else byte for byte. */
  bytes: Uint8Array
  /** Of the bytes held. */
  sha256: string
  /** Of the body as received; the same where no secret was replaced. */
  receivedSha256: string
  provenance: Provenance
}

/** A look from one event to its neighbourhood: a view to open and how many rows it has. */
export type Pivot = { label: string; view: View; rows: number }

export type ImportInput = { path: string } | { upload: string }
export type ImportOptions = { name?: string; kind?: string; year?: number; zone?: string; replace?: string }

export type FoundInRecordings = {
  /** Those that show the text, newest first. */
  recordings: { recording: RecordingRow; total: number; hits: RecordingHit[] }[]
  searched: number
  /** Those that could not be searched, or not to their end. */
  unsearched: { recording: RecordingRow; reason: string }[]
  /** Held recordings that are not searched yet. */
  left: number
  /** Where to go on; null where all is searched. */
  after: string | null
  /** Recordings that a server lists and whose bytes are not here: nothing is known of what they show. */
  notHere: number
}

/** What a preview says of a recording; `durationMs` is null where reading all of it would take long. */
export type PreviewedRecording = {
  format: RecordingFormat | null
  /** Recordings in the files; times are those of the first twenty. */
  parts: number
  cols: number | null
  rows: number | null
  start: Instant | null
  durationMs: number | null
}

export type ImportPreview = {
  files: {
    input: ImportInput
    name: string
    size: number
    compressed: boolean
    /** Null when no source reads it; `problem` then says why. */
    kind: string | null
    problem?: string
    /** Times as they would be read, of the first and last record seen in the sample. */
    first: Instant | null
    last: Instant | null
    yearAssumed: boolean
    /** The first events of the file as the timeline would show them. */
    sample: TimelineRow[]
    /** Where the file is a recording, or one of its files. */
    recording?: PreviewedRecording
  }[]
  /** Name the import would get. */
  name: string
}

/** The object that the command line prints for an import, one for each kind found. */
export type ImportSummary = {
  connection: string
  kind: string
  files: number
  /** Records read: added, duplicates, skipped and rejected together. */
  records: number
  /** Records added. */
  events: number
  duplicates: number
  /** Companions among the added. */
  companions: number
  /** Lines of programs that are no authentication. */
  skipped: number
  rejected: { file: string; line: number; reason: string }[]
  from: string | null
  to: string | null
}

export type ImportJob = {
  job: string
  name: string
  state: 'surveying' | 'importing' | 'done' | 'cancelled' | 'failed'
  bytesDone: number
  bytesTotal: number
  recordsDone: number
  startedAt: Instant
  /** Milliseconds left, null until it can be told. */
  leftMs: number | null
  summaries: ImportSummary[]
  /** All rejected lines; a summary keeps the first hundred. */
  rejects: number
  fault: { code: string; message: string } | null
}

export type Settings = {
  appearance: 'system' | 'dark' | 'light'
  zone: string
  /** How often servers are synced on their own while the app runs; 0 is by hand only. */
  syncMinutes: number
  /** Names of accounts that are the person's own, beside those that connections are signed in with. */
  me: string[]
  /** Names and globs of the machines of production, as they were typed; empty where the usual names stand for it. */
  production: string
  /** New findings of this level or a higher one are told after a sync. */
  notifyLevel: FindingLevel | 'off'
  /** Address of the time stamp authority that sealed bundles may be shown to; empty for none. */
  stampUrl: string
  /** A file of authorities to trust for it, and a proxy on the way; empty for none. */
  stampCaFile: string
  stampProxy: string
}

/** A sign-in under way. `ticket` stands for it in the next call and lasts ten minutes. */
export type SignInStep =
  /** The server wants the one-time code it sent. */
  | { step: 'code'; ticket: string; minutes: number | null }
  | { step: 'tenant'; ticket: string; tenants: { id: string; name: string }[] }
  | { step: 'done'; ticket: string; server: ProbedServer }

/** What a first look at a server found. */
export type ProbedServer = {
  kind: string
  url: string
  dialect: string
  account: Account
  streams: { stream: string; label: string; status: StreamStatus }[]
  /** A name that no other connection has. */
  name: string
  /** Where the token will be kept: the host's key store, or memory until the app ends. */
  keptIn: 'keystore' | 'memory'
}

export type StreamResult = {
  stream: string
  label: string
  added: number
  changed: number
  duplicates: number
  late: number
  vanished: number
  requests: number
  status: StreamStatus
  serverTotal: number | null
  /** New ones in a list of recordings, which are no records: such a list has none of the counts above. */
  recordings?: number
}

/** A sync of one connection: under way, or the last one since the app started. */
export type SyncJob = {
  connection: string
  /** `waiting`: the server asked for patience, or the request budget is spent; see `waitingUntil`. */
  state: 'running' | 'waiting' | 'done' | 'cancelled' | 'failed'
  /** A short look for news only, by the live view. */
  live: boolean
  startedAt: Instant
  endedAt: Instant | null
  /** Label of the list being read. */
  reading: string | null
  recordsDone: number
  /** Records to read in all, as far as the server has said; null before. */
  recordsTotal: number | null
  /** Milliseconds left, null until it can be told. */
  leftMs: number | null
  waitingUntil: Instant | null
  /** Why it waits: the server asked to, the last try came to nothing, or the hour's requests are spent. */
  waitingFor: 'server' | 'retry' | 'budget' | null
  requests: number
  /** Requests of this hour and how many may be made in one. */
  budget: { spent: number; limit: number }
  streams: StreamResult[]
  fault: { code: string; message: string } | null
}

/** Records that a later look found other than before. */
export type Drift = { connection: string; changed: number; late: number; vanished: number }

export type Methods = RuleFileMethods & AddressMethods & DestinationMethods & EvidenceMethods & {
  'workspace.summary': WorkspaceSummary
  'connection.list': Connection[]
  'connection.remove': { removedRows: number }
  'import.preview': ImportPreview
  'import.start': { job: string }
  'import.cancel': Record<string, never>
  'import.jobs': ImportJob[]
  'import.rejects': { name: string; bytes: Uint8Array }
  'upload.begin': { upload: string }
  'upload.append': { received: number }
  'upload.discard': Record<string, never>
  'timeline.count': TimelineCount
  /** `row` is where the event asked for stands; null when none was or it is not in the view. All of one moment. */
  'timeline.rows': { rows: TimelineRow[]; at: number; total: number; row: number | null }
  /** Row number in the view; null when the event is not in it. For a time: the first row not before it in view order. */
  'timeline.locate': { row: number | null }
  /** Next row in a direction whose outcome is failure; null at the end. */
  'timeline.nextFailure': { row: number | null }
  'timeline.histogram': Histogram
  'timeline.facets': Facet[]
  'event.get': EventDetail
  'event.pivots': Pivot[]
  'coverage.ranges': CoverageRange[]
  'query.suggest': FacetValue[]
  /** Signs in with e-mail and password. */
  'server.signIn': SignInStep
  'server.verifyCode': SignInStep
  'server.chooseTenant': SignInStep
  /** Takes a token instead of signing in. */
  'server.useToken': SignInStep
  /** Keeps what was probed as a connection; the first sync is asked for with `sync.start`. */
  'server.connect': Connection
  /** Gives a connection the new credentials; what it holds stays. */
  'server.signInAgain': Connection
  'server.edit': Connection
  'server.pause': Connection
  /** Starts the embedded sample server and connects it, or finds it connected; a sync begins. */
  'sample.open': { connection: string }
  'sync.start': { started: string[] }
  'sync.cancel': Record<string, never>
  'sync.jobs': SyncJob[]
  'drift.count': Drift[]
  /** Null where the record came from a file. */
  'event.page': EventPage | null
  'recording.list': RecordingRow[]
  /** Begins to index it where nobody has; the answer grows, see the notice `recording.indexed`. */
  'recording.open': OpenedRecording
  /** Lets go of what was opened; it is indexed again when it is opened again. */
  'recording.close': Record<string, never>
  /** Writes down that what was typed is looked at, without which it is not given. */
  'recording.reveal': { reveals: readonly Instant[] }
  'recording.segment': ReplaySegment
  'recording.search': { total: number; hits: RecordingHit[] }
  /** Plain text with invisible characters written out. */
  'recording.transcript': { text: string }
  'recording.commands': { commands: RecordedCommand[]; /** Seconds that the log's clock is ahead. */ skew: number | null }
  /** The screen at a moment: rows of text, and the same drawn as SVG. */
  'recording.screen': { rows: string[]; svg: string }
  /** Raw bytes of the events around a moment; the first byte of an event is at its `offset` in `bytes`. */
  'recording.bytes': { from: number; bytes: Uint8Array; events: { at: number; kind: string; offset: number; length: number }[] }
  /** `cast`: asciicast v3; `transcript`; `svg`: a still of `from`. */
  'recording.export': { name: string; bytes: Uint8Array }
  /** `text` says the same to people, with what a recording cannot say. */
  'recording.clip': { clip: RecordingClip; text: string }
  /** Searches held recordings for a moment: with `after`, the rest. */
  'recording.find': FoundInRecordings
  /** Gets the bytes of one that a server lists. */
  'recording.fetch': RecordingRow
  /** `users` and `machines` are those of all sessions; `me` the names that *mine* stands for. */
  'session.list': { total: number; rows: SessionRow[]; users: string[]; machines: string[]; me: string[] }
  'session.detail': SessionDetail
  /** Begins to look where that is due, as do the next two; the answers grow, see the notice `detection.progressed`. */
  'detection.rules': DetectionRules
  'detection.findings': FoundFindings
  'finding.get': FindingDetail
  'finding.suppress': { hides: number }
  'finding.unsuppress': Record<string, never>
  /** Without a level the rule has its own again. */
  'detection.setLevel': Record<string, never>
  /** `zone` is that of the hours. */
  'signin.summary': SignInSummary
  /** Newest first. */
  'signin.firstSeen': FirstSeenSources
  'approval.summary': ApprovalSummary
  /** The gravest first. */
  'approval.patterns': ApprovalPatterns
  /** Newest first. */
  'approval.requests': ApprovalRequests
  /** Sessions on machines that people are let in to by request, which no grant covers; newest first. */
  'approval.unapproved': UnapprovedSessions
  'access.list': AccessList
  'access.detail': AccessDetail
  'production.preview': ProductionPreview
  'settings.get': Settings
  'settings.set': Settings
}

export type MethodName = keyof Methods
export type Ask<M extends MethodName> = Asks[M]
/** Every answer names the tables it was read from and the store's revision at that moment. */
export type Answer<M extends MethodName> = { value: Methods[M]; tables: TableName[]; revision: number }

export type TableName = 'event' | 'connection' | 'coverage' | 'import' | 'sync' | 'setting' | 'recording' | 'finding' | 'mark' | 'notebook' | 'custody'

export type Notices = {
  'store.changed': { tables: TableName[]; revision: number }
  'import.progressed': ImportJob
  'sync.progressed': SyncJob
  /** More of an opened recording is indexed, or its state changed. */
  'recording.indexed': { id: string; progress: number; indexedTo: number; done: boolean }
  /** Events that were looked at by the rules, and how many there are. */
  'detection.progressed': { done: number; total: number }
  /** So many new findings after a sync; level and title are those of the gravest. Told once, where a level was chosen. */
  'detection.found': { count: number; level: FindingLevel; title: string }
}
export type NoticeName = keyof Notices

/** The backend as any host, test or page sees it. */
export interface Backend {
  /** Resolves with the answer, rejects with a `BackendFault`. */
  call<M extends MethodName>(method: M, ask: Ask<M>): Promise<Answer<M>>
  /** Returns its own undo. */
  on<N extends NoticeName>(notice: N, listener: (payload: Notices[N]) => void): () => void
}
