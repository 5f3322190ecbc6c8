import type { Notebook, NotebookSide } from '../../../contract'
import { code, fact, renderHtml, renderHtmlBody, renderMarkdown, words, zoneClock, type Block, type Document, type Fact, type Inline, type ZoneClock } from '../document'
import { counted } from '../reports/count-words'
import { cellAnchor, cellBlocks, evidenceAnchor } from './cell-blocks'
import { CitedEvents } from './citations'
import { outwardLink } from './markdown-blocks'
import type { NotebookHead, NotebookRendering, NotebookTextFormat } from './notebook-head'
import { notebookJsonl } from './notebook-jsonl'

/** A notebook as a file, piece by piece. Throws `bad-ask` for a zone that is not known. */
export function renderNotebook(notebook: Notebook, format: NotebookTextFormat, how: NotebookRendering): Generator<string> {
  if (format === 'jsonl') return notebookJsonl(notebook, how.head)
  const document = notebookDocument(notebook, how)
  return format === 'md' ? renderMarkdown(document) : renderHtml(document)
}

/** The body of its HTML, for a page with a head of its own; its look is `STYLE` of the documents. */
export function notebookHtmlBody(notebook: Notebook, how: NotebookRendering): string {
  return [...renderHtmlBody(notebookDocument(notebook, how))].join('')
}

export function notebookDocument(notebook: Notebook, how: NotebookRendering): Document {
  const { head } = how
  const clock = zoneClock(how.zone)
  const cited = new CitedEvents(notebook)
  const linkOf = (href: string) => linkIn(href, cited)
  const blocks: Block[] = [
    { kind: 'facts', facts: headFacts(notebook, { head, clock, cited }) },
    ...timelineBlocks(notebook, clock),
    { kind: 'heading', level: 1, text: words('Notebook'), anchor: 'notebook' },
    ...(notebook.cells.length === 0 ? [{ kind: 'text' as const, text: words('The notebook has no cells.') }] : []),
    ...notebook.cells.flatMap((cell) => cellBlocks(cell, { cited, clock, linkOf })),
    ...evidenceBlocks(cited, how),
    ...provesBlocks(),
  ]
  const window = notebook.range ? `${clock.seconds(notebook.range.from)} to ${clock.seconds(notebook.range.to)} ${clock.zone}` : 'no incident window set'
  return {
    title: notebook.title,
    tlp: notebook.tlp,
    runningHead: `Incident notebook · ${window}`,
    runningFoot: `Recount ${head.version} · generated ${clock.seconds(head.generatedAt)} ${clock.zone} by ${head.generatedBy}`,
    zone: how.zone,
    blocks,
  }
}

