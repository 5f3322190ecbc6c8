import { RuleFault } from './rule-fault'

const COMPARISONS = {
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
}
export type Comparison = keyof typeof COMPARISONS

const ENDS = ['contains', 'startswith', 'endswith'] as const
const FLAGS = ['i', 'm', 's'] as const
const ENCODINGS = ['base64', 'base64offset', 'wide', 'utf16le', 'windash'] as const
export type Encoding = (typeof ENCODINGS)[number]
const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
export type TimePart = (typeof TIME_PARTS)[number]
const REFUSED = new Set(['expand', 'utf16', 'utf16be'])

/** What stands behind a field's name. */
export type Modifiers = {
  kind: 'text' | 're' | 'cidr' | 'compare' | 'exists' | 'fieldref'
  ends: ReadonlySet<(typeof ENDS)[number]>
  all: boolean
  cased: boolean
  negated: boolean
  /** Of a regular expression. */
  flags: string
  /** In the order they are applied in. */
  encodings: Encoding[]
  comparison: Comparison | null
  timePart: TimePart | null
}

/** Throws `RuleFault`. */
export function readModifiers(words: readonly string[]): Modifiers {
  const asked = new Set(words)
  for (const word of words) if (!isKnown(word)) throw new RuleFault(unknown(word))
  const comparison = only(words.filter(isComparison), 'comparisons') ?? null
  const kind = only(kindsOf(asked, comparison), 'kinds of comparison') ?? 'text'
  const flags = FLAGS.filter((flag) => asked.has(flag)).join('')
  if (flags !== '' && kind !== 're') throw new RuleFault(`${flags[0]} is for regular expressions`)
  const encodings = words.filter((word): word is Encoding => isOneOf(word, ENCODINGS))
  const ends = new Set(ENDS.filter((end) => asked.has(end)))
  if (kind !== 'text' && encodings.length > 0) throw new RuleFault(`${encodings[0]} does not go with ${kind}`)
  if (['cidr', 'compare', 'exists'].includes(kind) && ends.size > 0) throw new RuleFault(`${[...ends][0]} does not go with ${kind}`)
  const timePart = only(words.filter((word): word is TimePart => isOneOf(word, TIME_PARTS)), 'parts of a time') ?? null
  if (timePart !== null && kind !== 'text' && kind !== 'compare') throw new RuleFault(`${timePart} does not go with ${kind}`)
  return {
    kind,
    ends,
    all: asked.has('all'),
    cased: asked.has('cased'),
    negated: asked.has('neq'),
    flags,
    encodings,
    comparison,
    timePart,
  }
}

export function compareNumbers(comparison: Comparison, a: number, b: number): boolean {
  return COMPARISONS[comparison](a, b)
}

function kindsOf(asked: ReadonlySet<string>, comparison: Comparison | null): Modifiers['kind'][] {
  const named = (['re', 'cidr', 'exists', 'fieldref'] as const).filter((kind) => asked.has(kind))
  return comparison === null ? named : [...named, 'compare']
}

const OTHERS = new Set(['all', 'cased', 'neq', 're', 'cidr', 'exists', 'fieldref'])

function isKnown(word: string): boolean {
  return OTHERS.has(word) || isComparison(word) || [ENDS, FLAGS, ENCODINGS, TIME_PARTS].some((list) => isOneOf(word, list))
}

function isComparison(word: string): word is Comparison {
  return Object.hasOwn(COMPARISONS, word)
}

function isOneOf<T extends string>(word: string, list: readonly T[]): word is T {
  return list.some((known) => known === word)
}

function unknown(word: string): string {
  return REFUSED.has(word) ? `the modifier ${word} is not supported` : `there is no modifier «${word}»`
}

function only<T extends string>(found: readonly T[], what: string): T | undefined {
  if (found.length > 1) throw new RuleFault(`${found.join(' and ')} are two ${what}`)
  return found[0]
}
