import type { Cell, CellContent, Citation, Frozen, TimelineRow, View } from '../../../contract'
import { code, durationText, words, type Block, type Column, type Inline, type Table, type ZoneClock } from '../document'
import type { CitedEvents } from './citations'
import { markdownBlocks, type LinkTest } from './markdown-blocks'

export type CellGround = { cited: CitedEvents; clock: ZoneClock; linkOf: LinkTest }

/** A cell as it reads in a document. */
export function cellBlocks({ id, content, by, conflicts }: Cell, ground: CellGround): Block[] {
  const blocks = contentBlocks(content, ground)
  const others = conflicts.map(({ content: other, by: who }): Block => ({
    kind: 'quote',
    of: [
      { kind: 'text', tone: 'warning', text: words(`Written at the same time by ${who}; not decided which is to stay.`) },
      ...(other ? contentBlocks(other, ground) : [{ kind: 'text' as const, text: words('Removed.') }]),
    ],
  }))
  const all = others.length > 0 ? [...blocks, { kind: 'text' as const, tone: 'warning' as const, text: words(`This is the writing of ${by}; others wrote it too:`) }, ...others] : blocks
  return [{ kind: 'group', tone: content.kind === 'finding' ? 'finding' : 'cell', anchor: cellAnchor(id), of: all }]
}

export function cellAnchor(id: string): string {
  return `cell-${id}`
}

export function evidenceAnchor(n: number): string {
  return `evidence-${n}`
}

function contentBlocks(content: CellContent, ground: CellGround): Block[] {
  switch (content.kind) {
    case 'text':
      return markdownBlocks(content.text, ground.linkOf)
    case 'query':
      return [heading(content.title || 'Query'), viewText(content.view, ground), ...frozenBlocks(content.frozen, { rows: true, bars: false })]
    case 'chart':
      return [heading(content.title || 'Chart'), viewText(content.view, ground), ...chartBlocks(content.frozen, content.by)]
    case 'events':
      return [heading(content.title || 'Events'), { kind: 'table', table: citedTable(content.citations, ground.cited) }]
    case 'clip':
      return clipBlocks(content)
    case 'finding':
      return findingBlocks(content, ground)
    case 'negative':
      return [
        { kind: 'heading', level: 3, text: words('Looked for and not found') },
        ...markdownBlocks(content.claim, ground.linkOf),
        viewText(content.view, ground),
        ...frozenBlocks(content.frozen, { rows: true, bars: false }),
      ]
  }
}

function heading(text: string): Block {
  return { kind: 'heading', level: 3, text: words(text) }
}

function viewText({ query, range, order }: View, { clock }: CellGround): Block {
  const when = range ? ` from ${clock.seconds(range.from)} up to ${clock.seconds(range.to)} ${clock.zone}` : ' of any time'
  return { kind: 'text', tone: 'note', text: [...words('Query: '), ...(query.trim() === '' ? words('everything') : code(query)), ...words(`${when}, ${order === 'asc' ? 'oldest' : 'newest'} first.`)] }
}

function frozenBlocks(frozen: Frozen | null, show: { rows: boolean; bars: boolean }): Block[] {
  if (!frozen) return [{ kind: 'text', tone: 'warning', text: words('Live: its rows were not frozen, so this document holds none of them.') }]
  return [
    { kind: 'text', text: frozenWords(frozen) },
    ...(show.bars && frozen.histogram ? [barsOf(frozen, 'Events over time')] : []),
    ...(show.rows && frozen.rows > 0 ? [{ kind: 'table' as const, table: rowTable(frozen) }] : []),
  ]
}

function frozenWords({ at, by, rows, matching, root, coverage }: Frozen): Inline[] {
  const weighted = matching === rows ? '' : ` standing for ${matching.toLocaleString('en-US')}`
  return [
    ...words(`${rows.toLocaleString('en-US')} ${rows === 1 ? 'record' : 'records'}${weighted}, frozen `),
    { kind: 'time', at },
    ...words(` by ${by}. Coverage then: `),
    { kind: 'state', state: coverage },
    ...words('. Root '),
    ...code(root),
    ...words('.'),
  ]
}

