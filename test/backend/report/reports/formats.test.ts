import { lexer, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { renderHtml, renderMarkdown, tableCsv, type Document, type Table } from '../../../../src/backend/report/document'

const HOSTILE = ['=1+1', '<script>alert(1)</script>', '</td><td>x', '| a | b |', '\\|', '`x`', '[a](javascript:b)', '# h', '1. x', '&lt;b&gt;', 'https://evil.example/x', 'a\u202eb', 'a\nb', '"quoted"', '-- ', '+1 2', '@SUM(1)', '\tx', '*b* _c_ ~~d~~', '![x](y)']

const table: Table = {
  name: 't',
  title: 'Table',
  columns: [
    { name: 'n', label: 'N', kind: 'number' },
    { name: 'text', label: 'Text', kind: 'text' },
    { name: 'code', label: 'Code', kind: 'code' },
    { name: 'page', label: 'Page', kind: 'text', only: 'page' },
    { name: 'data', label: 'Data', kind: 'text', only: 'data' },
  ],
  total: HOSTILE.length,
  rows: () => HOSTILE.map((text, n) => [n, text, text, 'on page', 'in data']),
  none: 'None.',
}

const document: Document = {
  title: 'A "report" </style><b>',
  tlp: 'TLP:RED',
  runningHead: 'x</style>"y\\',
  runningFoot: 'foot',
  zone: 'UTC',
  blocks: [{ kind: 'table', table }, { kind: 'code', text: '</code><script>x</script>\n```\nend' }],
}

const html = [...renderHtml(document)].join('')
const md = [...renderMarkdown(document)].join('')

describe('HTML', () => {
  it('holds hostile text as text', () => {
    expect(html.match(/<(?:script|b|img|a|iframe)[ >]/gi)).toBeNull()
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html.match(/<tr>/g)).toHaveLength(1 + HOSTILE.length)
    expect(html.match(/<td/g)).toHaveLength(HOSTILE.length * 4)
    expect(html).toContain('a‹U+202E›b')
    expect(html).toContain('&amp;lt;b&amp;gt;')
  })

  it('loads nothing and runs nothing, and prints its classification and page numbers on each page', () => {
    expect(html).toMatch(/default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'/)
    expect(html).toContain('counter(page) " of " counter(pages)')
    expect(html).toContain('@bottom-center{content:"TLP:RED"')
  })
})

describe('Markdown', () => {
  it('keeps each row one row of as many cells, and nothing of it is markup', () => {
    const tokens = lexer(md)
    const found = tokens.filter((token): token is Tokens.Table => token.type === 'table')
    expect(found).toHaveLength(1)
    expect(JSON.stringify(tokens)).not.toMatch(/"type":"(?:html|link|image|strong"[^}]*b\*|del|em)"/)
    const rows = found[0]?.rows ?? []
    expect(rows).toHaveLength(HOSTILE.length)
    for (const row of rows) expect(row).toHaveLength(4)
    expect(rows.every((row) => row[3]?.text === 'on page')).toBe(true)
  })
})

describe('CSV', () => {
  it('has no cell that a spreadsheet takes for a formula', () => {
    const text = [...tableCsv(table)].join('')
    expect(text.startsWith('\ufeffn,text,code,data\r\n')).toBe(true)
    expect(text).toContain("0,'=1+1,'=1+1,in data\r\n")
    expect(text).toContain("16,'@SUM(1),'@SUM(1),in data\r\n")
    expect(text).not.toMatch(/(?:^|,)"?[=+@-]/m)
  })
})
