import type { ReportHead, ReportStream } from '../../../contract'
import { COVERAGE_WORDS } from '../../../domain'
import { code, fact, words, zoneClock, type Block, type Cell, type Document, type Fact, type Inline, type Table, type ZoneClock } from '../document'
import { counted } from './count-words'
import type { Gathered } from './ground'
import { printedTable } from './main-table'
import { streamWords, totalsOf } from './streams'

/** A report as a document: its head, its figures and tables, what is known to be held, and what it shows and does not. */
export function reportDocument(head: ReportHead, gathered: Gathered, chosen: readonly number[] | null): Document {
  const clock = zoneClock(head.zone)
  const main = printedTable(gathered.main, chosen)
  const tables = head.hidden === null ? [{ table: main }, ...gathered.sections] : []
  const period = `${clock.seconds(head.period.from)} to ${clock.seconds(head.period.to)}`
  return {
    title: head.title,
    tlp: head.tlp,
    runningHead: `${systemWords(head)} · ${period} ${clock.zone}`,
    runningFoot: `Recount ${head.version} · generated ${clock.seconds(head.generatedAt)} ${clock.zone}${head.root === null ? '' : ` · root ${head.root.slice(0, 16)}…`}`,
    zone: head.zone,
    blocks: [
      { kind: 'text', text: words(head.question) },
      ...(head.hidden === null ? [] : [{ kind: 'text' as const, tone: 'warning' as const, text: words(head.hidden) }]),
      ...coverageWarning(head),
      { kind: 'facts', facts: headFacts(head, clock) },
      ...contents(tables.map(({ table }) => table)),
      ...(gathered.facts.length > 0 ? [heading('Figures', 'figures'), { kind: 'facts' as const, facts: gathered.facts }] : []),
      ...gathered.notes,
      ...tables.flatMap(({ table, ...section }) => tableBlocks(table, 'text' in section ? section.text : undefined)),
      heading('What is known to be held', 'coverage'),
      { kind: 'table', table: streamTable(head.streams) },
      ...holeBlocks(head.streams),
      heading('What this report shows and what it does not', 'shows'),
      { kind: 'list', start: null, items: (head.hidden === null ? head.shows : ['Nothing: what it is about is not visible to this account.']).map(sentence) },
      { kind: 'text', text: [{ kind: 'strong', of: words('It does not show:') }] },
      { kind: 'list', start: null, items: [...head.showsNot, ...ALWAYS].map(sentence) },
    ],
  }
}

const ALWAYS = [
  'That the log of a source was true. The root shows that the records are those held by this installation when the report was made; without a seal or a copy out of the hands of whoever holds them, a holder could have made them anew.',
]

function heading(text: string, anchor: string): Block {
  return { kind: 'heading', level: 1, text: words(text), anchor }
}

function sentence(text: string): Block[] {
  return [{ kind: 'text', text: words(text) }]
}

function systemWords({ sources }: ReportHead): string {
  const named = sources.slice(0, 3).map(({ connection, kind }) => `${connection} (${kind})`)
  return sources.length === 0 ? 'no source' : `${named.join(', ')}${sources.length > 3 ? ` and ${sources.length - 3} more` : ''}`
}

function coverageWarning({ coverage, streams }: ReportHead): Block[] {
  if (coverage === 'complete') return []
  return [{ kind: 'text', tone: 'warning', text: words(`What is held of the period is not known to be complete (${streamWords(streams)}). Where a row is missing, nothing follows from that.`) }]
}

function headFacts(head: ReportHead, clock: ZoneClock): Fact[] {
  const { period, sources, filters, sample } = head
  return [
    fact('Period', `${clock.exact(period.from)} up to, not including, ${clock.exact(period.to)}`),
    fact('Zone of times', clock.zone),
    fact('Sources', sources.length === 0 ? 'none' : lines(sources.map(({ connection, kind, place, tenant, account, role }) => `${connection}: ${kind}, ${place}${tenant === null ? '' : `, tenant ${tenant}`}${account === null ? '' : `, as ${account}`}${role === null ? '' : ` (${role})`}`))),
    fact('Visible to', head.visibleTo),
    fact('Rests on query', head.query === '' ? 'everything' : code(head.query)),
    fact('Filters', filters.length === 0 ? 'none' : lines(filters)),
    fact('Records in, rows shown', head.hidden !== null ? 'not visible to this account' : `${counted(head.rowsIn, 'record')} in, ${counted(head.rowsShown, 'row')} shown; a row is ${head.rowIs}`),
    fact('Against the servers', totalWords(head.streams)),
    fact('Completeness', [{ kind: 'state', state: COVERAGE_WORDS[head.coverage] }, ...words(` · ${streamWords(head.streams)}`)]),
    fact('Sample', sample === null ? 'none: all rows are shown' : `${Math.min(sample.size, sample.population)} of a population of ${sample.population.toLocaleString('en-US')}, seed «${sample.seed}». ${sample.method}`),
    fact('Root (RFC 6962)', head.root === null ? 'none' : [...code(head.root), ...words(` over the canonical rows (RFC 8785) of ${counted(head.rowsIn, 'record')}, oldest first`)]),
    fact('Generated', [{ kind: 'time', at: head.generatedAt }, ...words(` by ${head.generatedBy} with Recount ${head.version}`)]),
    fact('Classification', head.tlp),
  ]
}

