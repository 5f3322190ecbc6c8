import type { TlpLabel } from '../../../contract'
import type { Instant } from '../../../domain'

// What a report or a notebook is before it becomes Markdown, HTML, CSV or JSON Lines. Texts are raw, as a machine or a
// person wrote them: whoever renders them makes them harmless.

/** Times are instants; a duration is in milliseconds. */
export type Cell = string | number | boolean | null

/** `code`: what a machine wrote; `time` to the second, `instant` to the millisecond; `blank`: left to be filled in by hand. */
export type CellKind = 'text' | 'code' | 'time' | 'instant' | 'number' | 'duration' | 'share' | 'yes-no' | 'state' | 'blank'

export type Column = {
  /** In CSV and JSON Lines. */
  name: string
  label: string
  kind: CellKind
  /** Parts of the width of a printed table, of which columns without one have 1 each. */
  width?: number
  /** On pages alone, or in CSV and JSON Lines alone; in both unless given. */
  only?: 'page' | 'data'
  /** Where a cell leads to, as `href` of a link; null leads nowhere. */
  link?: (cell: Cell) => string | null
  /** Makes the cell a place that links lead to. */
  anchor?: (cell: Cell) => string
}

export type Table = {
  name: string
  title: string
  columns: readonly Column[]
  total: number
  rows: () => Iterable<readonly Cell[]>
  /** Said where there is no row. */
  none: string
}

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'time'; at: Instant }
  | { kind: 'state'; state: string }
  | { kind: 'strong' | 'emphasis' | 'struck'; of: readonly Inline[] }
  /** `href` is http, https, mailto, a place in the document (`#...`) or beside it. */
  | { kind: 'link'; href: string; of: readonly Inline[] }
  | { kind: 'break' }

export type Fact = { label: string; value: readonly Inline[] }

export type Bars = {
  /** Begin of the first bar and width of each, in milliseconds. */
  from: Instant
  step: number
  success: readonly number[]
  failure: readonly number[]
  unknown: readonly number[]
}

export type Block =
  /** `anchor` is what links in the document lead to. */
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: readonly Inline[]; anchor?: string }
  | { kind: 'text'; text: readonly Inline[]; tone?: 'note' | 'warning' }
  /** `contents` are links to what follows. */
  | { kind: 'list'; start: number | null; items: readonly (readonly Block[])[]; look?: 'contents' }
  | { kind: 'quote'; of: readonly Block[] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' }
  | { kind: 'facts'; facts: readonly Fact[] }
  | { kind: 'table'; table: Table }
  | { kind: 'bars'; bars: Bars; title: string }
  /** Blocks that belong together, as a finding with what it cites. */
  | { kind: 'group'; of: readonly Block[]; anchor?: string; tone?: 'finding' | 'cell' }

export type Document = {
  title: string
  tlp: TlpLabel
  /** Stands on every printed page: system and period. */
  runningHead: string
  /** Stands at the foot of every printed page: who made it, when, root hash. */
  runningFoot: string
  zone: string
  blocks: readonly Block[]
}

export function words(text: string): Inline[] {
  return [{ kind: 'text', text }]
}

export function code(text: string): Inline[] {
  return [{ kind: 'code', text }]
}

export function fact(label: string, value: string | readonly Inline[]): Fact {
  return { label, value: typeof value === 'string' ? words(value) : value }
}
