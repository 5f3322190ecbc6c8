import type { Instant, TimeRange } from '../../../domain'
import { BEGINNING, lastTimeIn } from '../../source'
import type { Ahead } from './asking'
import { Allowance, FallBack } from './fall-back'
import { bySecond, ceil, copiesIn, coverFresh, disputed, expectedIn, floor, isNewestFirst, keysOf, rowsOf, SECOND, timeAt, unread, vanishBut } from './known'
import type { ListRun, Page } from './list-run'
import { disagrees, IGNORED_WINDOW, listedTwice, MISCOUNTED, unreadable, UNORDERED } from './notes'
import { readSecond } from './read-second'

// Reading a list that honours `from` and `to`. It is read newest first by time, not by number of page: each request asks
// for what is older than the oldest record of the answer before. So each answer is one moment of the server and says all
// of the time it spans; whatever rows come or go between two requests, none is skipped and none is taken for gone. Ends of
// windows are whole seconds, for servers that know no parts of them.

const DAY = 86_400_000
/** Pages of a range whose count is off that are read rather than counted in halves. */
const FEW_PAGES = 5

/** Which ends of a window the server counts as inside. */
type Ends = { from: boolean; to: boolean }

export async function syncWindows(run: ListRun): Promise<void> {
  await new WindowWalk(run).sync()
}

class WindowWalk {
  readonly #run: ListRun
  readonly #allowance: Allowance
  #ends: Ends = { from: true, to: false }
  #limit: number
  #isOrdered = true
  /** History was never read to its beginning before. */
  #isFirst = false

  constructor(run: ListRun) {
    this.#run = run
    this.#allowance = new Allowance(run)
    this.#limit = run.options.list.pageSize
  }

  async sync(): Promise<void> {
    const run = this.#run
    const newest = await run.fetch({ page: 1, limit: this.#limit })
    this.#heed(newest)
    run.toSee += newest.rows.length
    run.keep(newest)
    const top = newest.rows.reduce((last, { time }) => Math.max(last, time), -Infinity)
    if (newest.rows.length > 0) await this.#learnEnds(top)
    if (run.options.range === null) run.result.serverTotal = newest.total ?? null
    coverFresh(run)
    for (const gap of this.#gaps(Math.max(top, run.asOf) + DAY)) {
      if (this.#isFirst) await run.reading(() => this.#descend(gap))
      else await this.#descend(gap)
    }
    if (newest.total !== undefined) await this.#check({ from: run.from, to: run.to })
    await this.#recheck()
  }

  /** What was never read to its end, and what is younger than the lag: that is read each time and never called complete. */
  #gaps(end: Instant): TimeRange[] {
    const run = this.#run
    const gaps = unread(run, { from: run.from, to: run.to })
    this.#isFirst = gaps.some(({ from }) => from === BEGINNING)
    const fresh = { from: Math.max(run.settled, run.from), to: Math.min(run.options.range?.to ?? Infinity, end) }
    if (fresh.from >= fresh.to) return gaps
    const [newest, ...others] = gaps
    return newest?.to === fresh.from ? [{ from: newest.from, to: fresh.to }, ...others] : [fresh, ...gaps]
  }

  /** Whether an instant at either end of a window is inside it is written nowhere; a known record tells. */
  async #learnEnds(time: Instant): Promise<void> {
    const raw = async (window: TimeRange) => {
      for (let times = 1; times <= 3; times++) {
        const page = await this.#fetch({ page: 1, window })
        this.#refuseOutside(window, page)
        const isCounted = !this.#isShort(page) || page.total === undefined || page.total === rowsOf(page)
        if (isCounted) return page.rows.some(({ time }) => time === time)
      }
      throw new FallBack(MISCOUNTED)
    }
    this.#ends = { from: await raw({ from: time, to: time + SECOND }), to: await raw({ from: Math.max(0, time - SECOND), to: time }) }
  }

  /** Reads downwards from the end of a range, so many pages at most; answers where it stopped. */
  async #descend(range: TimeRange, most = Infinity): Promise<Instant> {
    const from = floor(range.from)
    let to = ceil(range.to)
    let left = 0
    for (let read = 1; ; read++) {
      const page = await this.#ask({ from, to }, 1, read === 1 ? null : this.#ahead(from, Math.min(most - read, Math.ceil(left / this.#limit) - 1)))
      if (read === 1) {
        left = page.total ?? rowsOf(page)
        this.#run.expect(left, this.#limit)
      }
      left -= rowsOf(page)
      if (!this.#isOrdered || !isNewestFirst(page)) return this.#run.apart(() => this.#split({ from, to }))
      const bottom = this.#bottomOf(page, from)
      if (bottom === null) to = await this.#turnUnreadable({ from, to }, page)
      else if (bottom >= to) to = await this.#readCrowd({ from: to - SECOND, to }, page)
      else {
        this.#settle({ from: bottom, to }, page)
        to = bottom
      }
      if (to <= from || read >= most) return to
    }
  }

  /** Down to where a page says all; null where it says no time at all. */
  #bottomOf(page: Page, from: Instant): Instant | null {
    if (rowsOf(page) === 0 || this.#isAll(page)) return from
    const oldest = timeAt(page, -1)
    return oldest === null ? null : Math.max(from, floor(oldest) + SECOND)
  }

  /** A full page is never taken for all there is, whatever the total: totals move. */
  #isAll(page: Page): boolean {
    return rowsOf(page) === page.total && this.#isShort(page)
  }