function totalWords(streams: readonly ReportStream[]): string {
  const { held, server, counted: told } = totalsOf(streams)
  const rest = streams.length - told
  if (server === null) return `${held.toLocaleString('en-US')} records held; no server gives a total for the period`
  const ofThem = streams.filter(({ serverTotal }) => serverTotal !== null).reduce((sum, one) => sum + one.held, 0)
  return `${ofThem.toLocaleString('en-US')} held of ${server.toLocaleString('en-US')} that the servers count${rest > 0 ? `; ${counted(rest, 'list')} without a total` : ''}`
}

function lines(texts: readonly string[]): Inline[] {
  return texts.flatMap((text, at): Inline[] => (at === 0 ? words(text) : [{ kind: 'break' }, ...words(text)]))
}

function contents(tables: readonly Table[]): Block[] {
  const item = (text: string, anchor: string): Block[] => [{ kind: 'text', text: [{ kind: 'link', href: `#${anchor}`, of: words(text) }] }]
  const items = [
    ...tables.map(({ title, name, total }) => item(`${title} (${total.toLocaleString('en-US')})`, name)),
    item('What is known to be held', 'coverage'),
    item('What this report shows and what it does not', 'shows'),
  ]
  return [{ kind: 'list', look: 'contents', start: null, items }]
}

function tableBlocks(table: Table, text: string | undefined): Block[] {
  return [heading(table.title, table.name), ...(text === undefined ? [] : [{ kind: 'text' as const, tone: 'note' as const, text: words(text) }]), { kind: 'table', table: { ...table, title: '' } }]
}

function streamTable(streams: readonly ReportStream[]): Table {
  const rows = () => streams.map(({ connection, stream, state, held, serverTotal, holes }): Cell[] => [connection, stream, COVERAGE_WORDS[state], held, serverTotal, holes.length])
  return {
    name: 'coverage',
    title: '',
    columns: [
      { name: 'connection', label: 'Connection', kind: 'text', width: 1.5 },
      { name: 'list', label: 'List', kind: 'text', width: 3 },
      { name: 'state', label: 'State', kind: 'state' },
      { name: 'held', label: 'Held', kind: 'number' },
      { name: 'server_total', label: 'On server', kind: 'number' },
      { name: 'incomplete_ranges', label: 'Ranges not complete', kind: 'number' },
    ],
    total: streams.length,
    rows,
    none: 'No list is known: nothing proves that anything is held of this period.',
  }
}

function holeBlocks(streams: readonly ReportStream[]): Block[] {
  const holes = holeRows(streams)
  if (holes.length === 0) return []
  return [
    { kind: 'text', tone: 'note', text: words('What is not complete, and why. Lists of one kind that lack the same are one row, from the first of it to the last; as JSON Lines the head of the report has each range of each list.') },
    {
      kind: 'table',
      table: {
        name: 'holes',
        title: '',
        columns: [
          { name: 'connection', label: 'Connection', kind: 'text', width: 1.3 },
          { name: 'list', label: 'Lists', kind: 'text', width: 2 },
          { name: 'state', label: 'State', kind: 'state', width: 1.2 },
          { name: 'from', label: 'From', kind: 'time', width: 1.8 },
          { name: 'to', label: 'To', kind: 'time', width: 1.8 },
          { name: 'note', label: 'Why', kind: 'text', width: 4 },
        ],
        total: holes.length,
        rows: () => holes,
        none: '',
      },
    },
  ]
}

type Alike = { connection: string; kind: string; lists: Set<string>; state: string; from: number; to: number; note: string | null }

function holeRows(streams: readonly ReportStream[]): Cell[][] {
  const alike = new Map<string, Alike>()
  for (const { connection, stream, holes } of streams) {
    const [kind = stream] = stream.split('/', 1)
    for (const { from, to, state, note } of holes) {
      const name = JSON.stringify([connection, kind, state, note])
      const one = alike.get(name) ?? { connection, kind, lists: new Set(), state: COVERAGE_WORDS[state], from, to, note }
      one.lists.add(stream)
      one.from = Math.min(one.from, from)
      one.to = Math.max(one.to, to)
      alike.set(name, one)
    }
  }
  return [...alike.values()].map(({ connection, kind, lists, state, from, to, note }) => [connection, lists.size === 1 ? ([...lists][0] ?? kind) : `${kind} (${lists.size} lists)`, state, from, to, note])
}
