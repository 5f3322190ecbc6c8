import { fieldNamed } from './fields'
import { leavesOf, parseTree, wellFormed, type Leaf } from './tree'
import { unquoted } from './values'

/** What may be completed at a place: `from` and `to` is what a choice replaces, `prefix` what is typed of it so far. */
export type Completion =
  | { kind: 'field' | 'keyword'; from: number; to: number; prefix: string }
  /** `field` as typed, in lower case; an attribute as `field.NAME`. The prefix is without quotes. */
  | { kind: 'value'; from: number; to: number; prefix: string; field: string }

const KEYWORD_START = /^(A|AN|AND|O|OR|N|NO|NOT)$/

/** What an editor may offer at an offset; null inside phrases and regular expressions. */
export function completionAt(text: string, position: number): Completion | null {
  const at = Math.max(0, Math.min(position, text.length))
  const typed = wellFormed(text)
  const leaves = leavesOf(parseTree(typed))
  const index = leaves.findLastIndex((leaf) => leaf.from < at && leaf.from < leaf.to)
  const leaf = leaves[index]
  if (!leaf || leaf.name === 'Query') return { kind: 'field', from: at, to: at, prefix: '' }
  const field = fieldOf(typed, leaves, index)
  if (leaf.name.endsWith('Name')) return inName(typed, leaf, { at, field: field ?? '', next: leaves[index + 1] })
  const touches = at <= leaf.to
  if (leaf.parent === 'List' && leaf.name !== 'Close') {
    if (touches && leaf.name !== 'Open') return inValue(typed, leaf, { at, field })
    // The value that begins right here is the one being typed.
    const next = leaves[index + 1]
    const to = next && next.from === at && next.name === 'ValueWord' ? next.to : at
    return field === null ? null : { kind: 'value', from: at, to, prefix: '', field }
  }
  if (touches && leaf.parent === 'Field') return inValue(typed, leaf, { at, field })
  return outside(typed, leaf, at)
}

function outside(text: string, leaf: Leaf, at: number): Completion | null {
  const isEmpty = at > leaf.to || leaf.name === 'Open' || leaf.name === 'Dash' || leaf.name === 'Close'
  if (leaf.name === 'UnclosedPhrase') return null
  if (leaf.name === 'Phrase' && at <= leaf.to) return null
  if (isEmpty) return { kind: 'field', from: at, to: at, prefix: '' }
  const prefix = text.slice(leaf.from, at)
  return { kind: KEYWORD_START.test(prefix) ? 'keyword' : 'field', from: leaf.from, to: leaf.to, prefix }
}

type Spot = { at: number; field: string; next: Leaf | undefined }

function inName(text: string, leaf: Leaf, { at, field, next }: Spot): Completion | null {
  const name = text.slice(leaf.from, leaf.to)
  const nameEnd = leaf.from + (/[:<>=]/.exec(name)?.index ?? name.length)
  if (leaf.name === 'AttributeName' ? at < leaf.to : at <= nameEnd) {
    return { kind: 'field', from: leaf.from, to: leaf.to, prefix: text.slice(leaf.from, at) }
  }
  if (at < leaf.to) return null
  if (at > leaf.to) return { kind: 'field', from: at, to: at, prefix: '' }
  const isValue = next?.parent === 'Field' && next.from === at && next.name !== 'Regex'
  return { kind: 'value', from: at, to: isValue ? next.to : at, prefix: '', field }
}

function inValue(text: string, leaf: Leaf, { at, field }: { at: number; field: string | null }): Completion | null {
  if (field === null || leaf.name === 'Regex' || leaf.name.endsWith('Name')) return null
  const isQuoted = leaf.name === 'Phrase' || leaf.name === 'UnclosedPhrase'
  if (leaf.name === 'Phrase' && at === leaf.to) return null
  const prefix = isQuoted ? unquoted(text.slice(leaf.from + 1, at)) : text.slice(leaf.from, at)
  return { kind: 'value', from: leaf.from, to: leaf.to, prefix, field }
}

/** The field whose name, value or list the leaf is. */
function fieldOf(text: string, leaves: Leaf[], index: number): string | null {
  const name = leaves.slice(0, index + 1).findLast((leaf) => leaf.name.endsWith('Name'))
  if (!name) return null
  const typed = text.slice(name.from, name.to)
  if (name.name === 'AttributeName') {
    const attribute = typed.slice('field.'.length, -1)
    return `field.${attribute.startsWith('"') ? unquoted(attribute.slice(1, -1)) : attribute}`
  }
  const field = typed.replace(/[:<>=].*$/s, '')
  return fieldNamed(field)?.name ?? field.toLowerCase()
}
