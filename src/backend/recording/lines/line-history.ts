import type { IBuffer, IBufferLine, IDisposable, IMarker, Terminal } from '@xterm/headless'
import { HISTORY_SCROLLBACK } from './batch-limits'
import { HiddenText } from './hidden-text'
import { LINE_FLAGS, LineStore, type LineColumns, type LineLimits } from './line-columns'
import { rewrapped } from './rewrap'
import { RowTracker, type BatchMoment, type RowRange, type RowReading, type ShownRow } from './row-tracker'
import { ScreenSpans, type ScreenSpan } from './screen-spans'

export { BATCH_LIMITS, batchEnd, HISTORY_SCROLLBACK } from './batch-limits'

/** A row is kept up to this many characters: one cell can hold any number of combining marks. */
const MOST_ROW_CHARS = 4096
/** Characters of wrapped rows that are kept as one line: what a pattern costs may grow with the square of it. */
const MOST_JOINED_CHARS = 4096
const MOST_WAITING_ROWS = 1000

/**
 * Keeps what a terminal showed: every row, from when to when. `follow` is called after each batch (`batchEnd` cuts
 * them), in the callback of its `write`, and after each resize. The terminal needs `HISTORY_SCROLLBACK`.
 */
export class LineHistory {
  readonly #terminal: Terminal
  readonly #store: LineStore
  readonly #hidden: HiddenText
  readonly #hook: IDisposable
  readonly #normal = new RowTracker(false)
  readonly #alternate = new RowTracker(true)
  readonly #spans = new ScreenSpans()
  /** Rows that left the screen while the end of their line is still on it. */
  #waiting: ShownRow[] = []
  /** Tells how many lines the terminal dropped: its line number is `#anchorLine`. */
  #anchor: IMarker | undefined
  #anchorLine = 0
  /** Number of the first line that the terminal holds. */
  #base = 0
  #baseY = 0
  #cols: number
  #switches = 0
  #wasAlternate = false
  #isAlternate = false
  #lost: { at: number; lines: number } = { at: 0, lines: 0 }

