import type { SyntaxNode, Tree } from '@lezer/common'
import { isIpv6 } from './address'
import { fieldNamed } from './fields'
import type { Expression, Query, Span } from './query'
import type { QueryError } from './syntax'
import { comparedWord, termOf, type Build } from './term'
import { childrenOf } from './tree'
import { unquoted } from './values'

/** The model of a tree; where the tree has errors of form, whatever can be made of it. */
export function buildQuery(text: string, tree: Tree): { query: Query; errors: QueryError[] } {
  const build: Build = { text, errors: [] }
  const query = childrenOf(tree.topNode).map((child) => expression(build, child)).find((part) => part !== null)
  return { query: query ?? { kind: 'all' }, errors: build.errors }
}

function expression(build: Build, node: SyntaxNode): Expression | null {
  const span = { from: node.from, to: node.to }
  switch (node.name) {
    case 'And':
    case 'Or':
      return joined(build, node)
    case 'Not': {
      const part = first(build, node)
      return part && { kind: 'not', part, span }
    }
    case 'Group':
      return first(build, node)
    case 'Word':
      return word(build, span)
    case 'Phrase':
      return phrase(build, span)
    case 'Field':
      return field(build, node)
    default:
      return null
  }
}

function first(build: Build, node: SyntaxNode): Expression | null {
  for (const child of childrenOf(node)) {
    const part = expression(build, child)
    if (part) return part
  }
  return null
}

function joined(build: Build, node: SyntaxNode): Expression | null {
  const kind = node.name === 'And' ? 'and' : 'or'
  const parts: Expression[] = []
  for (const child of childrenOf(node)) {
    const part = expression(build, child)
    if (part?.kind === kind) parts.push(...part.parts)
    else if (part) parts.push(part)
  }
  return parts.length > 1 ? { kind, parts, span: { from: node.from, to: node.to } } : (parts[0] ?? null)
}

function word(build: Build, span: Span): Expression {
  const text = build.text.slice(span.from, span.to)
  const error = comparedWord(text, span)
  if (error) build.errors.push(error)
  if (text === '*') return { kind: 'text', field: 'text', values: [{ kind: 'pattern', text }], span }
  return { kind: 'text', field: 'text', values: [{ kind: 'exact', text }], span }
}

function phrase(build: Build, span: Span): Expression {
  const text = unquoted(build.text.slice(span.from + 1, span.to - 1))
  if (text === '') build.errors.push({ ...span, message: 'Expected text between the quotes' })
  return { kind: 'text', field: 'text', values: [{ kind: 'exact', text }], span }
}

function field(build: Build, node: SyntaxNode): Expression | null {
  const span = { from: node.from, to: node.to }
  const text = build.text.slice(node.from, node.to)
  // An address such as fe80::1 begins like a field.
  if (isIpv6(text) && !fieldNamed(text.slice(0, text.indexOf(':')))) {
    return { kind: 'text', field: 'text', values: [{ kind: 'exact', text }], span }
  }
  return termOf(build, node)
}
