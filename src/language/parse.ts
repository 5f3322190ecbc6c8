import { buildQuery } from './build'
import type { Query } from './query'
import { syntaxErrors, type QueryError } from './syntax'
import { leavesOf, parseTree, wellFormed } from './tree'

/** Longest text taken, in UTF-16 units. */
const LONGEST = 10_000

/** Reads a query; blank text is everything. All errors are given, from left to right. */
export function parseQuery(text: string): { query: Query } | { errors: QueryError[] } {
  if (text.length > LONGEST) {
    return { errors: [{ from: LONGEST, to: text.length, message: `Longer than ${LONGEST} characters` }] }
  }
  const tree = parseTree(text)
  const leaves = leavesOf(tree)
  const syntax = syntaxErrors(text, leaves)
  if (syntax.tooDeep) return { errors: syntax.errors }
  const built = buildQuery(wellFormed(text), tree)
  const errors = [...syntax.errors, ...built.errors].sort((a, b) => a.from - b.from)
  if (errors.length > 0) return { errors }
  const odd = leaves.find((leaf) => leaf.name === '⚠')
  if (odd) return { errors: [{ from: odd.from, to: odd.to, message: 'Expected a term' }] }
  return { query: built.query }
}