  constructor(terminal: Terminal, limits?: LineLimits) {
    this.#terminal = terminal
    this.#store = new LineStore(limits)
    this.#hidden = new HiddenText(terminal)
    this.#hook = terminal.buffer.onBufferChange(({ type }) => {
      // A full reset tells of a change too.
      if ((type === 'alternate') !== this.#isAlternate) this.#switches++
      this.#isAlternate = type === 'alternate'
    })
    this.#cols = terminal.cols
    this.#isAlternate = terminal.buffer.active.type === 'alternate'
    this.#setAnchor()
  }

  /** Entries of what has gone so far; what is still shown follows with `end`. */
  columns(): LineColumns {
    return this.#store.columns()
  }

  /** When the alternate screen was in use. */
  get alternateSpans(): readonly ScreenSpan[] {
    return this.#spans.all
  }

  /** Lines that went by too fast to be read, at least, and when they last did; entries beyond the limits. */
  get missed(): { at: number; lines: number; entries: number } {
    return { ...this.#lost, entries: this.#store.dropped }
  }

  follow(moment: BatchMoment): void {
    const isAlternate = this.#isAlternate
    if (!isAlternate || !this.#wasAlternate || this.#switches > 1) this.#followNormal(moment)
    if (isAlternate) this.#followAlternate(moment)
    else this.#keep(this.#alternate.leave(), LINE_FLAGS.alternate, moment.time)
    this.#spans.follow(moment.time, isAlternate, this.#switches > 0)
    this.#switches = 0
    this.#wasAlternate = isAlternate
  }

  /** The recording ends: what is still shown gets its entries. */
  end(time: number): void {
    this.#keep(this.#alternate.leave(), LINE_FLAGS.alternate | LINE_FLAGS.shown, time)
    const shown = this.#normal.leave().map((row) => ({ row, flags: LINE_FLAGS.shown }))
    this.#append([...this.#waiting.splice(0).map(scrolled), ...shown], time)
    this.#spans.end(time)
  }

  close(): void {
    this.#hidden.close()
    this.#hook.dispose()
    this.#anchor?.dispose()
  }

  #followAlternate(moment: BatchMoment): void {
    const range = this.#range(this.#terminal.buffer.alternate, 0, { from: 0, to: this.#terminal.rows })
    this.#keep(this.#alternate.follow(range, moment), LINE_FLAGS.alternate, moment.time)
  }

  #followNormal(moment: BatchMoment): void {
    const buffer = this.#terminal.buffer.normal
    this.#renumber(buffer, moment.time)
    const top = this.#base + buffer.baseY
    const from = Math.min(Math.max(this.#normal.top, this.#base), top)
    const range = this.#range(buffer, this.#base, { from, to: top + this.#terminal.rows })
    const wasResized = this.#cols !== this.#terminal.cols || from < this.#normal.top
    const gone = wasResized ? rewrapped(this.#normal, range, moment) : this.#normal.follow(range, moment)
    this.#cols = this.#terminal.cols
    this.#leave(gone, this.#normal.leaveAbove(top), moment.time)
    if (buffer.baseY !== this.#baseY || top !== from || wasResized) this.#setAnchor()
    this.#baseY = buffer.baseY
  }

  /** Finds out which lines the terminal has dropped since the last batch. */
  #renumber(buffer: IBuffer, time: number): void {
    const isFull = buffer.length >= this.#terminal.rows + (this.#terminal.options.scrollback ?? HISTORY_SCROLLBACK)
    // With nothing above the screen the anchor is a row of it, and rows are inserted and deleted.
    if (this.#baseY === 0 && !isFull) return
    let lost = 0
    if (this.#hasAnchor()) {
      this.#base = this.#anchorLine - (this.#anchor?.line ?? 0)
      lost = Math.max(this.#base - this.#normal.top, 0)
    } else if (isFull || buffer.baseY < this.#baseY) {
      // Numbers that no line had: lines were dropped uncounted, or all that was above the screen was cleared.
      this.#base = this.#normal.bottom
      lost = isFull ? 1 : 0
    }
    if (lost > 0) this.#lost = { at: time, lines: this.#lost.lines + lost }
  }

  #hasAnchor(): boolean {
    const { active, normal } = this.#terminal.buffer
    if (this.#anchor === undefined || this.#anchor.isDisposed) return false
    // A full reset begins new screens, and leaves the marks of the old ones as they were.
    return active.type !== normal.type || this.#terminal.markers.includes(this.#anchor)
  }

  /** The line above the screen is safe from everything but being dropped. */
  #setAnchor(): void {
    const { active, normal } = this.#terminal.buffer
    if (active.type === 'alternate') return
    const index = Math.max(normal.baseY - 1, 0)
    this.#anchor?.dispose()
    this.#anchor = this.#terminal.registerMarker(index - normal.baseY - normal.cursorY)
    this.#anchorLine = this.#base + index
  }

  #range(buffer: IBuffer, base: number, { from, to }: { from: number; to: number }): RowRange {
    let next: { index: number; line: IBufferLine | undefined } = { index: -1, line: undefined }
    const lineAt = (index: number): IBufferLine | undefined =>
      next.index === index ? next.line : buffer.getLine(index)
    const read = (number: number): RowReading => {
      const line = lineAt(number - base)
      next = { index: number - base + 1, line: buffer.getLine(number - base + 1) }
      if (line === undefined) return { text: '', wrapped: false }
      return { text: rowText(line, next.line?.isWrapped === true), wrapped: line.isWrapped }
    }
    const isHidden = (number: number): boolean => {
      const line = buffer.getLine(number - base)
      return line !== undefined && this.#hidden.isIn(line)
    }
    return { from, to, read, isHidden }
  }

  /** What was erased, and what was pushed off the screen: in order, and lines whole where they can be. */
  #leave(erased: readonly ShownRow[], above: readonly ShownRow[], time: number): void {
    const last = this.#waiting.at(-1)?.line ?? -2
    const next = above[0]?.line === last + 1 ? above[0] : this.#normal.at(last + 1)
    const ended = next?.wrapped === true ? [] : this.#waiting.splice(0)
    this.#append([...ended.map(scrolled), ...erased.map((row) => ({ row, flags: 0 }))], time)
    const leaving = [...this.#waiting, ...above]
    const keptFrom = this.#normal.at(this.#normal.top)?.wrapped === true ? lineStart(leaving) : leaving.length
    const tooMany = leaving.length - keptFrom > MOST_WAITING_ROWS
    this.#waiting = tooMany ? [] : leaving.slice(keptFrom)
    this.#append((tooMany ? leaving : leaving.slice(0, keptFrom)).map(scrolled), time)
  }

  #keep(rows: readonly ShownRow[], flags: number, time: number): void {
    this.#append(rows.map((row) => ({ row, flags })), time)
  }

  #append(leaving: readonly Leaving[], time: number): void {
    let before: ShownRow | null = null
    let joinedChars = 0
    for (const { row, flags } of leaving) {
      const follows: boolean = row.wrapped && before !== null && before.line === row.line - 1
      const joined = follows && joinedChars + row.text.length <= MOST_JOINED_CHARS
      joinedChars = row.text.length + (joined ? joinedChars : 0)
      before = row
      this.#store.append(row, time, flags | rowFlags(row) | (joined ? LINE_FLAGS.joined : 0))
    }
  }
}

type Leaving = { row: ShownRow; flags: number }

function scrolled(row: ShownRow): Leaving {
  return { row, flags: LINE_FLAGS.scrolled }
}

function rowFlags(row: ShownRow): number {
  return (
    (row.wrapped ? LINE_FLAGS.wrapped : 0) |
    (row.hidden ? LINE_FLAGS.hidden : 0) |
    (row.returned ? LINE_FLAGS.returned : 0) |
    (row.grown ? LINE_FLAGS.grown : 0)
  )
}

/** Index of the first row of the line to which the last row belongs. */
function lineStart(rows: readonly ShownRow[]): number {
  let at = rows.length
  while (at > 0) {
    at--
    const row = rows[at]
    if (row?.wrapped !== true || rows[at - 1]?.line !== row.line - 1) break
  }
  return at
}

function rowText(line: IBufferLine, continues: boolean): string {
  const text = line.translateToString(true)
  if (continues) return text.length > MOST_ROW_CHARS ? text.slice(0, MOST_ROW_CHARS) : text
  let end = Math.min(text.length, MOST_ROW_CHARS)
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end--
  return end === text.length ? text : text.slice(0, end)
}