  #isShort(page: Page): boolean {
    return rowsOf(page) < Math.min(this.#limit, page.limit || Infinity)
  }

  /** A second with more records than a page. */
  async #readCrowd(second: TimeRange, page: Page): Promise<Instant> {
    this.#run.keep(page)
    const found = await readSecond(this.#run, (number) => this.#ask(second, number))
    if (found.isAll) vanishBut(this.#run, second, found.keys)
    if (found.lack) this.#cover(second, { state: 'partial', ...found.lack })
    else this.#cover(second, { state: 'complete', total: found.keys.size })
    return second.from
  }

  /** Records that cannot be read tell no time: pages are turned until one does. Answers down to where. */
  async #turnUnreadable(window: TimeRange, first: Page): Promise<Instant> {
    let page = first
    let rejected = 0
    for (let number = 2; page.rows.length === 0 && rowsOf(page) > 0; number++) {
      rejected += page.rejected.length
      this.#run.keep(page)
      page = await this.#ask(window, number)
    }
    const newest = timeAt(page, 0)
    const bottom = newest === null ? window.from : Math.min(floor(newest) + SECOND, window.to)
    if (bottom < window.to) {
      await this.#run.stored()
      this.#cover({ from: bottom, to: window.to }, { state: 'partial', total: this.#run.held({ from: bottom, to: window.to }) + rejected, note: unreadable(rejected) })
      return bottom
    }
    return this.#readCrowd({ from: window.to - SECOND, to: window.to }, page)
  }

  /** For a server that does not list newest first: halves a window until an answer holds all of it. */
  async #split(window: TimeRange): Promise<Instant> {
    this.#isOrdered = false
    const page = await this.#ask(window)
    if (page.total === undefined) throw new FallBack(UNORDERED)
    const middle = floor((window.from + window.to) / 2)
    if (this.#isAll(page)) this.#settle(window, page)
    else if (middle <= window.from) await this.#readCrowd(window, page)
    else {
      await this.#split({ from: middle, to: window.to })
      await this.#split({ from: window.from, to: middle })
    }
    return window.from
  }

