/** What a row of the screen shows since some time. Times in seconds since the start of the recording. */
export type ShownRow = {
  text: string
  /** Continues the row above it. */
  wrapped: boolean
  line: number
  since: number
  changed: number
  offset: number
  hidden: boolean
  /** Its text is the beginning of one that was shown before: what is left after erasing. */
  rest: boolean
  returned: boolean
  /** What took its place holds all of it, or differs in its digits alone. */
  grown: boolean
}

export type RowReading = { text: string; wrapped: boolean }

/** The rows that are to be compared: numbers from `from` up to, not including, `to`. */
export type RowRange = {
  from: number
  to: number
  read: (line: number) => RowReading
  /** Whether the row holds text that cannot be seen. Asked of changed rows alone. */
  isHidden: (line: number) => boolean
}

export type BatchMoment = {
  /** Seconds since the start of the recording, of the last event of the batch. */
  time: number
  /** Byte of the output at which the batch begins. */
  offset: number
}

type Change = { line: number; old: ShownRow | null; new: RowReading }
/** `outside`: rows that are no part of the range any more. */
type Found = { changes: Change[]; outside: (ShownRow | null)[] }

/** The rows of one screen, from one batch to the next. */
export class RowTracker {
  /** Whether a row that differs in its digits alone is the same row, as on the screens of full-screen programs. */
  readonly #counters: boolean
  #top = 0
  #rows: (ShownRow | null)[] = []

  constructor(counters: boolean) {
    this.#counters = counters
  }

  /** Number of the first row. */
  get top(): number {
    return this.#top
  }

  /** One past the number of the last row. */
  get bottom(): number {
    return this.#top + this.#rows.length
  }

  at(line: number): ShownRow | null {
    return this.#rows[line - this.#top] ?? null
  }

  /** Compares the rows with what they show now; returns what is seen no more, in the order of the rows. */
  follow(range: RowRange, moment: BatchMoment): ShownRow[] {
    const changes: Change[] = []
    const rows: (ShownRow | null)[] = []
    for (let line = range.from; line < range.to; line++) {
      const old = this.at(line)
      const reading = range.read(line)
      if (old !== null) old.wrapped = reading.wrapped
      const same = old === null ? reading.text === '' : old.text === reading.text
      if (!same) changes.push({ line, old, new: reading })
      rows.push(same ? old : null)
    }
    const outside = this.#rows.filter((_, index) => this.#top + index < range.from || this.#top + index >= range.to)
    this.#rows = rows
    this.#top = range.from
    if (changes.length === 0 && outside.length === 0) return []
    return this.#resolve({ changes, outside }, range, moment)
  }

  /** Forgets the rows above `line`; returns them. */
  leaveAbove(line: number): ShownRow[] {
    const left = this.#rows.splice(0, Math.max(line - this.#top, 0))
    this.#top = Math.max(line, this.#top)
    return left.filter((row) => row !== null)
  }

  /** Forgets all rows; returns them. */
  leave(): ShownRow[] {
    return this.leaveAbove(this.bottom)
  }

  /** Takes other rows for its own, after the terminal was resized. */
  take(top: number, rows: (ShownRow | null)[]): void {
    this.#top = top
    this.#rows = rows
  }

  #resolve(found: Found, range: RowRange, moment: BatchMoment): ShownRow[] {
    const unmatched = new Set<ShownRow>()
    for (const row of found.outside) if (row !== null) unmatched.add(row)
    for (const change of found.changes) if (change.old !== null) unmatched.add(change.old)
    const rest = unmatched.size === 0 ? found.changes : this.#moved(found.changes, unmatched)
    for (const change of rest) {
      if (change.new.text === '') continue
      const old = change.old !== null && unmatched.has(change.old) ? change.old : null
      const row = this.#rowOf(change, old, moment)
      unmatched.delete(row)
      row.hidden ||= range.isHidden(change.line)
      this.#place(row, change)
    }
    return [...unmatched].sort((a, b) => a.line - b.line)
  }

  /** The row that stood there, where the change is only more of it; otherwise a new one. */
  #rowOf(change: Change, old: ShownRow | null, moment: BatchMoment): ShownRow {
    const { text } = change.new
    if (old !== null && this.#continues(old, text)) {
      old.rest &&= old.text.startsWith(text)
      old.text = text
      old.changed = moment.time
      return old
    }
    const row = rowOf(change.new, change.line, moment)
    if (old !== null) {
      row.rest = old.text.startsWith(text)
      old.grown = isInserted(old.text, text) || withoutDigits(old.text) === withoutDigits(text)
    }
    return row
  }

  /** Rows whose text another row had: the screen scrolled in part. Returns the changes that this does not explain. */
  #moved(changes: Change[], unmatched: Set<ShownRow>): Change[] {
    const byText = new Map<string, ShownRow[]>()
    for (const row of unmatched) {
      const rows = byText.get(row.text)
      if (rows === undefined) byText.set(row.text, [row])
      else rows.push(row)
    }
    return changes.filter((change) => {
      const row = byText.get(change.new.text)?.shift()
      if (row === undefined) return true
      unmatched.delete(row)
      row.wrapped = change.new.wrapped
      row.line = change.line
      this.#place(row, change)
      return false
    })
  }

  #continues(old: ShownRow, text: string): boolean {
    if (text.length > old.text.length && text.startsWith(old.text)) return true
    if (old.rest && old.text.startsWith(text)) return true
    return this.#counters && withoutDigits(old.text) === withoutDigits(text)
  }

  #place(row: ShownRow, change: Change): void {
    this.#rows[change.line - this.#top] = row
  }
}

/** A line that is shown from now on. */
export function rowOf({ text, wrapped }: RowReading, line: number, { time, offset }: BatchMoment): ShownRow {
  return { text, wrapped, line, since: time, changed: time, offset, hidden: false, rest: false, returned: false, grown: false }
}

/** Whether `text` is `old` with something put in at one place. */
function isInserted(old: string, text: string): boolean {
  if (text.length <= old.length) return false
  let same = 0
  while (same < old.length && old.charCodeAt(same) === text.charCodeAt(same)) same++
  return text.endsWith(old.slice(same))
}

function withoutDigits(text: string): string {
  return text.replace(/\d+/g, '#')
}
