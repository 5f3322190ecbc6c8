import type { Leaf } from './tree'

/** What is wrong with a text and where, in UTF-16 offsets; `from` equals `to` where something is missing. */
export type QueryError = { from: number; to: number; message: string; expected?: string }

/** Deepest nesting of parentheses, NOT and - together; more would overflow what evaluates a query. */
const DEEPEST = 50

const TERM = 'a word, a "phrase", field:value or parentheses'

type Scan = {
  errors: QueryError[]
  /** The parentheses that stand open, with the nesting outside them. */
  open: { leaf: Leaf; outside: number }[]
  depth: number
  /** The operator or field name that still waits for its operand. */
  waiting: { leaf: Leaf; word: string } | null
  /** Nothing stands yet in the innermost parentheses, or in the query. */
  blank: boolean
}

/** Every error of form: quotes, parentheses, operators. Values and names of fields are no concern of it. */
export function syntaxErrors(text: string, leaves: Leaf[]): { errors: QueryError[]; tooDeep: boolean } {
  const scan: Scan = { errors: [], open: [], depth: 0, waiting: null, blank: true }
  for (const leaf of leaves) {
    if (leaf.from === leaf.to && leaf.name !== 'Missing') continue
    step(scan, leaf, text.slice(leaf.from, leaf.to))
    if (scan.depth > DEEPEST) {
      const { from, to } = leaf
      return { errors: [{ from, to, message: `Nested more than ${DEEPEST} levels deep` }], tooDeep: true }
    }
  }
  if (scan.waiting) missing(scan, scan.waiting.leaf.to)
  // An unclosed quote takes in everything after it, parentheses too.
  if (!leaves.some((leaf) => leaf.name === 'UnclosedPhrase')) for (const { leaf } of scan.open) unclosed(scan, leaf)
  return { errors: scan.errors, tooDeep: false }
}

function step(scan: Scan, leaf: Leaf, word: string): void {
  const last = scan.open.at(-1)
  if (last?.leaf.parent === 'List' && leaf.parent !== 'List') {
    // Only happens where the list was cut off by something that cannot stand in it.
    scan.open.pop()
    unclosed(scan, last.leaf)
  }
  if (leaf.parent === 'List' && leaf.name !== 'Open' && leaf.name !== 'Close') {
    if (leaf.name === 'UnclosedPhrase') quote(scan, leaf)
    return
  }
  if (leaf.name === 'Open') open(scan, leaf)
  else if (word === ')') close(scan, leaf)
  else if (leaf.name === 'AndWord' || leaf.name === 'OrWord' || isStray(leaf, word)) join(scan, leaf, word)
  else if (leaf.name === 'NotWord' || leaf.name === 'Dash') negate(scan, leaf, word)
  else operand(scan, leaf, word)
}

function isStray(leaf: Leaf, word: string): boolean {
  return leaf.name === '⚠' && (word === 'AND' || word === 'OR')
}

function operand(scan: Scan, leaf: Leaf, word: string): void {
  if (leaf.name === 'UnclosedPhrase') quote(scan, leaf)
  if (leaf.name === 'Missing' && leaf.parent !== 'Field') missing(scan, leaf.from)
  if (leaf.name === '⚠') scan.errors.push({ ...place(leaf), message: `Unexpected «${word}»`, expected: TERM })
  scan.waiting = null
  scan.blank = false
  if (!leaf.name.endsWith('Name')) scan.depth = (scan.open.at(-1)?.outside ?? -1) + 1
}

function open(scan: Scan, leaf: Leaf): void {
  scan.open.push({ leaf, outside: scan.depth })
  scan.depth++
  scan.waiting = null
  scan.blank = true
}

function close(scan: Scan, leaf: Leaf): void {
  const opened = scan.open.pop()
  if (scan.waiting) missing(scan, leaf.from)
  else if (opened && scan.blank && opened.leaf.parent !== 'List') {
    scan.errors.push({ from: leaf.from, to: leaf.to, message: 'Expected a term in the parentheses', expected: TERM })
  }
  if (!opened) scan.errors.push({ ...place(leaf), message: 'Closing parenthesis without an opening one' })
  scan.depth = (scan.open.at(-1)?.outside ?? -1) + 1
  scan.blank = false
}

function join(scan: Scan, leaf: Leaf, word: string): void {
  if (scan.waiting) missing(scan, leaf.from)
  else if (scan.blank) {
    scan.errors.push({ ...place(leaf), message: `Expected a term before ${word}`, expected: TERM })
  }
  scan.waiting = { leaf, word }
  scan.blank = false
}

function negate(scan: Scan, leaf: Leaf, word: string): void {
  if (scan.waiting?.word === '-') missing(scan, leaf.from)
  scan.depth++
  scan.waiting = { leaf, word }
  scan.blank = false
}

function missing(scan: Scan, at: number): void {
  const word = scan.waiting?.word ?? ''
  const after = word === '-' ? 'right after -' : `after ${word}`
  scan.errors.push({ from: at, to: at, message: `Expected a term ${after}`, expected: TERM })
  scan.waiting = null
}

function quote(scan: Scan, leaf: Leaf): void {
  scan.errors.push({ from: leaf.from, to: leaf.from + 1, message: 'Unclosed quote', expected: 'a closing "' })
}

function unclosed(scan: Scan, leaf: Leaf): void {
  scan.errors.push({ ...place(leaf), message: 'Unclosed parenthesis', expected: 'a closing )' })
}

function place(leaf: Leaf): { from: number; to: number } {
  return { from: leaf.from, to: leaf.to }
}