  /** One answer said all of a stretch: what the ledger knows of it now. */
  #settle(range: TimeRange, page: Page): void {
    const run = this.#run
    const settled = this.#clip(range)
    const given = keysOf(page)
    const inside = (within: TimeRange) => page.rows.filter(({ time }) => time >= within.from && time < within.to)
    const asked = inside(settled)
    const isOnce = given.size === page.rows.length
    const count = isOnce ? asked.length : new Set(asked.map((record) => record.key)).size
    if (page.rejected.length > 0) {
      const { length } = page.rejected
      this.#cover(settled, { state: 'partial', total: count + length, note: unreadable(length) })
    } else {
      vanishBut(run, range, given)
      this.#cover(settled, { state: 'complete', total: page.total === undefined ? undefined : count })
      for (const [second, times] of bySecond(copiesIn(page, given).values())) {
        const within = { from: Math.max(second, settled.from), to: Math.min(second + SECOND, settled.to) }
        this.#cover(within, { state: 'partial', total: inside(within).length, note: listedTwice(times) })
      }
    }
    if (rowsOf(page) === 0 && page.total) this.#cover(settled, { state: 'partial', total: page.total, note: disagrees(page.total, 0) })
    run.keep(page)
  }

  #clip({ from, to }: TimeRange): TimeRange {
    return { from: Math.max(from, this.#run.from), to: Math.min(to, this.#run.to) }
  }

  #cover(window: TimeRange, { total, ...news }: { state: 'complete' | 'partial'; total: number | undefined; note?: string }): void {
    const counted = total === undefined ? {} : { serverTotal: total }
    this.#run.cover({ stream: this.#run.result.stream, ...this.#clip(window), ...news, ...counted, ...(news.state === 'partial' ? { overrule: true } : {}) })
  }

  /** Looks whether the server still counts what is held, and where it does not, reads again. */
  async #check(range: TimeRange): Promise<void> {
    if (range.from >= range.to) return
    const expected = expectedIn(this.#run, range)
    let total = await this.#count(range)
    if (total !== null && total !== expected) total = await this.#count(range)
    if (total === null || total === expected) return
    const middle = this.#middle(range)
    if (Math.max(total, expected) <= FEW_PAGES * this.#limit || middle === null) {
      await this.#descend(range)
      return
    }
    await this.#check({ from: middle, to: range.to })
    await this.#check({ from: range.from, to: middle })
  }

  /** A part of closed history is compared record for record each time, so that in the end all of it was. */
  async #recheck(): Promise<void> {
    const run = this.#run
    const { recheckPages } = run.options
    // History that was just read for the first time needs no second look.
    if (recheckPages <= 0 || run.options.range !== null || this.#isFirst || !this.#isOrdered) return
    const until = run.pages + recheckPages
    for (const range of disputed(run, { from: run.from, to: run.to })) {
      if (run.pages < until) await this.#descend(range, until - run.pages)
    }
    const oldest = run.oldestHeld()
    if (oldest === null || run.pages >= until) return
    const top = Math.min(run.recheckedTo ?? run.to, run.to)
    const bottom = floor(oldest)
    const stopped = top > bottom ? await this.#descend({ from: bottom, to: top }, until - run.pages) : bottom
    run.recheckedTo = stopped > bottom ? stopped : undefined
  }

  async #count(window: TimeRange): Promise<number | null> {
    const page = await this.#fetch({ page: 1, limit: 1, window: this.#asked(window) })
    this.#refuseOutside(window, page)
    return page.total ?? null
  }

  /** By the last record of a page where the next one begins, before the page is read in full; so many pages at most. */
  #ahead(from: Instant, most: number): Ahead {
    return (body, untaken) => {
      if (body === null || untaken >= most) return null
      const oldest = lastTimeIn(this.#run.options.list.form, body)
      if (oldest === null || oldest <= from) return null
      return { limit: this.#limit, page: 1, window: this.#asked({ from, to: floor(oldest) + SECOND }) }
    }
  }

  async #ask(window: TimeRange, number = 1, ahead: Ahead | null = null): Promise<Page> {
    const page = await this.#fetch({ page: number, window: this.#asked(window) }, ahead)
    this.#refuseOutside(window, page)
    this.#heed(page)
    return page
  }

  #fetch(ask: { page: number; window: TimeRange; limit?: number }, ahead: Ahead | null = null): Promise<Page> {
    this.#allowance.spend(this.#limit)
    return this.#run.fetch({ limit: this.#limit, ...ask }, ahead)
  }

  #refuseOutside(window: TimeRange, page: Page): void {
    const isOutside = page.rows.some(({ time }) => time < window.from - SECOND || time > window.to + SECOND)
    if (isOutside) throw new FallBack(IGNORED_WINDOW)
  }

  /** An echo of 1 may be that of a page that was asked to have one. */
  #heed({ limit }: Page): void {
    if (limit !== undefined && limit > 1 && limit < this.#limit) this.#limit = limit
  }

  /** The half-open window in the words of this server. */
  #asked({ from, to }: TimeRange): TimeRange {
    return { from: Math.max(0, this.#ends.from ? from : from - 1), to: this.#ends.to ? to - 1 : to }
  }

  /** A whole second strictly inside, in the middle of what can hold records; null where there is none. */
  #middle({ from, to }: TimeRange): Instant | null {
    const begin = Math.max(from, Math.min(this.#run.oldestHeld() ?? from, to))
    const middle = floor((begin + to) / 2)
    if (middle > from && middle < to) return middle
    return floor(begin) > from && floor(begin) < to ? floor(begin) : null
  }
}
