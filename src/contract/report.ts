import type { CoverageState, Instant, TimeRange } from '../domain'
import type { TlpLabel } from './notebook'

export const REPORT_KINDS = ['access', 'approvals', 'signins', 'privileged', 'changes', 'retention'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

export const REPORT_FORMATS = ['pdf', 'html', 'md', 'csv', 'jsonl'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** Of an access report: rows that have it alone. */
export const REPORT_ONLY = ['production', 'privileged', 'ungranted'] as const
export type ReportOnly = (typeof REPORT_ONLY)[number]

/** So many rows of the main table, chosen by the hash of the seed and each row's name: the same seed chooses the same. */
export type ReportSample = { size: number; seed: string }

export type ReportAsked = {
  kind: ReportKind
  range: TimeRange
  /** IANA zone of the times. */
  zone: string
  tlp: TlpLabel
  /** Of reports on records a query that narrows them; of access and approvals words that must stand in a row. */
  text: string
  /** Of access reports alone. */
  only: readonly ReportOnly[]
  sample: ReportSample | null
}

/** One source of a report and to whom it was visible. */
export type ReportSource = {
  connection: string
  kind: string
  /** Address of the server, or how many files. */
  place: string
  tenant: string | null
  /** Who the connection is signed in as. */
  account: string | null
  /** The server's own word; null where it gives none, or for files. */
  role: string | null
  /** Records held, companions included. */
  held: number
}

/** What the ledger says of one list over the period. */
export type ReportStream = {
  connection: string
  stream: string
  /** The worst of its ranges. */
  state: CoverageState
  /** Records held in the period. */
  held: number
  /** Null where the server gives none for the whole of the period. */
  serverTotal: number | null
  /** Ranges that are not complete, each with its state. */
  holes: { from: Instant; to: Instant; state: CoverageState; note: string | null }[]
}

export type ReportHead = {
  kind: ReportKind
  title: string
  /** What it answers. */
  question: string
  sources: ReportSource[]
  /** To whom what is held was visible, in words. */
  visibleTo: string
  period: TimeRange
  /** Finds in the timeline the records that the report rests on. */
  query: string
  /** What narrows it, in words; empty where nothing does. */
  filters: string[]
  /** Records that it rests on, and rows of its main table. */
  rowsIn: number
  rowsShown: number
  /** What a row of the main table is: `person on a machine`. */
  rowIs: string
  streams: ReportStream[]
  coverage: CoverageState
  zone: string
  version: string
  generatedAt: Instant
  /** Account of the operating system. */
  generatedBy: string
  tlp: TlpLabel
  /** Hex RFC 6962 root over the canonical rows of the records that it rests on, oldest first; null in a preview. */
  root: string | null
  sample: (ReportSample & { population: number; method: string }) | null
  /** Set where this account may not see what the report is about: it then has no rows, which does not mean that there are none. */
  hidden: string | null
  shows: string[]
  showsNot: string[]
}

export type ReportColumn = { name: string; label: string; kind: 'text' | 'code' | 'time' | 'instant' | 'number' | 'duration' | 'share' | 'yes-no' | 'state' | 'blank' }
export type ReportCell = string | number | boolean | null

export type ReportPreview = {
  head: ReportHead
  /** The figures that stand above the tables. */
  facts: { label: string; value: string }[]
  /** The main table first, each with its first rows. */
  tables: { name: string; title: string; columns: ReportColumn[]; total: number; rows: ReportCell[][]; none: string }[]
}

export const CONTROL_FRAMEWORKS = ['soc2', 'iso27001', 'pci-dss'] as const
export type ControlFramework = (typeof CONTROL_FRAMEWORKS)[number]

/** What stands behind a control in what is held. */
export type ControlEvidence = {
  label: string
  query: string
  records: number
  weighted: number
  /** Of them failed ones. */
  failed: number
  first: Instant | null
  last: Instant | null
  /** Set where this account may not see it. */
  hidden: string | null
}

export type ControlRow = {
  id: string
  title: string
  /** What the control asks, in the words of the mapping. */
  asks: string
  report: ReportKind | null
  evidence: ControlEvidence[]
}

export type ControlSheet = {
  framework: string
  title: string
  version: string
  /** Path of the mapping; `own` where it stands in the workspace and takes the place of the one that came with the app. */
  file: string
  own: boolean
  scope: string
  notice: string
  controls: ControlRow[]
}

export type ControlSheets = {
  period: TimeRange
  coverage: CoverageState
  streams: ReportStream[]
  /** Oldest record held, and what is known to be older than servers keep. */
  retention: { heldSince: Instant | null; heldTo: Instant | null; reachesPeriod: boolean; words: string }
  sheets: ControlSheet[]
  /** Mappings that could not be read, and why. */
  unread: { file: string; reason: string }[]
  /** Folder for mappings of one's own. */
  folder: string
}

export type ReportMethods = {
  'report.preview': ReportPreview
  /** `beside` is a second file with the head, where the format has no place for one. */
  'report.begin': { id: string; name: string; beside: string | null }
  /** The next piece; while records are hashed or pages printed it may be empty. `total` is 0 where it is not known. */
  'report.read': { bytes: Uint8Array; step: 'reading' | 'hashing' | 'writing' | 'printing'; done: number; total: number; isDone: boolean }
  'report.end': Record<string, never>
  'control.sheets': ControlSheets
  /** Begins a sheet as a file, which is read as a report is. */
  'control.begin': { id: string; name: string; beside: string | null }
}
