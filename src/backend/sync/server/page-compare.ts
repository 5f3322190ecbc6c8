import { outside, type TimeRange } from '../../../domain'
import { BEGINNING } from '../../source'
import { addCopies, bySecond, copiesIn, disputed, expectedIn, explained, keysOf, SECOND, timeAt, timesMore, unwalked, vanishBut, type Copies } from './known'
import type { ListRun } from './list-run'
import { disagrees, listedTwice, unreadable } from './notes'
import type { Mark, Numbered, PageReader } from './page-reader'

/** Times that two pages between which something is missing are read. */
const PASSES = 8
/** Ranges in dispute that one sync reads again. */
const DISPUTES = 3

/** What readings of a range gave while the server counted the same: keys, and records that stood in a page more than once. */
type Given = { keys: Set<string>; copies: Copies }

/** Compares what is held of a list in pages with what its server counts, and reads again where they part. */
export class PageCompare {
  readonly #run: ListRun
  readonly #reader: PageReader

  constructor(run: ListRun, reader: PageReader) {
    this.#run = run
    this.#reader = reader
  }

  /** `first`: the first page, where it is still fresh. */
  async verify(first: Numbered | null): Promise<void> {
    const run = this.#run
    const reader = this.#reader
    const top = await reader.mark(run.to, first ?? 1)
    if (top === null) return this.#judgeNothing({ from: run.from, to: run.to })
    const end = reader.end()
    const bottom = run.from === BEGINNING ? end : await reader.mark(run.from, Math.max(1, reader.numberAt(run.from) - 1))
    await this.#compare(top, bottom ?? reader.end())
    if (run.options.recheckPages > 0) await this.#settleDisputes()
  }

