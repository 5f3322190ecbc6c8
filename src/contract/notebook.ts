import type { CoverageState, Instant, Severity, TimeRange } from '../domain'
import type { Histogram, TimelineRow, View } from './methods'
import type { RecordingClip } from './recording'

/** Traffic Light Protocol 2.0 of FIRST, literal. */
export const TLP_LABELS = ['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR'] as const
export type TlpLabel = (typeof TLP_LABELS)[number]

export const NOTEBOOK_STATES = ['open', 'in-review', 'closed'] as const
export type NotebookState = (typeof NOTEBOOK_STATES)[number]

export const CELL_KINDS = ['text', 'query', 'chart', 'events', 'clip', 'finding', 'negative'] as const
export type CellKind = (typeof CELL_KINDS)[number]

export const CLAIM_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type ClaimSeverity = (typeof CLAIM_SEVERITIES)[number]

/**
 * An event as it was when it was cited. `leaf` is the hex RFC 6962 leaf hash of its canonical row (RFC 8785), which the
 * evidence file `evidence` holds: the citation stands by itself even where the cache is gone.
 */
export type Citation = {
  key: string
  leaf: string
  /** Hex SHA-256 of the file of evidence that holds the row. */
  evidence: string
  row: TimelineRow
  severity: Severity
}

/** The rows of a view as they were at a moment. */
export type Frozen = {
  at: Instant
  by: string
  /** Records, and records weighted by what they stand for. */
  rows: number
  matching: number
  /** Hex RFC 6962 root over the canonical rows in the order of the view. */
  root: string
  /** Hex SHA-256 of the file that holds them, one canonical row a line. */
  evidence: string
  coverage: CoverageState
  histogram: Histogram | null
  /** The first rows, ready to show. */
  first: TimelineRow[]
}

export type TextCell = { kind: 'text'; text: string }
export type QueryCell = { kind: 'query'; title: string; view: View; frozen: Frozen | null }
/** `by` is a field of the language to count by; null is over time. */
export type ChartCell = { kind: 'chart'; title: string; view: View; by: string | null; frozen: Frozen | null }
export type EventsCell = { kind: 'events'; title: string; citations: Citation[] }
export type ClipCell = { kind: 'clip'; title: string; clip: RecordingClip; note: string }
/** A claim that cites evidence. `eventTime` is when it happened, `discoveredAt` when it was found out. */
export type FindingCell = {
  kind: 'finding'
  claim: string
  severity: ClaimSeverity
  eventTime: Instant | null
  discoveredAt: Instant
  citations: Citation[]
}
/** Looked for and not there: worth what the coverage of that moment is worth. */
export type NegativeCell = { kind: 'negative'; claim: string; view: View; frozen: Frozen | null }
export type CellContent = TextCell | QueryCell | ChartCell | EventsCell | ClipCell | FindingCell | NegativeCell

export type Cell = {
  id: string
  folded: boolean
  content: CellContent
  by: string
  at: Instant
  /** The writing shown: what `choose` names to keep it. */
  op: string
  /** Others wrote the same cell at the same time: theirs are kept until one is chosen. Null content is its removal. */
  conflicts: { op: string; content: CellContent | null; by: string; at: Instant }[]
}

export type NotebookFacts = {
  id: string
  title: string
  tlp: TlpLabel
  status: NotebookState
  /** Incident window; null where none is set. */
  range: TimeRange | null
  createdAt: Instant
  createdBy: string
  changedAt: Instant
  cells: number
  findings: number
}

export type Notebook = Omit<NotebookFacts, 'cells' | 'findings'> & {
  cells: Cell[]
  /** Changes with every change of it. */
  revision: number
  canUndo: boolean
  canRedo: boolean
}

/** What a person does to a notebook; `id` of a new cell is chosen by who adds it. */
export type NotebookChange =
  | { do: 'title'; title: string }
  | { do: 'tlp'; tlp: TlpLabel }
  | { do: 'status'; status: NotebookState }
  | { do: 'range'; range: TimeRange | null }
  /** After the cell of that id; null is at the beginning. */
  | { do: 'add'; id: string; content: CellContent; after: string | null }
  | { do: 'write'; cell: string; content: CellContent }
  | { do: 'move'; cell: string; after: string | null }
  | { do: 'remove'; cell: string }
  | { do: 'fold'; cell: string; folded: boolean }
  /** Of a cell that several wrote: the writing to keep. */
  | { do: 'choose'; cell: string; op: string }

/** An entry of a notebook's history, newest first. */
export type NotebookEntry = { op: string; at: Instant; by: string; words: string; undone: boolean }

export const NOTEBOOK_TEMPLATES = ['blank', 'failed-sign-ins', 'approvals-quarter', 'account-window', 'server-reach'] as const
export type NotebookTemplate = (typeof NOTEBOOK_TEMPLATES)[number]

/** What the cited records of a notebook are against what is held now. */
export type CitationCheck = {
  cited: number
  same: number
  /** By key: held with other bytes, or not held any more. */
  changed: { key: string; cell: string }[]
  missing: { key: string; cell: string }[]
  /** Cells whose files of evidence are missing or are not the bytes of their name. */
  damaged: { evidence: string; cell: string }[]
}

/** Beside a notebook. */
export type NotebookSide = {
  people: string[]
  machines: string[]
  /** Of the incident window, or of all that is cited. */
  range: TimeRange | null
  coverage: CoverageState | null
  events: number
  recordings: number
  frozen: number
  check: CitationCheck
  custody: { entries: number; head: string; isIntact: boolean }
}

/** What a copy of a notebook holds that is not here. */
export type NotebookMerge = {
  id: string
  title: string
  /** Nothing of this notebook is here. */
  isNew: boolean
  /** Steps of the notebook. */
  added: number
  /** Cells that both wrote; both writings are kept. */
  conflicts: number
  /** Changes of marks of events that it cites, and comments on those that were written, edited or taken back. */
  marks: number
  comments: number
  /** Who wrote what it brings. */
  by: string[]
}

export const NOTEBOOK_FORMATS = ['md', 'html', 'jsonl', 'pdf'] as const
export type NotebookFormat = (typeof NOTEBOOK_FORMATS)[number]

export type NotebookMethods = {
  /** Changed last first. */
  'notebook.list': NotebookFacts[]
  'notebook.get': Notebook
  'notebook.create': { id: string }
  /** Durable when it answers. */
  'notebook.apply': { revision: number }
  'notebook.undo': { revision: number }
  'notebook.redo': { revision: number }
  'notebook.history': NotebookEntry[]
  /** Takes it from the list; what was written stays in the journal, and `notebook.restore` brings it back. */
  'notebook.remove': Record<string, never>
  'notebook.restore': Record<string, never>
  /** Copies the rows of a view into a file of evidence, as they are now. */
  'notebook.freeze': Frozen
  /** The same for single events. */
  'notebook.cite': Citation[]
  'notebook.side': NotebookSide
  /**
   * A copy for another investigator, with the marks and comments of the events that it cites; what taking one in would bring;
   * and that taken in: what both wrote is kept.
   */
  'notebook.pack': { name: string; bytes: Uint8Array }
  'notebook.compare': NotebookMerge
  'notebook.merge': NotebookMerge
  'notebook.export': { name: string; bytes: Uint8Array }
}
