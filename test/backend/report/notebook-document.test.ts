import { lexer, type Token } from 'marked'
import { describe, expect, it } from 'vitest'
import { notebookHtmlBody, renderNotebook, type NotebookHead } from '../../../src/backend/report'
import type { Cell, CellContent, Citation, Notebook, TimelineRow } from '../../../src/contract'

const AT = Date.UTC(2026, 1, 6, 2, 58, 41, 207)

const HEAD: NotebookHead = { version: '1.2.3', generatedAt: AT + 1000, generatedBy: 'ana', sources: ['prod: webxterm, https://x.example'], side: null }

function row(key: string, lead: string): TimelineRow {
  return { key, time: AT, timePrecision: 'ms', category: 'privilege', outcome: 'success', severity: 'critical', action: 'role_change', user: 'akim', place: 'user/jmorales', ip: '203.0.113.42', lead, detail: 'member → company_admin', repeat: 1, companion: false, connection: 'prod' }
}

function citation(key: string, lead = 'role_changed'): Citation {
  return { key, leaf: 'a'.repeat(64), evidence: 'b'.repeat(64), row: row(key, lead), severity: 'critical' }
}

function notebook(...contents: CellContent[]): Notebook {
  const cells = contents.map((content, at): Cell => ({ id: `c${at + 1}`, op: `o${at + 1}`, folded: false, content, by: 'ana', at: AT, conflicts: [] }))
  return { id: 'n1', title: 'Stuffing <b>of</b> akim', tlp: 'TLP:AMBER', status: 'open', range: { from: AT - 1000, to: AT + 1000 }, createdAt: AT, createdBy: 'ana', changedAt: AT, cells, revision: 3, canUndo: false, canRedo: false }
}

const finding = (claim: string, eventTime: number | null, ...citations: Citation[]): CellContent => ({ kind: 'finding', claim, severity: 'high', eventTime, discoveredAt: AT, citations })

function rendered(book: Notebook, format: 'md' | 'html' | 'jsonl'): string {
  return [...renderNotebook(book, format, { zone: 'UTC', head: HEAD })].join('')
}

/** Types of all tokens, however deep. */
function kindsIn(tokens: readonly Token[]): string[] {
  return JSON.stringify(tokens).match(/(?<="type":")\w+/g) ?? []
}

describe('a notebook as a document', () => {
  it('numbers an event once, and leads from finding and timeline to its evidence', () => {
    const same = citation('webxterm:x:audit:1')
    const text = rendered(notebook(finding('Role given', AT, same), finding('Seen again', null, same, citation('webxterm:x:audit:2'))), 'html')
    expect(text.match(/id="evidence-\d+"/g)).toEqual(['id="evidence-1"', 'id="evidence-2"'])
    expect(text.match(/href="#evidence-1"/g)).toHaveLength(2)
    expect(text).toContain('href="#cell-c1"')
    expect(text).toContain('id="cell-c1"')
    expect(text).toContain('Findings without a time of their own: 1.')
  })

  it('keeps what a person or a machine wrote from being markup', () => {
    const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>'
    const book = notebook({ kind: 'text', text: `# Head\n\n${hostile}\n\n[go](javascript:alert(1)) **bold**` }, finding(hostile, AT, citation('k"><svg/onload=1>', hostile)))
    const html = rendered(book, 'html')
    expect(html).not.toMatch(/<script|<img|<b>|javascript:|onload=1>/i)
    expect(html).toContain('<strong>bold</strong>')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    const md = rendered(book, 'md')
    expect(kindsIn(lexer(md))).not.toContain('html')
    expect(md).not.toContain('javascript:alert')
    expect(md).toContain('# Stuffing \\<b\\>of\\</b\\> akim')
  })

  it('leads from a link inside the app to where the event is cited, and nowhere where it is not', () => {
    const text: CellContent = { kind: 'text', text: '[the grant](recount:event/k-1), [gone](recount:event/k-2), [site](https://a.example/x)' }
    const html = rendered(notebook(text, finding('Role given', AT, citation('k-1'))), 'html')
    expect(html).toContain('<a href="#evidence-1" rel="noopener noreferrer">the grant</a>')
    expect(html).toContain(', gone, ')
    expect(html).toContain('<a href="https://a.example/x" rel="noopener noreferrer">site</a>')
  })

  it('says which query is live and how many frozen rows are not shown', () => {
    const view = { query: 'user:akim', range: null, order: 'asc' as const }
    const frozen = { at: AT, by: 'ana', rows: 612, matching: 700, root: 'c'.repeat(64), evidence: 'd'.repeat(64), coverage: 'partial' as const, histogram: null, first: [row('k', 'login')] }
    const md = rendered(notebook({ kind: 'query', title: 'Now', view, frozen: null }, { kind: 'query', title: 'Then', view, frozen }), 'md')
    expect(md).toContain('Live: its rows were not frozen')
    expect(md).toContain(`First 1 of 612 records; all are in the evidence file ${'d'.repeat(64)}`)
    expect(md).toContain('612 records standing for 700, frozen 2026-02-06 02:58:41.207 by ana. Coverage then: partial.')
  })

  it('shows all that several wrote at the same time', () => {
    const book = notebook({ kind: 'text', text: 'mine' })
    book.cells[0]?.conflicts.push({ op: 'o2', content: { kind: 'text', text: 'theirs' }, by: 'ben', at: AT })
    const md = rendered(book, 'md')
    expect(md).toContain('mine')
    expect(md).toContain('> theirs')
    expect(md).toContain('Written at the same time by ben')
  })

  it('writes every cell whole, one a line, with the head before them', () => {
    const book = notebook({ kind: 'text', text: 'a\nb' }, finding('Role given', AT, citation('k-1')))
    const [head, ...cells] = rendered(book, 'jsonl').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(head).toMatchObject({ type: 'notebook', title: book.title, tlp: 'TLP:AMBER', cells: 2, version: '1.2.3', generatedAt: '2026-02-06T02:58:42.207Z' })
    expect(cells.map(({ content }) => content)).toEqual(book.cells.map(({ content }) => content))
  })

  it('names times by the zone asked for', () => {
    const text = [...renderNotebook(notebook(finding('Role given', AT)), 'md', { zone: 'Asia/Kolkata', head: HEAD })].join('')
    expect(text).toContain('2026-02-06 08:28:41.207+05:30')
    expect(() => renderNotebook(notebook(), 'md', { zone: 'Nowhere/None', head: HEAD }).next()).toThrow('There is no time zone')
  })

  it('gives its body for a page with a head of its own, with links to raw records', () => {
    const body = notebookHtmlBody(notebook(finding('Role given', AT, citation('k-1'))), { zone: 'UTC', head: HEAD, recordLink: ({ leaf }, n) => `raw/${n}-${leaf.slice(0, 4)}.json` })
    expect(body.startsWith('<main>')).toBe(true)
    expect(body).toContain('href="raw/1-aaaa.json"')
    expect(body).not.toContain('<style')
  })
})
