import { fold } from './fold'

/** Bits of `LineColumns.flags`. */
export const LINE_FLAGS = {
  /** Stood on the alternate screen, which full-screen programs use. */
  alternate: 1,
  /** Continues the row above it, on the terminal. */
  wrapped: 2,
  /** Wrapped, and its text follows that of the entry before without a break. */
  joined: 4,
  /** Left the screen by its upper edge, as lines do; all others were erased or written over. */
  scrolled: 8,
  /** Still shown where the recording ends. */
  shown: 16,
  /** Held text that nobody could see: concealed, or in the colour of its background. */
  hidden: 32,
  /** Came back from above when the terminal grew: it has an entry already. */
  returned: 64,
  /** What took its place on the row holds all of it, or differs in its digits alone. */
  grown: 128,
} as const

/** A run of the text; an entry lies in one segment. */
export type LineSegment = {
  /** Where its first character stands in the whole text. */
  start: number
  shown: string
  /** `fold` of it: every character at the same place. */
  folded: string
}

/**
 * What rows of a screen showed, in the order in which they went away, by column. The text of all is one, with a line
 * feed before every entry but the joined ones. Times are milliseconds since the start, rounded up: at that time it is
 * shown. 25 bytes an entry and the text.
 */
export type LineColumns = {
  count: number
  /** Characters of the whole text. */
  chars: number
  starts: Uint32Array
  /** First seen. */
  since: Uint32Array
  /** Last changed while it was the same entry, as typing does. */
  changed: Uint32Array
  /** Seen no more. */
  gone: Uint32Array
  /** Byte of the output at which the batch begins that brought it. */
  offsets: Uint32Array
  /** Number of the line since the start; on the alternate screen the row, from 0. */
  lines: Uint32Array
  flags: Uint8Array
  segments: readonly LineSegment[]
}

/** Times in seconds. */
export type LineEntry = { text: string; since: number; changed: number; offset: number; line: number }

type WordColumn = 'starts' | 'since' | 'changed' | 'gone' | 'offsets' | 'lines'
const WORD_COLUMNS: readonly WordColumn[] = ['starts', 'since', 'changed', 'gone', 'offsets', 'lines']
const MOST_WORD = 0xffff_ffff

/** Characters after which a segment is closed: one character beyond 8 bits doubles what a whole string costs. */
const SEGMENT_CHARS = 1 << 20

export type LineLimits = { entries: number; chars: number }
export const USUAL_LINE_LIMITS: LineLimits = { entries: 8_000_000, chars: 1 << 28 }

/** Takes entries in and gives them by column. */
export class LineStore {
  readonly #limits: LineLimits
  readonly #segments: LineSegment[] = []
  #words: Record<WordColumn, Uint32Array>
  #flags: Uint8Array
  #count = 0
  #chars = 0
  #parts: string[] = []
  #tailStart = 0
  #tail: LineSegment | null = null
  #dropped = 0

  constructor(limits: LineLimits = USUAL_LINE_LIMITS) {
    this.#limits = limits
    const empty = (): Uint32Array => new Uint32Array(1024)
    this.#words = { starts: empty(), since: empty(), changed: empty(), gone: empty(), offsets: empty(), lines: empty() }
    this.#flags = new Uint8Array(1024)
  }

  /** Entries that were one too many. */
  get dropped(): number {
    return this.#dropped
  }

  append(entry: LineEntry, gone: number, flags: number): void {
    if (this.#count >= this.#limits.entries || this.#chars + entry.text.length >= this.#limits.chars) {
      this.#dropped++
      return
    }
    if (this.#count === this.#flags.length) this.#grow()
    // What it would be joined to may be what was dropped, or stand in a segment that is closed.
    const joined = (flags & LINE_FLAGS.joined) !== 0 && this.#dropped === 0 && this.#parts.length > 0
    if (!joined) this.#breakLine()
    const at = this.#count++
    const words = this.#words
    words.starts[at] = this.#chars
    words.since[at] = milliseconds(entry.since)
    words.changed[at] = milliseconds(entry.changed)
    words.gone[at] = milliseconds(gone)
    words.offsets[at] = Math.min(entry.offset, MOST_WORD)
    words.lines[at] = Math.min(entry.line, MOST_WORD)
    this.#flags[at] = joined ? flags : flags & ~LINE_FLAGS.joined
    this.#put(entry.text)
  }

  /** A view of what is there now; what comes later is not in it. */
  columns(): LineColumns {
    const count = this.#count
    const word = (name: WordColumn): Uint32Array => this.#words[name].subarray(0, count)
    return {
      count,
      chars: this.#chars,
      starts: word('starts'),
      since: word('since'),
      changed: word('changed'),
      gone: word('gone'),
      offsets: word('offsets'),
      lines: word('lines'),
      flags: this.#flags.subarray(0, count),
      segments: this.#parts.length === 0 ? [...this.#segments] : [...this.#segments, this.#closedTail()],
    }
  }

  #breakLine(): void {
    if (this.#chars - this.#tailStart >= SEGMENT_CHARS) {
      this.#segments.push(this.#closedTail())
      this.#parts = []
      this.#tailStart = this.#chars
    }
    this.#put('\n')
  }

  #put(text: string): void {
    this.#parts.push(text)
    this.#chars += text.length
    this.#tail = null
  }

  #closedTail(): LineSegment {
    if (this.#tail === null) {
      const shown = this.#parts.join('')
      this.#parts = [shown]
      this.#tail = { start: this.#tailStart, shown, folded: fold(shown) }
    }
    return this.#tail
  }

  #grow(): void {
    const size = Math.min(this.#flags.length * 2, this.#limits.entries)
    for (const name of WORD_COLUMNS) {
      const bigger = new Uint32Array(size)
      bigger.set(this.#words[name])
      this.#words[name] = bigger
    }
    const flags = new Uint8Array(size)
    flags.set(this.#flags)
    this.#flags = flags
  }
}

function milliseconds(seconds: number): number {
  // A time such as 0.3 is a little more than its milliseconds once it is multiplied.
  return Math.min(Math.max(Math.ceil(seconds * 1000 - 1e-6), 0), MOST_WORD)
}
