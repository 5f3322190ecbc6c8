import type { CoverageState } from '../domain'

export const EXPORT_FORMATS = ['csv', 'jsonl', 'ocsf', 'ecs', 'cef', 'rfc5424', 'timesketch'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What each format is called and what reads it. */
export const FORMAT_WORDS: Readonly<Record<ExportFormat, { title: string; reads: string }>> = {
  csv: { title: 'CSV', reads: 'Spreadsheets and databases; no cell is taken for a formula' },
  jsonl: { title: 'JSON Lines', reads: 'Scripts and this program; every field and every record byte for byte' },
  ocsf: { title: 'OCSF 1.8', reads: 'Data lakes and SIEMs that take the open schema, as JSON Lines' },
  ecs: { title: 'ECS 9', reads: 'Elasticsearch, Kibana and OpenSearch, as JSON Lines' },
  cef: { title: 'CEF', reads: 'ArcSight, QRadar, Sentinel and others' },
  rfc5424: { title: 'Syslog, RFC 5424', reads: 'Syslog collectors such as rsyslog, syslog-ng and Splunk' },
  timesketch: { title: 'Timesketch', reads: 'Timesketch timelines, as JSON Lines' },
}

/** What can be taken out of an export. */
export const EXPORT_MASKS = ['user', 'target', 'machine', 'ip', 'client', 'session', 'tenant', 'command', 'text', 'secrets'] as const
export type ExportMask = (typeof EXPORT_MASKS)[number]

export const MASK_WORDS: Readonly<Record<ExportMask, string>> = {
  user: 'People: names, ids and e-mail addresses',
  target: 'Targets: names and ids',
  machine: 'Machines: names and ids',
  ip: 'Network addresses',
  client: 'Programs and user agents',
  session: 'Session and request ids',
  tenant: 'Tenants, projects and connection names',
  command: 'Commands, whole',
  text: 'Free text: reasons, changes, files',
  secrets: 'Secrets: keys, tokens, passwords',
}

/** Several masks under one name. */
export const MASK_PRESETS: Readonly<Record<string, readonly ExportMask[]>> = {
  persons: ['user', 'session'],
  addresses: ['ip', 'machine'],
  all: EXPORT_MASKS,
}

/** Tables beside the timeline; each is exported by the ask that its screen makes. */
export const EXPORT_TABLES = [
  'session.list',
  'recording.commands',
  'signin.firstSeen',
  'detection.findings',
  'approval.requests',
  'approval.patterns',
  'approval.unapproved',
  'access.list',
  'access.detail',
  'custody.list',
  'review.list',
  'coverage.ranges',
] as const
export type ExportTable = (typeof EXPORT_TABLES)[number]

/** Formats of these: the others are for events. */
export const TABLE_FORMATS = ['csv', 'jsonl'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

/** What can be taken out of each: that of which it has fields, or texts that may tell of it. */
export const TABLE_MASKS: Readonly<Record<ExportTable, readonly ExportMask[]>> = {
  'session.list': ['user', 'machine', 'ip', 'client', 'session', 'tenant', 'command', 'text', 'secrets'],
  'recording.commands': ['ip', 'command', 'secrets'],
  'signin.firstSeen': ['user', 'machine', 'ip', 'secrets'],
  'detection.findings': ['user', 'target', 'machine', 'ip', 'session', 'command', 'text', 'secrets'],
  'approval.requests': ['user', 'machine', 'session', 'tenant', 'text', 'secrets'],
  'approval.patterns': ['user', 'machine', 'session', 'tenant', 'text', 'secrets'],
  'approval.unapproved': ['user', 'machine', 'session', 'tenant', 'text', 'secrets'],
  'access.list': ['user', 'machine', 'secrets'],
  'access.detail': ['user', 'machine', 'ip', 'client', 'session', 'tenant', 'text', 'secrets'],
  'custody.list': EXPORT_MASKS,
  'review.list': EXPORT_MASKS,
  'coverage.ranges': ['machine', 'tenant', 'secrets'],
}

/** A file of an export: the rows, what proves that masked rows are the originals, and what tells of both. */
export const EXPORT_PARTS = ['rows', 'commitments', 'manifest'] as const
export type ExportPart = (typeof EXPORT_PARTS)[number]

export type BegunExport = {
  id: string
  rows: number
  /** Name of the file of rows. */
  name: string
  /** Files that belong beside it, in the order in which they are read. */
  beside: { part: Exclude<ExportPart, 'rows'>; name: string }[]
}

/** One small file that tells of an export; times are RFC 3339. */
export type ExportManifest = {
  schema: 'recount-export/1'
  /** `Recount` and its version. */
  app: string
  exportedAt: string
  format: string
  /** `events`: a list of events that were chosen one by one. */
  table: 'timeline' | 'events' | ExportTable
  filter: Record<string, unknown>
  counts: { rows: number; matching: number; held: number }
  /** First to last time in the file, half-open; null where it has none. */
  range: { from: string; to: string } | null
  /** Every row that matched is in the file. Whether the workspace holds all that happened is what `coverage` says. */
  complete: boolean
  coverage: { state: CoverageState | null; holes: { connection: string; stream: string; from: string; to: string; state: CoverageState }[] }
  files: { name: string; bytes: number; rows: number; sha256: string }[]
  /** Of CSV: cells are made safe for spreadsheets, or are as they are. */
  cells?: 'safe' | 'raw'
  /** Of a run that goes on where another one ended: which one, and from when on records had to arrive here. */
  continues?: { manifest: string; since: string; /** Rows that the run before had too. */ repeated: number }
  redaction: null | {
    masks: ExportMask[]
    /** Of each field that was replaced. */
    commitment: 'SHA-256(HMAC-SHA-256(salt, row LF field) || value)'
    /** Id under which the workspace keeps the salt. */
    salt: string
    rows: number
    fields: number
  }
}

export type ExportMethods = {
  'export.begin': BegunExport
  /** The same of events that were chosen one by one, in their order; those that are not held any more are left out. */
  'export.beginEvents': BegunExport
  /** The same for a table beside the timeline. */
  'export.beginTable': BegunExport
  /** The next piece of one of its files, the rows unless told. */
  'export.read': { bytes: Uint8Array; rowsDone: number; done: boolean }
  'export.end': Record<string, never>
}
