import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import type { Block, Inline } from '../document'

/** Where a link of a text leads; null where it is not one that a document may have, and then its words alone stay. */
export type LinkTest = (href: string) => string | null

/**
 * What a person wrote in Markdown, as blocks. HTML in it is text like any other, pictures are their words, and a link is
 * one only where `linkOf` says so.
 */
export function markdownBlocks(text: string, linkOf: LinkTest): Block[] {
  try {
    return blocksOf(lexer(text, { gfm: true }), linkOf)
  } catch {
    // Nested too deep to be read: what was written is shown as it was written.
    return [{ kind: 'code', text }]
  }
}

/** http, https and mailto lead out of a document; whatever else a link says is words. */
export function outwardLink(href: string): string | null {
  return /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i.test(href) ? href : null
}

function blocksOf(tokens: readonly Token[], linkOf: LinkTest): Block[] {
  return tokens.flatMap((token) => (isKnown(token) ? blockOf(token, linkOf) : [plain(token.raw)]))
}

function isKnown(token: Token): token is MarkedToken {
  return KNOWN.has(token.type)
}

const KNOWN: ReadonlySet<string> = new Set(
  'blockquote br checkbox code codespan def del em escape heading hr html image link list list_item paragraph space strong table text'.split(' '),
)

function blockOf(token: MarkedToken, linkOf: LinkTest): Block[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return []
    case 'heading':
      return [{ kind: 'heading', level: token.depth <= 2 ? 3 : 4, text: inlinesOf(token.tokens, linkOf) }]
    case 'paragraph':
      return [{ kind: 'text', text: inlinesOf(token.tokens, linkOf) }]
    case 'text':
      return [{ kind: 'text', text: token.tokens ? inlinesOf(token.tokens, linkOf) : [{ kind: 'text', text: token.text }] }]
    case 'code':
      return [{ kind: 'code', text: token.text }]
    case 'blockquote':
      return [{ kind: 'quote', of: blocksOf(token.tokens, linkOf) }]
    case 'hr':
      return [{ kind: 'rule' }]
    case 'list':
      return [{ kind: 'list', start: token.ordered ? Number(token.start || 1) : null, items: token.items.map((item) => itemOf(item, linkOf)) }]
    case 'table':
      return [tableOf(token)]
    default:
      return [plain(token.raw)]
  }
}

function plain(text: string): Block {
  return { kind: 'text', text: [{ kind: 'text', text: text.trim() }] }
}

function itemOf({ task, checked, tokens }: Tokens.ListItem, linkOf: LinkTest): Block[] {
  const blocks = blocksOf(tokens.filter(({ type }) => type !== 'checkbox'), linkOf)
  return task ? [{ kind: 'text', text: [{ kind: 'text', text: checked ? '☑ done' : '☐ open' }] }, ...blocks] : blocks
}

function tableOf({ header, rows, align }: Tokens.Table): Block {
  const columns = header.map(({ text }, at) => ({ name: `column_${at + 1}`, label: text, kind: align[at] === 'right' ? ('number' as const) : ('text' as const) }))
  const cells = rows.map((row) => row.map(({ text }) => text))
  return { kind: 'table', table: { name: 'table', title: '', columns, total: cells.length, rows: () => cells, none: '' } }
}

function inlinesOf(tokens: readonly Token[], linkOf: LinkTest): Inline[] {
  return tokens.flatMap((token) => (isKnown(token) ? inlineOf(token, linkOf) : [{ kind: 'text' as const, text: token.raw }]))
}

function inlineOf(token: MarkedToken, linkOf: LinkTest): Inline[] {
  switch (token.type) {
    case 'strong':
      return [{ kind: 'strong', of: inlinesOf(token.tokens, linkOf) }]
    case 'em':
      return [{ kind: 'emphasis', of: inlinesOf(token.tokens, linkOf) }]
    case 'del':
      return [{ kind: 'struck', of: inlinesOf(token.tokens, linkOf) }]
    case 'codespan':
      return [{ kind: 'code', text: token.text }]
    case 'br':
      return [{ kind: 'break' }]
    case 'link':
      return linkInline(token, linkOf)
    case 'image':
      return [{ kind: 'text', text: token.text }]
    case 'text':
      return token.tokens ? inlinesOf(token.tokens, linkOf) : lines(token.text)
    case 'escape':
      return [{ kind: 'text', text: token.text }]
    case 'checkbox':
      return []
    default:
      return [{ kind: 'text', text: token.raw }]
  }
}

function linkInline({ href, tokens }: Tokens.Link, linkOf: LinkTest): Inline[] {
  const to = linkOf(href)
  const of = inlinesOf(tokens, linkOf)
  return to === null ? of : [{ kind: 'link', href: to, of }]
}

/** A line end inside a paragraph is a blank. */
function lines(text: string): Inline[] {
  return [{ kind: 'text', text: text.replaceAll(/\s*[\r\n]+\s*/g, ' ') }]
}
