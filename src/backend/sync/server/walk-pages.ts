import type { Instant, TimeRange } from '../../../domain'
import { BEGINNING, ServerFault } from '../../source'
import { FallBack } from './fall-back'
import { copiesIn, coverFresh, keysOf, timeAt, unwalked } from './known'
import { LAG_MS, type ListRun } from './list-run'
import { READING, REPEATS } from './notes'
import { findVanished, PageCompare } from './page-compare'
import { PageReader, type Numbered } from './page-reader'

// Reading a list that comes in pages, newest first, and knows no time window. Rows that arrive at its head shift all
// others, so a record's place is counted from the list's old end: that holds still. How many records are older than a
// given one is in every answer (total less place) and is compared with how many are held; where the difference changes
// between two pages, something between them is missing here or gone there. Counting alone would take one that left and one
// that was skipped for nothing, so two pages must also be seen to join.

/** Times that two pages that do not join are read again. */
const TRIES = 4
/** Pages in a row that say nothing but what the one before said. */
const STUCK = 3

export async function syncPages(run: ListRun): Promise<void> {
  await new PageWalk(run).sync()
}

class PageWalk {
  readonly #run: ListRun
  readonly #reader: PageReader
  readonly #compare: PageCompare

  constructor(run: ListRun) {
    this.#run = run
    this.#reader = new PageReader(run)
    this.#compare = new PageCompare(run, this.#reader)
  }

  async sync(): Promise<void> {
    const run = this.#run
    const first = await this.#reader.page(1)
    if (run.options.range === null) run.result.serverTotal = first.total ?? null
    coverFresh(run)
    if (this.#reader.isAll(first)) return this.#compare.judgeAll(first)
    findVanished(run, this.#reader, first)
    const gaps = unwalked(run, { from: run.from, to: run.to })
    run.expect(this.#expectToSee(gaps), this.#reader.limit)
    const isHead = run.options.range === null && gaps[0]?.to === run.to
    if (!isHead) run.keep(first)
    for (const [i, gap] of gaps.entries()) {
      const from = i === 0 && isHead ? first : await this.#reader.pageAt(gap.to, first)
      await run.reading(() => this.#walkDown(gap, from))
    }
    if (first.total !== undefined) await this.#compare.verify(run.pages > 1 ? null : first)
    else this.#compare.complete({ from: run.from, to: run.to })
    // History that was just read for the first time needs no second look.
    if (!gaps.some(({ from }) => from === BEGINNING)) await this.#recheck()
  }

  /** How many pages after one will surely be asked for. */
  #after(number: number, behind: Instant): number {
    const { total, limit } = this.#reader
    return behind <= BEGINNING && total !== undefined ? Math.ceil(total / limit) - number : 0
  }

  #expectToSee(gaps: TimeRange[]): number {
    const { to } = this.#run
    const isAll = gaps.some((gap) => gap.from === BEGINNING)
    const { total = 0, limit } = this.#reader
    return isAll ? Math.max(0, total - this.#run.held({ from: BEGINNING, to })) : limit * Math.max(1, gaps.length)
  }

  /** Reads pages from one on until the gap is behind. */
  async #walkDown(gap: TimeRange, first: Numbered): Promise<void> {
    const run = this.#run
    const behind = gap.from - Math.max(LAG_MS, run.options.list.changesForMs)
    let top = gap.to
    let page = first
    for (let stuck = 0; ; ) {
      const oldest = timeAt(page, -1)
      const isEnd = this.#reader.isLast(page) || (oldest !== null && oldest < behind)
      const bottom = isEnd ? gap.from : Math.max(gap.from, (oldest ?? top) + 1)
      const walked = { from: bottom, to: top }
      run.cover({ stream: run.result.stream, ...walked, state: 'partial', note: READING })
      top = Math.min(top, bottom)
      run.keep(page)
      await this.#coverCopies(walked, page)
      if (isEnd) return
      const follower = await this.#reader.page(page.number + 1, this.#after(page.number + 1, behind))
      stuck = this.#isRepeated(page, follower) ? stuck + 1 : 0
      if (stuck === STUCK) throw this.#stuck(page)
      const isClear = bottom > gap.to || isJoined(page, follower)
      const joined = isClear ? follower : await run.apart(() => this.#join(page, follower))
      // What may have been skipped stays a hole that the next sync reads.
      page = joined ?? follower
      if (!joined) top = Math.min(top, timeAt(follower, 0) ?? top)
    }
  }

  async #coverCopies(walked: TimeRange, page: Numbered): Promise<void> {
    const copies = copiesIn(page)
    if (copies.size === 0) return
    await this.#run.stored()
    this.#compare.coverCopies(walked, copies)
  }

  /** The page that goes on where one ended; null where the two cannot be made to join. */
  async #join(page: Numbered, follower: Numbered): Promise<Numbered | null> {
    let [upper, lower] = [page, follower]
    for (let times = 1; times <= TRIES; times++) {
      if (isJoined(upper, lower)) return lower
      // Rows that left above pulled others up across the edge: they are at the upper page's end now.
      const again = await this.#reader.page(upper.number)
      if (again.number !== upper.number) return null
      findVanished(this.#run, this.#reader, again)
      this.#run.keep(again)
      const isBelow = !isJoined(upper, again) && (timeAt(again, 0) ?? Infinity) < (timeAt(upper, -1) ?? -Infinity)
      if (isBelow) return null
      if (isJoined(again, lower)) return lower
      upper = again
      lower = await this.#reader.page(upper.number + 1)
      findVanished(this.#run, this.#reader, lower)
      this.#run.keep(lower)
    }
    return null
  }

  #isRepeated(page: Numbered, follower: Numbered): boolean {
    // Something older than all of a page is new.
    if ((timeAt(follower, -1) ?? 0) < (timeAt(page, -1) ?? 0)) return false
    const given = keysOf(page)
    return follower.rows.length > 0 && [...keysOf(follower)].every((key) => given.has(key))
  }

  #stuck(page: Numbered): Error {
    if (page.total !== undefined) return new FallBack(REPEATS)
    const { label } = this.#run.options.list
    return new ServerFault({ code: 'bad-answer', message: `${label}: the server gives the same page again and again, and no total.` })
  }

  /** A part of closed history is compared record for record each time, so that in the end all of it was. */
  async #recheck(): Promise<void> {
    const run = this.#run
    const { recheckPages, range } = run.options
    if (recheckPages <= 0 || range !== null) return
    const from = Math.min(run.recheckedTo ?? run.to, run.to)
    let number = Math.max(1, this.#reader.numberAt(from) - 1)
    for (let left = recheckPages; left > 0; left--) {
      const page = await this.#reader.page(number)
      number = page.number + 1
      findVanished(run, this.#reader, page)
      run.keep(page)
      const isLast = this.#reader.isLast(page)
      run.recheckedTo = isLast ? undefined : (timeAt(page, -1) ?? undefined)
      if (isLast) return
    }
  }
}

/** Whether nothing can stand between the two: they share a record, or nothing was added and nothing left meanwhile. */
function isJoined(upper: Numbered, lower: Numbered): boolean {
  const [record] = lower.rows
  return upper.total === lower.total || record === undefined || keysOf(upper).has(record.key)
}
