import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from './query.grammar'

/** A token, or a stretch the grammar has no place for (`⚠`), with the names of what it stands in. */
export type Leaf = { name: string; from: number; to: number; parent: string }

/** Parse tree of any text; a lone surrogate counts as one replacement character, so that offsets hold. */
export function parseTree(text: string): Tree {
  return parser.parse(wellFormed(text))
}

/** Lone surrogates replaced by U+FFFD, the length unchanged. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd')
}

/** Leaves from left to right; a keyword is one leaf. */
export function leavesOf(tree: Tree): Leaf[] {
  const leaves: Leaf[] = []
  const cursor = tree.cursor()
  const parents: string[] = []
  for (;;) {
    const { name, from, to } = cursor
    if (cursor.firstChild()) {
      parents.push(name)
      continue
    }
    leaves.push({ name, from, to, parent: parents.at(-1) ?? '' })
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return leaves
      parents.pop()
    }
  }
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}
