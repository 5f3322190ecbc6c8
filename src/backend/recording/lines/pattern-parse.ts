import { fold } from './fold'

/** Code units from, to: both inside. */
export type CodeRange = readonly [from: number, to: number]

export type PatternNode =
  | { kind: 'set'; ranges: readonly CodeRange[] }
  | { kind: 'all' | 'any'; parts: readonly PatternNode[] }
  | { kind: 'times'; part: PatternNode; least: number; most: number }

export type ParsedPattern = { node: PatternNode; fromLineStart: boolean; toLineEnd: boolean }

/** A pattern that is wrong, or says what these patterns cannot. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault'
}

export const LINE_FEED = 0x0a
const MOST_LENGTH = 500
const MOST_TIMES = 100
const MOST_DEPTH = 20
const LAST_UNIT = 0xffff
const DIGITS: readonly CodeRange[] = [[0x30, 0x39]]
const WORD: readonly CodeRange[] = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]
const SPACE: readonly CodeRange[] = [
  [0x09, 0x09],
  [0x0b, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x2000, 0x200a],
  [0x3000, 0x3000],
]
const LETTER_ESCAPES: Readonly<Record<string, readonly CodeRange[]>> = {
  d: DIGITS,
  D: without(DIGITS),
  w: WORD,
  W: without(WORD),
  s: SPACE,
  S: without(SPACE),
  t: [[0x09, 0x09]],
}

/**
 * Reads a pattern in the common notation: characters, `.`, `[a-z]`, `[^a-z]`, `\d \w \s \D \W \S`, groups, `|`,
 * `? * + {n,m}`, `^` as its first and `$` as its last character. It never goes beyond a line, takes as much as it can,
 * and is for text folded by `fold`.
 * @throws PatternFault
 */
export function parsePattern(source: string): ParsedPattern {
  if (source.length > MOST_LENGTH) throw new PatternFault(`a pattern has at most ${MOST_LENGTH} characters`)
  const fromLineStart = source.startsWith('^')
  const toLineEnd = /(?:^|[^\\])(?:\\\\){0,250}\$$/.test(source)
  const parser = new Parser(source.slice(fromLineStart ? 1 : 0, toLineEnd ? -1 : undefined))
  const node = parser.all()
  if (isEmptyPossible(node)) throw new PatternFault('the pattern fits where there is nothing')
  return { node, fromLineStart, toLineEnd }
}

