import { leavesOf, parseTree, type Leaf } from './tree'

export type HighlightKind = 'field' | 'value' | 'operator' | 'paren' | 'error' | 'text'
export type Highlight = { from: number; to: number; kind: HighlightKind }

const KINDS: Record<string, HighlightKind> = {
  FieldName: 'field',
  AttributeName: 'field',
  ValueWord: 'value',
  Regex: 'value',
  AndWord: 'operator',
  OrWord: 'operator',
  NotWord: 'operator',
  Dash: 'operator',
  Open: 'paren',
  Close: 'paren',
  Word: 'text',
  Phrase: 'text',
}

/** Spans to colour, from left to right, without overlaps; white space is in none. Colons belong to the field. */
export function highlight(text: string): Highlight[] {
  return leavesOf(parseTree(text)).flatMap((leaf) => spans(text, leaf))
}

function spans(text: string, leaf: Leaf): Highlight[] {
  const { from, to } = leaf
  if (from === to || leaf.name === 'Query') return []
  if (leaf.name === 'NumberName') {
    const end = from + (/[<>=]/.exec(text.slice(from, to))?.index ?? to - from)
    const field: Highlight = { from, to: end, kind: 'field' }
    return end < to ? [field, { from: end, to, kind: 'operator' }] : [field]
  }
  return [{ from, to, kind: kindOf(leaf, text.slice(from, to)) }]
}

function kindOf(leaf: Leaf, word: string): HighlightKind {
  const isValue = leaf.parent === 'Field' || leaf.parent === 'List'
  if (leaf.parent === '⚠') return 'error'
  if (leaf.name === 'ValueWord' && leaf.parent === 'List' && word === 'OR') return 'operator'
  if (leaf.name === 'Phrase' && isValue) return 'value'
  return KINDS[leaf.name] ?? 'error'
}