  /** No record that old was found, down to the last page. */
  #judgeNothing(range: TimeRange): void {
    const { rejected, rows, total = 0 } = this.#reader
    const held = this.#run.held(range)
    const isEmpty = rows === 0 && this.#run.held({ from: range.to, to: Infinity }) === 0
    if (rejected > 0) this.#partial(range, held + rejected, unreadable(rejected))
    else if (isEmpty && total > 0) this.#partial(range, total, disagrees(total, 0))
    else this.#completeIf(range, 0)
  }

  /** One page, which is one moment, is the whole list. */
  judgeAll(page: Numbered): void {
    const run = this.#run
    const range = { from: run.from, to: run.to }
    run.toSee += page.rows.length
    run.keep(page)
    const inside = page.rows.filter(({ time }) => time >= range.from && time < range.to)
    if (page.rejected.length > 0) {
      const { length } = page.rejected
      this.#partial(range, inside.length + length, unreadable(length))
      return
    }
    vanishBut(run, { from: run.from, to: Infinity }, keysOf(page))
    this.complete(range, [])
    this.coverCopies(range, copiesIn(page))
  }

  /** Says so of all that was walked. */
  complete(range: TimeRange, holes = unwalked(this.#run, range)): void {
    const run = this.#run
    const clipped = { from: Math.max(range.from, run.from), to: Math.min(range.to, run.to) }
    if (clipped.from >= clipped.to) return
    const isCounted = this.#reader.total !== undefined
    for (const piece of outside(clipped, holes)) {
      run.cover({ stream: run.result.stream, ...piece, state: 'complete', ...(isCounted ? { serverTotal: run.held(piece) } : {}) })
    }
  }

  async #compare(top: Mark, bottom: Mark): Promise<void> {
    const range = { from: bottom.bound, to: top.bound }
    if (range.from >= range.to) return
    if (this.#completeIf(range, top.older - bottom.older)) return
    const middle = top.number + Math.floor((bottom.number - top.number) / 2)
    const mark = middle > top.number && middle < bottom.number ? await this.#reader.mark(top.bound, middle) : null
    if (mark && mark.bound > bottom.bound && mark.bound < top.bound && mark.number < bottom.number) {
      await this.#compare(top, mark)
      await this.#compare(mark, bottom)
    } else await this.#readAgain(top, bottom)
  }

  /** Reads the few pages between two marks until what they hold is held. */
  async #readAgain(top: Mark, bottom: Mark): Promise<void> {
    const run = this.#run
    const range = { from: bottom.bound, to: top.bound }
    let counted = top.older - bottom.older
    let given: Given = { keys: new Set(), copies: new Map() }
    for (let pass = 1; pass <= PASSES; pass++) {
      await this.#pass({ top, bottom, range }, given)
      const again = await this.#reader.mark(top.bound, Math.max(1, top.number - 1))
      const { bound, number } = bottom
      const end = bound === BEGINNING ? this.#reader.end() : await this.#reader.mark(bound, Math.max(1, number - 1))
      const before = counted
      if (again?.bound === top.bound && end?.bound === bound) counted = again.older - end.older
      // One that left meanwhile must not stand for one that was never given.
      if (counted !== before) given = { keys: new Set(), copies: new Map() }
      // All was given that the server counts: what else is held is gone.
      if (given.keys.size + timesMore(given.copies) === counted) vanishBut(run, range, given.keys)
      if (this.#completeIf(range, counted) || this.#explain(range, counted, given)) return
    }
    this.#partial(range, counted, disagrees(counted, run.held(range)))
  }

  /** Reads the pages of a range once. */
  async #pass({ top, bottom, range }: { top: Mark; bottom: Mark; range: TimeRange }, given: Given): Promise<void> {
    const run = this.#run
    for (let number = Math.max(1, top.number - 1); number <= bottom.number + 1; ) {
      const page: Numbered = await this.#reader.page(number)
      run.keep(page)
      findVanished(run, this.#reader, page)
      const rows = page.rows.filter(({ time }) => time >= range.from && time < range.to)
      for (const { key } of rows) given.keys.add(key)
      addCopies(given.copies, copiesIn({ rows }))
      if (this.#reader.isLast(page)) return
      number = page.number + 1
    }
  }

  /** Records that stand twice in one page do so on the server, and its total counts both; what did so before may not now. */
  #explain(range: TimeRange, counted: number, { keys, copies }: Given): boolean {
    const more = timesMore(copies)
    if (this.#run.held(range) + more !== counted || (more === 0 && keys.size !== counted)) return false
    this.complete(range)
    this.coverCopies(range, copies)
    return true
  }

  /** Says of what is listed twice that it is, so that counting needs no second look. */
  coverCopies(range: TimeRange, copies: Copies): void {
    const inside = [...copies.values()].filter(({ time }) => time >= range.from && time < range.to)
    for (const [second, times] of bySecond(inside)) {
      const piece = { from: Math.max(second, range.from), to: Math.min(second + SECOND, range.to) }
      this.#partial(piece, this.#run.held(piece) + times, listedTwice(times))
    }
  }

  #partial(range: TimeRange, serverTotal: number, note: string): void {
    const clipped = { from: Math.max(range.from, this.#run.from), to: Math.min(range.to, this.#run.to) }
    this.#run.cover({ stream: this.#run.result.stream, ...clipped, state: 'partial', serverTotal, note, overrule: true })
  }

  #completeIf(range: TimeRange, counted: number): boolean {
    const run = this.#run
    if (expectedIn(run, range) !== counted) return false
    for (const piece of outside(range, explained(run, range))) this.complete(piece)
    return true
  }

  /** What could not be brought together before may be now. */
  async #settleDisputes(): Promise<void> {
    const run = this.#run
    const reader = this.#reader
    for (const { from, to } of disputed(run, { from: run.from, to: run.to }).slice(0, DISPUTES)) {
      const top = await reader.mark(to, Math.max(1, reader.numberAt(to) - 1))
      const bottom = from === BEGINNING ? reader.end() : await reader.mark(from, Math.max(1, reader.numberAt(from) - 1))
      if (top && bottom && bottom.bound < top.bound) await this.#readAgain(top, bottom)
    }
  }
}

/** A page is one moment: a held record that belongs between its first and last and is not in it is gone. */
export function findVanished(run: ListRun, reader: PageReader, page: Numbered): void {
  const [newest, oldest] = [timeAt(page, 0), timeAt(page, -1)]
  if (newest === null || oldest === null || page.rejected.length > 0) return
  // Nothing is newer than the first page, and nothing older than the last.
  const range = { from: reader.isLast(page) ? BEGINNING : oldest + 1, to: page.number === 1 ? Infinity : newest }
  if (range.from < range.to) vanishBut(run, range, keysOf(page))
}