/** Links inside the app name an event by its key; in a document they lead to where it is cited. */
function linkIn(href: string, cited: CitedEvents): string | null {
  const outward = outwardLink(href)
  if (outward !== null) return outward
  const key = /^recount:event\/([^?#]+)$/.exec(href)?.[1]
  const n = key === undefined ? null : cited.numberOfKey(decoded(key))
  return n === null ? null : `#${evidenceAnchor(n)}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

type Ground = { head: NotebookHead; clock: ZoneClock; cited: CitedEvents }

function headFacts(notebook: Notebook, { head, clock, cited }: Ground): Fact[] {
  const { side } = head
  const findings = notebook.cells.filter(({ content }) => content.kind === 'finding').length
  const range = notebook.range
  return [
    fact('Status', notebook.status.replace('-', ' ')),
    fact('Incident window', range ? `${clock.exact(range.from)} up to ${clock.exact(range.to)}` : 'not set'),
    fact('Zone of times', clock.zone),
    fact('Created', [{ kind: 'time', at: notebook.createdAt }, ...words(` by ${notebook.createdBy}`)]),
    fact('Last changed', [{ kind: 'time', at: notebook.changedAt }, ...words(`, revision ${notebook.revision}`)]),
    fact('Generated', [{ kind: 'time', at: head.generatedAt }, ...words(` by ${head.generatedBy} with Recount ${head.version}`)]),
    fact('Holds', [counted(notebook.cells.length, 'cell'), counted(findings, 'finding'), counted(cited.all.length, 'event cited alone', 'events cited alone')].join(', ')),
    fact('Sources', head.sources.length > 0 ? lines(head.sources) : 'none'),
    ...(side ? sideFacts(side) : []),
  ]
}

function lines(texts: readonly string[]): Inline[] {
  return texts.flatMap((text, at): Inline[] => (at === 0 ? words(text) : [{ kind: 'break' }, ...words(text)]))
}

function sideFacts({ people, machines, coverage, check, custody }: NotebookSide): Fact[] {
  const { cited, same, changed, missing } = check
  const checked = changed.length + missing.length === 0 ? `${same} of ${cited} cited records are held as they were cited` : `of ${cited} cited records ${changed.length} changed since and ${missing.length} are not held any more`
  return [
    fact('People', people.join(', ') || 'none named'),
    fact('Machines', machines.join(', ') || 'none named'),
    fact('Coverage', coverage === null ? 'nothing to tell of' : [{ kind: 'state', state: coverage }]),
    fact('Citations', checked),
    fact('Custody log', [...words(`${custody.entries} entries, ${custody.isIntact ? 'chain intact' : 'chain broken'}, head `), ...code(custody.head)]),
  ]
}

function timelineBlocks(notebook: Notebook, clock: ZoneClock): Block[] {
  const findings = notebook.cells.flatMap(({ id, content }) => (content.kind === 'finding' ? [{ id, ...content }] : []))
  const timed = findings.filter((finding) => finding.eventTime !== null).sort((a, b) => (a.eventTime ?? 0) - (b.eventTime ?? 0))
  if (timed.length === 0) return []
  const untimed = findings.length - timed.length
  const ids = timed.map(({ id }) => id)
  return [
    { kind: 'heading', level: 1, text: words('Incident timeline'), anchor: 'timeline' },
    {
      kind: 'table',
      table: {
        name: 'timeline',
        title: '',
        columns: [
          { name: 'no', label: 'No.', kind: 'text', width: 0.6, link: (cell) => `#${cellAnchor(ids[Number(cell) - 1] ?? '')}` },
          { name: 'time', label: `Time (${clock.zone})`, kind: 'instant', width: 2.2 },
          { name: 'claim', label: 'Finding', kind: 'text', width: 6 },
          { name: 'severity', label: 'Severity', kind: 'state' },
          { name: 'cited', label: 'Cited', kind: 'number', width: 0.8 },
        ],
        total: timed.length,
        rows: () => timed.map(({ eventTime, claim, severity, citations }, at) => [String(at + 1), eventTime, firstLine(claim), severity, citations.length]),
        none: '',
      },
    },
    ...(untimed > 0 ? [{ kind: 'text' as const, tone: 'note' as const, text: words(`Findings without a time of their own: ${untimed}.`) }] : []),
  ]
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().split(/[\r\n]/, 1)
  return line
}

function evidenceBlocks(cited: CitedEvents, { recordLink }: NotebookRendering): Block[] {
  if (cited.all.length === 0) return []
  const byNumber = (cell: unknown) => cited.all[Number(String(cell).slice(1)) - 1]
  return [
    { kind: 'heading', level: 1, text: words('Cited evidence'), anchor: 'evidence' },
    { kind: 'text', tone: 'note', text: words('Leaf: RFC 6962 leaf hash (SHA-256) of the record as canonical JSON (RFC 8785). File: SHA-256 of the evidence file that holds it.') },
    {
      kind: 'table',
      table: {
        name: 'evidence',
        title: '',
        columns: [
          {
            name: 'evidence',
            label: 'No.',
            kind: 'text',
            width: 0.7,
            anchor: (cell) => evidenceAnchor(Number(String(cell).slice(1))),
            link: (cell) => {
              const one = byNumber(cell)
              return (one && recordLink?.(one.citation, one.n)) ?? null
            },
          },
          { name: 'key', label: 'Event', kind: 'code', width: 4 },
          { name: 'leaf', label: 'Leaf', kind: 'code', width: 4 },
          { name: 'file', label: 'File', kind: 'code', width: 4 },
          { name: 'connection', label: 'Connection', kind: 'text', width: 1.6 },
        ],
        total: cited.all.length,
        rows: () => cited.all.map(({ n, citation: { key, leaf, evidence, row } }) => [`E${n}`, key, leaf, evidence, row.connection]),
        none: '',
      },
    },
  ]
}

function provesBlocks(): Block[] {
  return [
    { kind: 'heading', level: 1, text: words('What this shows and what it does not'), anchor: 'shows' },
    {
      kind: 'text',
      text: words(
        'The hashes show that a cited record is the one that was held by this installation when it was cited. They do not show that the log of the server was true, nor that the server gave everything it had: for that see the coverage. Without a signature, a time stamp of somebody else or a copy out of the hands of whoever holds this document, a holder could have made it anew.',
      ),
    },
  ]
}
