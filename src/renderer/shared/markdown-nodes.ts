import { lexer, type Token, type Tokens } from 'marked'
import { shownText } from '../../domain'
import { parseRecountLink, type RecountLink } from './recount-link'

/** Part of a line. Texts are harmless to show. */
export type MarkdownSpan =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em' | 'del'; spans: MarkdownSpan[] }
  | { kind: 'link'; link: RecountLink; spans: MarkdownSpan[] }

export type MarkdownBlock =
  | { kind: 'paragraph'; spans: MarkdownSpan[] }
  | { kind: 'heading'; depth: number; spans: MarkdownSpan[] }
  | { kind: 'code'; lines: string[] }
  | { kind: 'quote'; blocks: MarkdownBlock[] }
  | { kind: 'list'; start: number | null; items: { done: boolean | null; blocks: MarkdownBlock[] }[] }
  | { kind: 'table'; head: MarkdownSpan[][]; rows: MarkdownSpan[][][] }
  | { kind: 'rule' }

/** Quotes in quotes and lists in lists beyond this are shown as they were typed. */
const DEEPEST = 20

/** Markdown as plain data. HTML stays text, and so does every address that leads out of the program. Never throws. */
export function markdownBlocks(text: string): MarkdownBlock[] {
  try {
    return blocksOf(lexer(text, { gfm: true, breaks: false }), 0)
  } catch {
    // Thousands of nested quotes exhaust the stack of any reader.
    return [{ kind: 'code', lines: shownLines(text) }]
  }
}

/** The words of spans without their form. */
export function spanText(spans: readonly MarkdownSpan[]): string {
  return spans.map((span) => ('spans' in span ? spanText(span.spans) : span.kind === 'break' ? ' ' : span.text)).join('')
}

function blocksOf(tokens: readonly Token[], depth: number): MarkdownBlock[] {
  if (depth > DEEPEST) return [{ kind: 'code', lines: shownLines(tokens.map(({ raw }) => raw).join('')) }]
  return tokens.flatMap((token) => blockOf(token, depth) ?? [])
}

function blockOf(token: Token, depth: number): MarkdownBlock | null {
  if (isKind(token, 'heading')) return { kind: 'heading', depth: token.depth, spans: spansOf(token.tokens) }
  if (isKind(token, 'code')) return { kind: 'code', lines: shownLines(token.text.replace(/\n$/, '')) }
  if (isKind(token, 'blockquote')) return { kind: 'quote', blocks: blocksOf(token.tokens, depth + 1) }
  if (isKind(token, 'list')) return listOf(token, depth)
  if (isKind(token, 'table')) {
    const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => spansOf(tokens))
    return { kind: 'table', head: cells(token.header), rows: token.rows.map(cells) }
  }
  if (token.type === 'hr') return { kind: 'rule' }
  if (isKind(token, 'paragraph') || isKind(token, 'text')) return { kind: 'paragraph', spans: spansOf(token.tokens ?? [token]) }
  const raw = token.type === 'space' || token.type === 'checkbox' ? '' : token.raw.trim()
  return raw === '' ? null : { kind: 'paragraph', spans: linesAsSpans(raw) }
}

function listOf({ ordered, start, items }: Tokens.List, depth: number): MarkdownBlock {
  return {
    kind: 'list',
    start: ordered ? Number(start) : null,
    items: items.map(({ task, checked, tokens }) => ({ done: task ? checked === true : null, blocks: blocksOf(tokens, depth + 1) })),
  }
}

function spansOf(tokens: readonly Token[], depth = 0): MarkdownSpan[] {
  if (depth > DEEPEST) return [{ kind: 'text', text: shownText(tokens.map(({ raw }) => raw).join('')) }]
  return tokens.flatMap((token) => spanOf(token, depth))
}

function spanOf(token: Token, depth: number): MarkdownSpan[] {
  if (isKind(token, 'strong') || isKind(token, 'em') || isKind(token, 'del')) return [{ kind: token.type, spans: spansOf(token.tokens, depth + 1) }]
  if (isKind(token, 'codespan')) return [{ kind: 'code', text: shownText(token.text) }]
  if (isKind(token, 'link')) return linkOf(token, depth)
  if (isKind(token, 'image')) return linesAsSpans(`${token.text} (${token.href})`.trim())
  if (token.type === 'br') return [{ kind: 'break' }]
  if (token.type === 'checkbox') return []
  if (isKind(token, 'text') && token.tokens) return spansOf(token.tokens, depth + 1)
  if (isKind(token, 'text') || isKind(token, 'escape')) return linesAsSpans(token.text)
  return linesAsSpans(token.raw)
}

/** A link within the program; every other shows its words and its address, and leads nowhere. */
function linkOf({ href, text, tokens }: Tokens.Link, depth: number): MarkdownSpan[] {
  const link = parseRecountLink(href)
  const spans = spansOf(tokens, depth + 1)
  if (link) return [{ kind: 'link', link, spans: spans.length > 0 ? spans : [{ kind: 'text', text: link.to }] }]
  return href === text || href === `mailto:${text}` ? spans : [...spans, { kind: 'text', text: ` (${shownText(href)})` }]
}

/** A line end within a paragraph is a blank. */
function linesAsSpans(text: string): MarkdownSpan[] {
  return [{ kind: 'text', text: shownText(text.replace(/\r\n?|\n/g, ' ')) }]
}

function shownLines(text: string): string[] {
  return text.split(/\r\n?|\n/).map((line) => shownText(line.replace(/\t/g, '    ')))
}

type Known = {
  heading: Tokens.Heading
  code: Tokens.Code
  blockquote: Tokens.Blockquote
  list: Tokens.List
  table: Tokens.Table
  paragraph: Tokens.Paragraph
  text: Tokens.Text
  escape: Tokens.Escape
  strong: Tokens.Strong
  em: Tokens.Em
  del: Tokens.Del
  codespan: Tokens.Codespan
  link: Tokens.Link
  image: Tokens.Image
}

/** The types of the lexer hold one for extensions, which fits every name; there are none here. */
function isKind<K extends keyof Known>(token: Token, kind: K): token is Known[K] {
  return token.type === kind
}
