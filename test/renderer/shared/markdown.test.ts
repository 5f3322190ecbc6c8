import { describe, expect, it } from 'vitest'
import { markdownBlocks, spanText, type MarkdownSpan } from '../../../src/renderer/shared/markdown-nodes'
import { markdownLink, parseRecountLink, printRecountLink, type RecountLink } from '../../../src/renderer/shared/recount-link'

const text = (words: string): MarkdownSpan => ({ kind: 'text', text: words })

function spans(markdown: string): MarkdownSpan[] {
  const [first] = markdownBlocks(markdown)
  return first && 'spans' in first ? first.spans : []
}

describe('Markdown', () => {
  it('becomes plain data', () => {
    expect(markdownBlocks('# Head *line*\n\nwords **bold** `code`\nnext\n\n- [x] done\n- two\n\n3. three\n\n> quote\n\n---\n\n    a <b>\n')).toEqual([
      { kind: 'heading', depth: 1, spans: [text('Head '), { kind: 'em', spans: [text('line')] }] },
      { kind: 'paragraph', spans: [text('words '), { kind: 'strong', spans: [text('bold')] }, text(' '), { kind: 'code', text: 'code' }, text(' next')] },
      {
        kind: 'list',
        start: null,
        items: [
          { done: true, blocks: [{ kind: 'paragraph', spans: [text('done')] }] },
          { done: null, blocks: [{ kind: 'paragraph', spans: [text('two')] }] },
        ],
      },
      { kind: 'list', start: 3, items: [{ done: null, blocks: [{ kind: 'paragraph', spans: [text('three')] }] }] },
      { kind: 'quote', blocks: [{ kind: 'paragraph', spans: [text('quote')] }] },
      { kind: 'rule' },
      { kind: 'code', lines: ['a <b>'] },
    ])
  })

  it('holds tables', () => {
    expect(markdownBlocks('|a|b|\n|-|-|\n|1|*2*|\n')).toEqual([
      { kind: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [{ kind: 'em', spans: [text('2')] }]]] },
    ])
  })

  it('leaves HTML as text', () => {
    expect(markdownBlocks('<script>alert(1)</script>')).toEqual([{ kind: 'paragraph', spans: [text('<script>alert(1)</script>')] }])
    expect(spanText(spans('a <img src=x onerror=alert(1)> b'))).toBe('a <img src=x onerror=alert(1)> b')
  })

  it('leads to no address out of the program, and hides none', () => {
    expect(spanText(spans('[the bank](https://evil.example/x) now'))).toBe('the bank (https://evil.example/x) now')
    expect(spanText(spans('![pixel](https://evil.example/p.png)'))).toBe('pixel (https://evil.example/p.png)')
    expect(spanText(spans('see https://evil.example/x'))).toBe('see https://evil.example/x')
    for (const markdown of ['[x](javascript:alert(1))', '[x](recount:settings/x)', '[x](https://e.example)', '<https://e.example>']) {
      expect(spans(markdown).some(({ kind }) => kind === 'link')).toBe(false)
    }
  })

  it('shows what would drive a terminal or turn words around', () => {
    expect(spanText(spans('a\u202eb\u001b[31m'))).toBe('a‹U+202E›b‹ESC›[31m')
    expect(markdownBlocks('```\n\u202ex\n```')).toEqual([{ kind: 'code', lines: ['‹U+202E›x'] }])
  })

  it('is read to the end however deep it is nested', () => {
    for (const hostile of ['> '.repeat(5000) + 'x', '- '.repeat(1000) + 'x', '**'.repeat(1000), '['.repeat(1000)]) {
      expect(markdownBlocks(hostile).length).toBeGreaterThan(0)
    }
  })
})

describe('a link within the program', () => {
  const links: RecountLink[] = [
    { to: 'event', key: 'sshd:host (1):auth:a/b?c#d [e] "f" é\u202e' },
    { to: 'session', id: 'a b' },
    { to: 'recording', id: 'sha256:ab:1', at: 13.25 },
    { to: 'recording', id: 'sha256:ab:1', at: null },
    { to: 'notebook', id: 'n-1' },
  ]

  it.each(links)('comes back as it was: $to', (link) => {
    expect(parseRecountLink(printRecountLink(link))).toEqual(link)
    expect(spans(markdownLink('some *words* [x]', link))).toEqual([{ kind: 'link', link, spans: expect.any(Array) }])
    expect(spanText(spans(markdownLink('some *words* [x]', link)))).toBe('some *words* [x]')
  })

  it('is nothing else', () => {
    for (const href of ['recount:event/', 'recount:event/%ZZ', 'recount:nothing/x', 'http:event/x', 'recount:recording/x?t=abc']) {
      expect(parseRecountLink(href)).toBeNull()
    }
  })
})