function barsOf({ histogram }: Frozen, title: string): Block {
  const { from, step, success, failure, unknown } = histogram ?? { from: 0, step: 1, success: [], failure: [], unknown: [] }
  return { kind: 'bars', title, bars: { from, step, success, failure, unknown } }
}

/** Bars by a value are not drawn from a frozen chart: it holds counts over time alone. */
function chartBlocks(frozen: Frozen | null, by: string | null): Block[] {
  const told: Block[] = by === null ? [] : [{ kind: 'text', tone: 'note', text: [...words('Counted by '), ...code(by), ...words(' on screen; what was frozen is its count over time.')] }]
  return [...told, ...frozenBlocks(frozen, { rows: false, bars: true })]
}

const ROW_COLUMNS: readonly Column[] = [
  { name: 'time', label: 'Time', kind: 'instant', width: 3 },
  { name: 'user', label: 'User', kind: 'text', width: 2 },
  { name: 'what', label: 'What happened', kind: 'code', width: 5 },
  { name: 'place', label: 'Place', kind: 'text', width: 2.4 },
  { name: 'ip', label: 'IP', kind: 'code', width: 2 },
  { name: 'outcome', label: 'Outcome', kind: 'state', width: 1.4 },
]

function rowCells({ time, user, lead, detail, place, ip, outcome, repeat }: TimelineRow) {
  const times = repeat > 1 ? ` × ${repeat}` : ''
  return [time, user, `${lead}${detail === '' ? '' : ` ${detail}`}${times}`, place, ip, outcome]
}

function rowTable({ first, rows, evidence }: Frozen): Table {
  const rest = rows - first.length
  return {
    name: 'rows',
    title: rest > 0 ? `First ${first.length} of ${rows.toLocaleString('en-US')} records; all are in the evidence file ${evidence}` : '',
    columns: ROW_COLUMNS,
    total: first.length,
    rows: () => first.map(rowCells),
    none: `All ${rows.toLocaleString('en-US')} records are in the evidence file ${evidence}.`,
  }
}

export function citedTable(citations: readonly Citation[], cited: CitedEvents): Table {
  return {
    name: 'citations',
    title: '',
    columns: [{ name: 'evidence', label: 'No.', kind: 'text', width: 0.8, link: (cell) => `#${evidenceAnchor(Number(String(cell).slice(1)))}` }, ...ROW_COLUMNS],
    total: citations.length,
    rows: () => citations.map((citation) => [`E${cited.numberOf(citation)}`, ...rowCells(citation.row)]),
    none: 'No event is cited.',
  }
}

function clipBlocks({ title, clip, note }: Extract<CellContent, { kind: 'clip' }>): Block[] {
  const { recording, sha256, from, to, screen } = clip
  const facts: Inline[] = [...words('Recording '), ...code(recording), ...words(`, ${durationText(from * 1000)} to ${durationText(to * 1000)} after its start. `)]
  const hash: Inline[] = sha256 === null ? words('Its bytes had no hash then.') : [...words('SHA-256 of its bytes: '), ...code(sha256), ...words('.')]
  return [
    heading(title || 'Replay clip'),
    { kind: 'text', tone: 'note', text: [...facts, ...hash] },
    { kind: 'code', text: screen },
    ...(note.trim() === '' ? [] : [{ kind: 'text' as const, text: words(note) }]),
  ]
}

function findingBlocks({ claim, severity, eventTime, discoveredAt, citations }: Extract<CellContent, { kind: 'finding' }>, ground: CellGround): Block[] {
  const when: Inline[] = eventTime === null ? words('No time of its own') : [...words('Happened '), { kind: 'time', at: eventTime }]
  return [
    { kind: 'heading', level: 3, text: [...words('Finding '), { kind: 'state', state: severity }] },
    ...markdownBlocks(claim, ground.linkOf),
    { kind: 'text', tone: 'note', text: [...when, ...words('; found out '), { kind: 'time', at: discoveredAt }, ...words('.')] },
    ...(citations.length > 0
      ? [{ kind: 'table' as const, table: citedTable(citations, ground.cited) }]
      : [{ kind: 'text' as const, tone: 'warning' as const, text: words('This finding cites no event.') }]),
  ]
}