class Parser {
  readonly #source: string
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
  }

  all(): PatternNode {
    const node = this.#choice()
    if (this.#at < this.#source.length) throw new PatternFault('a ) too many')
    return node
  }

  #choice(): PatternNode {
    if (++this.#depth > MOST_DEPTH) throw new PatternFault(`groups go at most ${MOST_DEPTH} deep`)
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    this.#depth--
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'any', parts }
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (this.#at < this.#source.length && !')|'.includes(this.#peek())) parts.push(this.#times(this.#atom()))
    return { kind: 'all', parts }
  }

  #atom(): PatternNode {
    const character = this.#next()
    if (character === '(') return this.#group()
    if (character === '[') return { kind: 'set', ranges: this.#set() }
    if (character === '.') return { kind: 'set', ranges: without([]) }
    if (character === '\\') return { kind: 'set', ranges: folded(this.#escape()) }
    if ('*+?'.includes(character)) throw new PatternFault(`nothing stands before ${character}`)
    if ('^$'.includes(character)) throw new PatternFault('^ stands first and $ last; otherwise write \\^ and \\$')
    return { kind: 'set', ranges: folded(single(character)) }
  }

  #group(): PatternNode {
    if (this.#take('?') && !this.#take(':')) throw new PatternFault('of groups that begin with (? only (?: is known')
    const node = this.#choice()
    if (!this.#take(')')) throw new PatternFault('a ) is missing')
    return node
  }

  #times(part: PatternNode): PatternNode {
    const bounds = this.#bounds()
    if (bounds === null) return part
    // Whether it takes much or little is the same here.
    this.#take('?')
    if ('*+?'.includes(this.#peek() || ' ')) throw new PatternFault('two repetitions follow one another')
    return { kind: 'times', part, ...bounds }
  }

  #bounds(): { least: number; most: number } | null {
    if (this.#take('*')) return { least: 0, most: Infinity }
    if (this.#take('+')) return { least: 1, most: Infinity }
    if (this.#take('?')) return { least: 0, most: 1 }
    const written = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (written === null) return null
    this.#at += written[0].length
    const least = Number(written[1])
    const most = written[2] === undefined ? least : written[3] === '' ? Infinity : Number(written[3])
    if (most < least) throw new PatternFault(`${written[0]} is the wrong way round`)
    if (least > MOST_TIMES || (most > MOST_TIMES && most !== Infinity)) {
      throw new PatternFault(`repetitions are counted up to ${MOST_TIMES}`)
    }
    return { least, most }
  }

  #set(): readonly CodeRange[] {
    const isNegated = this.#take('^')
    const ranges: CodeRange[] = []
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      const low = this.#member()
      const [one] = low
      const isDash = this.#peek() === '-' && this.#source[this.#at + 1] !== ']'
      const isRange = isDash && low.length === 1 && one?.[0] === one?.[1]
      if (isRange && one !== undefined) ranges.push(this.#rangeFrom(one[0]))
      else ranges.push(...low)
    }
    this.#at++
    const both = folded(ranges)
    return isNegated ? without(both) : withoutLineFeed(both)
  }

  #rangeFrom(low: number): CodeRange {
    this.#at++
    const high = this.#member()[0]?.[1] ?? 0
    if (high < low) throw new PatternFault('a range in [ ] is the wrong way round')
    return [low, high]
  }

  #member(): readonly CodeRange[] {
    if (this.#at >= this.#source.length) throw new PatternFault('a ] is missing')
    const character = this.#next()
    return character === '\\' ? this.#escape() : single(character)
  }

  #escape(): readonly CodeRange[] {
    const character = this.#next()
    const known = Object.hasOwn(LETTER_ESCAPES, character) ? LETTER_ESCAPES[character] : undefined
    if (known !== undefined) return known
    const digits = character === 'x' ? 2 : character === 'u' ? 4 : 0
    if (digits > 0) {
      const hex = this.#source.slice(this.#at, this.#at + digits)
      const isHex = /^[0-9a-f]+$/i.test(hex) && hex.length === digits
      if (!isHex) throw new PatternFault(`\\${character} needs ${digits} hex digits`)
      this.#at += digits
      return [[Number.parseInt(hex, 16), Number.parseInt(hex, 16)]]
    }
    if (character === '' || /[a-z0-9]/i.test(character)) throw new PatternFault(`\\${character} is not known`)
    return single(character)
  }

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #next(): string {
    return this.#source[this.#at++] ?? ''
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at++
    return true
  }
}

function single(character: string): readonly CodeRange[] {
  const code = character.charCodeAt(0)
  return [[code, code]]
}

/** A range as wide holds the lower case of what is in it. */
const WIDE = 0x2000

/** Those, and the form that their characters have in folded text. */
function folded(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const all: CodeRange[] = [...ranges]
  for (const [low, high] of ranges) {
    if (high - low > WIDE) continue
    for (let code = low; code <= high; code++) {
      const lower = fold(String.fromCharCode(code)).charCodeAt(0)
      if (lower !== code) all.push([lower, lower])
    }
  }
  return all
}

/** All but those, and but the line feed. */
function without(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const left: CodeRange[] = []
  let from = 0
  for (const [low, high] of [...ranges, [LINE_FEED, LINE_FEED] as const].sort((a, b) => a[0] - b[0])) {
    if (low > from) left.push([from, low - 1])
    from = Math.max(from, high + 1)
  }
  if (from <= LAST_UNIT) left.push([from, LAST_UNIT])
  return left
}

function withoutLineFeed(ranges: readonly CodeRange[]): readonly CodeRange[] {
  return without(without(ranges))
}

function isEmptyPossible(node: PatternNode): boolean {
  if (node.kind === 'set') return false
  if (node.kind === 'times') return node.least === 0 || isEmptyPossible(node.part)
  return node.kind === 'all' ? node.parts.every(isEmptyPossible) : node.parts.some(isEmptyPossible)
}
