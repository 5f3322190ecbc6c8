import { fold } from './fold'
import { LINE_FLAGS, type LineColumns, type LineSegment } from './line-columns'
import { endOfLine, firstOfLine, hasFlag, lineText, textEnd } from './logical-lines'
import { compilePattern, type Matcher } from './pattern'

/** Neither tells upper case from lower. `pattern`: see `parsePattern`. */
export type LineQuery = { text: string } | { pattern: string }

export type LineHit = {
  /** Seconds: from here on the text is shown. */
  at: number
  /** Seconds; null where it is still shown at the end. */
  gone: number | null
  /** The line with its wrapped rows; of a long one, what stands around the hit. */
  text: string
  /** UTF-16 units of `text`. */
  from: number
  to: number
  alternate: boolean
  /** Number of the line since the start, or row of the alternate screen, on which the hit begins. */
  line: number
  /** Index of the entry in which it begins. */
  entry: number
}

export type LineHits = {
  /** By time; at most `most`. */
  hits: LineHit[]
  total: number
  /** `isExpired` ended it: there may be more. */
  isPartial: boolean
}

export type SearchOptions = {
  /** Hits to return; 1000 unless told. */
  most?: number
  /** Asked once in a while; ends the search. */
  isExpired?: () => boolean
}

const USUAL_HITS = 1000
const CHARS_AROUND = 500
const HITS_PER_ASKING = 4096

/** Where a hit stands in the whole text, the entry in which it begins and the one in which it ends. */
type Place = { at: number; from: number; to: number; entry: number; last: number }

/**
 * Every place where the query stands, over wrapped rows too.
 * @throws PatternFault for a pattern that cannot be read.
 */
export function searchLines(lines: LineColumns, query: LineQuery, options: SearchOptions = {}): LineHits {
  const { most = USUAL_HITS, isExpired = () => false } = options
  const hunt = new Hunt(lines, most, isExpired)
  const search = searchFor(query, hunt)
  const isPartial = search !== null && lines.segments.some((segment) => !search(segment) || isExpired())
  return { hits: hunt.earliest().map((place) => toHit(lines, place)), total: hunt.total, isPartial }
}

/** Hunts through one segment; false where time ran out. */
type Search = (segment: LineSegment) => boolean

/** Null where the query can stand nowhere. */
function searchFor(query: LineQuery, hunt: Hunt): Search | null {
  if ('pattern' in query) return patternSearch(compilePattern(query.pattern), hunt)
  const wanted = fold(query.text)
  return wanted === '' || wanted.includes('\n') ? null : textSearch(wanted, hunt)
}

function patternSearch(find: Matcher, hunt: Hunt): Search {
  return ({ folded, start }) => {
    for (let match = find(folded, 0); match !== null; match = find(folded, match.to)) {
      if (!hunt.take(start + match.from, start + match.to)) return false
    }
    return true
  }
}

/** The same without a match for each hit, which would take longer than the search. */
function textSearch(wanted: string, hunt: Hunt): Search {
  const { length } = wanted
  return ({ folded, start }) => {
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + length)) {
      if (!hunt.take(start + at, start + at + length)) return false
    }
    return true
  }
}

/** Counts all hits and keeps the earliest: a common letter has millions. */
class Hunt {
  total = 0
  readonly #lines: LineColumns
  readonly #most: number
  readonly #isExpired: () => boolean
  #kept: Place[] = []
  /** So many that are earlier are kept: a hit of this time or a later one is none of the earliest. */
  #latest = Infinity
  /** Hits come in the order of the text, so the next one is in this entry or after it. */
  #entry = 0
  /** Where the next entry begins. */
  #end = 0

  constructor(lines: LineColumns, most: number, isExpired: () => boolean) {
    this.#lines = lines
    this.#most = most
    this.#isExpired = isExpired
    this.#end = lines.starts[1] ?? Infinity
  }

  /** False where time ran out. */
  take(from: number, to: number): boolean {
    if (from >= this.#end) this.#goTo(from)
    // No more than the line feed before the next entry stands between: only what goes beyond ends in another one.
    const last = to < this.#end ? this.#entry : lastEntry(this.#lines, this.#entry, to)
    const at = this.#lines.changed[last] ?? 0
    if (at < this.#latest) this.#keep({ at, from, to, entry: this.#entry, last })
    return ++this.total % HITS_PER_ASKING !== 0 || !this.#isExpired()
  }

  /** By time, and by their place in the text where that is the same. */
  earliest(): Place[] {
    this.#kept.sort((a, b) => a.at - b.at || a.from - b.from)
    this.#kept.length = Math.min(this.#kept.length, this.#most)
    return this.#kept
  }

  #goTo(place: number): void {
    const { starts } = this.#lines
    let entry = this.#entry
    while (place >= (starts[entry + 1] ?? Infinity)) entry++
    this.#entry = entry
    this.#end = starts[entry + 1] ?? Infinity
  }

  #keep(place: Place): void {
    this.#kept.push(place)
    if (this.#kept.length >= this.#most * 2) this.#latest = this.earliest().at(-1)?.at ?? 0
  }
}

function lastEntry(lines: LineColumns, first: number, to: number): number {
  let last = first
  while (textEnd(lines, last) < to && last + 1 < lines.count) last++
  return last
}

function toHit(lines: LineColumns, { from, to, entry, last }: Place): LineHit {
  const first = firstOfLine(lines, entry)
  const start = lines.starts[first] ?? 0
  const whole = lineText(lines, first, endOfLine(lines, first))
  const skipped = Math.max(from - start - CHARS_AROUND, 0)
  const isShown = hasFlag(lines, last, LINE_FLAGS.shown)
  return {
    at: (lines.changed[last] ?? 0) / 1000,
    gone: isShown ? null : (lines.gone[last] ?? 0) / 1000,
    text: whole.slice(skipped, to - start + CHARS_AROUND),
    from: from - start - skipped,
    to: to - start - skipped,
    alternate: hasFlag(lines, entry, LINE_FLAGS.alternate),
    line: lines.lines[entry] ?? 0,
    entry,
  }
}
