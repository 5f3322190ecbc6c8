import type { ControlSheet, ControlSheets, ReportFormat, TlpLabel } from '../../../contract'
import { COVERAGE_WORDS, formatInstant, type Connection, type Instant } from '../../../domain'
import { code, fact, renderHtml, renderMarkdown, tableCsv, tableJsonl, words, zoneClock, type Block, type Cell, type Document, type Table } from '../document'
import { sourceWords, visibleWords } from '../reports/sources'
import { streamWords } from '../reports/streams'

export type SheetAsked = { sheet: ControlSheet; sheets: ControlSheets; connections: Connection[]; zone: string; tlp: TlpLabel; version: string; at: Instant }

/** A control sheet as a file, piece by piece; of a PDF the page it is printed from. */
export function sheetPieces(asked: SheetAsked, format: ReportFormat): Iterable<string> {
  if (format === 'csv') return tableCsv(rowTable(asked.sheet))
  if (format === 'jsonl') return sheetLines(asked)
  const document = sheetDocument(asked)
  return format === 'md' ? renderMarkdown(document) : renderHtml(document)
}

function* sheetLines(asked: SheetAsked): Generator<string> {
  yield `${JSON.stringify({ type: 'control-sheet', schema: 1, ...sheetHead(asked) })}\n`
  yield* tableJsonl(rowTable(asked.sheet))
}

/** The head as programs read it: times are RFC 3339 in UTC. */
export function sheetHead({ sheet, sheets, connections, zone, tlp, version, at }: SheetAsked): object {
  const { framework, title, version: edition, file, own, scope, notice } = sheet
  const { period, coverage, retention } = sheets
  return {
    framework,
    title,
    edition,
    mapping: file,
    own,
    scope,
    notice,
    period: { from: formatInstant(period.from), to: formatInstant(period.to) },
    coverage,
    lists: streamWords(sheets.streams),
    retention: retention.words,
    sources: sourceWords(connections),
    visibleTo: visibleWords(connections),
    zone,
    tlp,
    version,
    generatedAt: formatInstant(at),
  }
}

function sheetDocument({ sheet, sheets, connections, zone, tlp, version, at }: SheetAsked): Document {
  const clock = zoneClock(zone)
  const { period, coverage, streams, retention } = sheets
  const span = `${clock.seconds(period.from)} to ${clock.seconds(period.to)} ${clock.zone}`
  return {
    title: `Control sheet: ${sheet.title}`,
    tlp,
    runningHead: `${sheet.framework} · ${span}`,
    runningFoot: `Recount ${version} · generated ${clock.seconds(at)} ${clock.zone}`,
    zone,
    blocks: [
      { kind: 'text', tone: 'warning', text: words(sheet.notice) },
      {
        kind: 'facts',
        facts: [
          fact('Period', `${clock.exact(period.from)} up to, not including, ${clock.exact(period.to)}`),
          fact('Zone of times', clock.zone),
          fact('Scope', sheet.scope),
          fact('Mapping', [...code(sheet.file), ...words(`, edition ${sheet.version}${sheet.own ? ', of this workspace' : ', as it comes with the app'}`)]),
          fact('Sources', sourceWords(connections).join('; ') || 'none'),
          fact('Visible to', visibleWords(connections)),
          fact('Completeness', [{ kind: 'state', state: COVERAGE_WORDS[coverage] }, ...words(` · ${streamWords(streams)}`)]),
          fact('Retention', retention.words),
        ],
      },
      ...sheet.controls.flatMap((control): Block[] => [
        { kind: 'heading', level: 2, text: words(`${control.id} ${control.title}`), anchor: `control-${control.id}` },
        { kind: 'text', tone: 'note', text: words(`${control.asks}${control.report === null ? '' : ` See also the report «${control.report}».`}`) },
        { kind: 'table', table: { ...rowTable({ ...sheet, controls: [control] }), title: '' } },
      ]),
    ],
  }
}

function rowTable({ controls }: Pick<ControlSheet, 'controls'>): Table {
  const rows = controls.flatMap(({ id, title, evidence }) =>
    evidence.map(({ label, query, records, weighted, failed, first, last, hidden }): Cell[] => {
      if (hidden !== null) return [id, title, label, query, null, null, null, null, null, 'not visible to this account', null, null, null]
      return [id, title, label, query, records, weighted, failed, first, last, records > 0 ? 'records held' : 'no record held', null, null, null]
    }),
  )
  return {
    name: 'evidence',
    title: 'Evidence',
    columns: [
      { name: 'control', label: 'Control', kind: 'text', only: 'data' },
      { name: 'control_title', label: 'Title', kind: 'text', only: 'data' },
      { name: 'evidence', label: 'What is held', kind: 'text', width: 2.2 },
      { name: 'query', label: 'Query', kind: 'code', width: 3 },
      { name: 'records', label: 'Records', kind: 'number', width: 0.9 },
      { name: 'stand_for', label: 'Stand for', kind: 'number', only: 'data' },
      { name: 'failed', label: 'Failed', kind: 'number', width: 0.8 },
      { name: 'first', label: 'First', kind: 'time', width: 1.5 },
      { name: 'last', label: 'Last', kind: 'time', width: 1.5 },
      { name: 'status', label: 'Status', kind: 'text', width: 1.4 },
      { name: 'conclusion', label: 'Conclusion', kind: 'blank', width: 1.6 },
      { name: 'reviewer', label: 'Reviewer', kind: 'blank', width: 1.1 },
      { name: 'reviewed_on', label: 'Date', kind: 'blank', width: 0.9 },
    ],
    total: rows.length,
    rows: () => rows,
    none: 'The mapping names no evidence for it.',
  }
}
