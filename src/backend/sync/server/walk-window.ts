import type { Instant, TimeRange } from '../../../domain'
import type { ListRun, Page } from './list-run'
import { disagrees, FRESH, listedTwice, READING } from './notes'

// Reading a list that honours `from` and `to`: history is read newest first in windows small enough to be read twice.
// A window is closed, so its total holds still, and is compared with what was given. Where they differ it is halved until
// the difference stands in one page, which is one moment of the server.

/** Pages of one window at most. */
const MOST_PAGES = 20
const SECOND = 1000
const DAY = 86_400_000
/** Passes over a second that has more records than a page and does not keep their order. */
const PASSES = 8

/** Records came from outside the window that was asked for. */
export class WindowIgnored extends Error {}

/** Which ends of a window the server counts as inside. */
type Ends = { from: boolean; to: boolean }

type Walked = {
  total: number | undefined
  keys: Set<string>
  pages: number
  /** The page where there was but one, without its bytes. */
  only: Page | null
  /** Whether the total held still. */
  steady: boolean
}

/** Throws `WindowIgnored` where the server does not honour windows. */
export async function syncWindows(run: ListRun): Promise<void> {
  await new WindowWalk(run).sync()
}

class WindowWalk {
  readonly #run: ListRun
  #ends: Ends = { from: true, to: false }
  #limit: number

  constructor(run: ListRun) {
    this.#run = run
    this.#limit = run.options.list.pageSize
  }

  async sync(): Promise<void> {
    const run = this.#run
    const newest = await run.fetch({ page: 1, limit: this.#limit })
    this.#heed(newest)
    run.keep(newest)
    const [record] = newest.records
    if (record) await this.#learnEnds(record.event.time)
    if (run.options.range === null) run.result.serverTotal = newest.total ?? null
    await this.#readFresh()
    const wanted = { from: run.from, to: run.to }
    for (const gap of unread(run, wanted)) await this.#fill(gap, widthOf(newest))
    if (newest.total !== undefined) await this.#check(wanted)
    await this.#recheck(widthOf(newest))
  }

  /** Whether an instant at either end of a window is inside it is written nowhere; a known record tells. */
  async #learnEnds(time: Instant): Promise<void> {
    const has = (page: Page) => page.records.some(({ event }) => event.time === time)
    const raw = async (window: TimeRange) => {
      const page = await this.#run.fetch({ page: 1, limit: this.#limit, window })
      this.#refuseOutside(window, page)
      return page
    }
    const after = await raw({ from: time, to: time + SECOND })
    const before = await raw({ from: time - SECOND, to: time })
    this.#ends = { from: has(after), to: has(before) }
  }

  /** What is younger than the lag: read, never called complete. */
  async #readFresh(): Promise<void> {
    const run = this.#run
    const end = Math.min(run.options.range?.to ?? Infinity, run.asOf + DAY)
    const fresh = { from: Math.max(run.settled, run.from), to: end }
    if (fresh.from >= fresh.to) return
    run.cover({ stream: run.result.stream, from: fresh.from, to: Math.min(run.asOf, end), state: 'unknown', note: FRESH })
    const walked = await this.#pages(fresh)
    if (this.#isWhole(walked)) this.#findVanished(fresh, walked.keys)
  }

  /** Reads a stretch never read to its end, newest first. */
  async #fill(gap: TimeRange, width: number): Promise<void> {
    const total = await this.#count(gap)
    if (total !== null) this.#run.toSee += total
    await this.#descend(gap, { width, total, pages: Infinity })
  }

  /** Reads windows downwards from `range.to`; answers where it stopped. */
  async #descend(range: TimeRange, plan: { width: number; total: number | null; pages: number }): Promise<Instant> {
    const run = this.#run
    const most = MOST_PAGES * this.#limit
    let { width } = plan
    let left = plan.total
    let to = range.to
    const until = run.pages + plan.pages
    while (to > range.from && run.pages < until) {
      const isRest = left !== null && left <= most / 2
      const from = isRest ? range.from : Math.max(range.from, floor(to - Math.max(width, SECOND)))
      const walked = await this.#walk({ from, to }, most)
      if (walked === null) {
        left = isRest ? null : left
        width = (to - from) / 4
        continue
      }
      const count = walked.keys.size
      if (left !== null) left = Math.max(0, left - count)
      width = Math.min(Math.max((to - from) * Math.min(8, most / 2 / Math.max(count, 1)), SECOND), to)
      to = from
    }
    return to
  }

  /** Reads one window and says in the ledger what is known of it; null when it holds more than `most`. */
  async #walk(window: TimeRange, most: number): Promise<Walked | null> {
    const walked = await this.#pages(window, most)
    if (walked === null) return null
    await this.#judge(window, walked)
    return walked
  }

  async #pages(window: TimeRange): Promise<Walked>
  async #pages(window: TimeRange, most: number): Promise<Walked | null>
  async #pages(window: TimeRange, most = Infinity): Promise<Walked | null> {
    const run = this.#run
    let page = await this.#ask(window, 1)
    const walked: Walked = { total: page.total, keys: new Set(), pages: 0, only: slim(page), steady: true }
    if ((page.total ?? 0) > most && window.to - window.from > SECOND) return null
    this.#coverReading(window, page)
    for (let rows = 0; ; ) {
      rows += rowsOf(page)
      walked.steady &&= page.total === walked.total
      walked.total = page.total
      walked.pages++
      const isLast = rowsOf(page) === 0 || (page.total === undefined ? rowsOf(page) < this.#limit : rows >= page.total)
      // The next page is on its way while this one is stored.
      const next = isLast ? null : this.#ask(window, walked.pages + 1)
      next?.catch(() => {})
      for (const record of page.records) walked.keys.add(run.keyOf(record))
      run.keep(page)
      if (next === null) return walked.pages === 1 ? walked : { ...walked, only: null }
      page = await next
    }
  }

  #coverReading(window: TimeRange, { total }: Page): void {
    if (window.to > this.#run.settled || (total ?? 0) <= this.#limit) return
    this.#cover(window, { state: 'partial', total, note: READING })
  }

  /** Compares what a window gave with what the server counts in it. */
  async #judge(window: TimeRange, walked: Walked): Promise<void> {
    const { total, keys } = walked
    if (total === undefined || (total === keys.size && walked.steady)) return this.#complete(window, walked)
    const again = walked.steady ? null : await this.#count(window)
    if (again === keys.size) return this.#complete(window, { ...walked, total: again })
    const middle = this.#middle(window)
    if (walked.pages > 1 && middle !== null) {
      await this.#walk({ from: middle, to: window.to }, Infinity)
      await this.#walk({ from: window.from, to: middle }, Infinity)
    } else if (walked.pages > 1) await this.#passOver(window, walked)
    else await this.#judgePage(window, walked)
  }

  /** A second with more than a page of records, in an order that changes: read until all were given. */
  async #passOver(window: TimeRange, before: Walked): Promise<void> {
    const keys = new Set(before.keys)
    let walked = before
    for (let pass = 1; pass < PASSES && keys.size !== walked.total; pass++) {
      walked = await this.#pages(window)
      for (const key of walked.keys) keys.add(key)
    }
    if (keys.size === walked.total) this.#complete(window, { ...walked, keys })
    else this.#cover(window, { state: 'partial', total: walked.total, note: disagrees(walked.total ?? 0, keys.size) })
  }

  /** One page is one moment: what stands in it twice does stand twice in the server's list. */
  async #judgePage(window: TimeRange, before: Walked): Promise<void> {
    let walked = before
    for (let pass = 1; pass < 3 && !this.#isWhole(walked); pass++) walked = await this.#pages(window)
    const page = walked.only
    const copies = page ? copiesIn(page, (record) => this.#run.keyOf(record)) : []
    if (!this.#isWhole(walked)) {
      this.#cover(window, { state: 'partial', total: walked.total, note: disagrees(walked.total ?? 0, walked.keys.size) })
      return
    }
    this.#complete(window, walked)
    for (const [second, times] of bySecond(copies)) {
      const range = { from: Math.max(second, window.from), to: Math.min(second + SECOND, window.to) }
      const rows = page?.records.filter(({ event }) => event.time >= range.from && event.time < range.to).length ?? 0
      this.#cover(range, { state: 'partial', total: rows, note: listedTwice(times) })
    }
  }

  #isWhole({ only, total }: Walked): boolean {
    return only !== null && only.records.length === total
  }

  #findVanished(window: TimeRange, given: Set<string>): void {
    this.#run.vanish(this.#run.keys(window).flatMap(({ key }) => (given.has(key) ? [] : [key])))
  }

  #complete(window: TimeRange, walked: Walked): void {
    this.#findVanished(window, walked.keys)
    this.#cover(window, { state: 'complete', total: walked.total === undefined ? undefined : walked.keys.size })
  }

  #cover(window: TimeRange, { state, total, note }: { state: 'complete' | 'partial'; total: number | undefined; note?: string }): void {
    const settled = { from: Math.max(window.from, this.#run.from), to: Math.min(window.to, this.#run.to) }
    this.#run.cover({
      stream: this.#run.result.stream,
      ...settled,
      state,
      ...(total === undefined ? {} : { serverTotal: total }),
      ...(note === undefined ? {} : { note }),
      ...(state === 'partial' && note !== READING ? { overrule: true } : {}),
    })
  }

  /** Looks whether the server still counts what is held, and where it does not, reads again. */
  async #check(range: TimeRange): Promise<void> {
    if (range.from >= range.to) return
    const expected = expectedIn(this.#run, range)
    let total = await this.#count(range)
    if (total !== null && total !== expected) total = await this.#count(range)
    if (total === null || total === expected) return
    const most = MOST_PAGES * this.#limit
    const middle = this.#middle(range)
    if (Math.max(total, expected) <= most || middle === null) {
      await this.#walk(range, Infinity)
      return
    }
    await this.#check({ from: middle, to: range.to })
    await this.#check({ from: range.from, to: middle })
  }

  /** A part of closed history is compared record for record each time, so that in the end all of it was. */
  async #recheck(width: number): Promise<void> {
    const run = this.#run
    const pages = run.options.recheckPages
    // What was just read needs no second look.
    if (pages <= 0 || run.options.range !== null || run.toSee > this.#limit) return
    const top = Math.min(run.recheckedTo ?? run.to, run.to)
    const oldest = run.oldestHeld()
    if (oldest === null) return
    const stopped = await this.#descend({ from: floor(oldest), to: top }, { width, total: null, pages })
    run.recheckedTo = stopped > floor(oldest) ? stopped : undefined
  }

  async #count(window: TimeRange): Promise<number | null> {
    const page = await this.#run.fetch({ page: 1, limit: 1, window: this.#asked(window) })
    this.#refuseOutside(window, page)
    return page.total ?? null
  }

  async #ask(window: TimeRange, number: number): Promise<Page> {
    const page = await this.#run.fetch({ page: number, limit: this.#limit, window: this.#asked(window) })
    this.#refuseOutside(window, page)
    this.#heed(page)
    return page
  }

  #refuseOutside(window: TimeRange, page: Page): void {
    const isOutside = page.records.some(({ event }) => event.time < window.from - SECOND || event.time > window.to + SECOND)
    if (isOutside) throw new WindowIgnored()
  }

  #heed(page: Page): void {
    if (page.limit !== undefined && page.limit > 0 && page.limit < this.#limit && page.limit > 1) this.#limit = page.limit
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
    return begin > from && floor(begin) > from && floor(begin) < to ? floor(begin) : null
  }
}

/** Parts of a range that were never read to their end, newest first. */
export function unread(run: ListRun, range: TimeRange): TimeRange[] {
  const gaps: TimeRange[] = []
  let to = range.to
  const known = run.ledger(range).filter(isSettledEntry)
  for (const entry of known.toSorted((a, b) => b.from - a.from)) {
    if (entry.to < to) gaps.push({ from: entry.to, to })
    to = Math.min(to, entry.from)
  }
  if (to > range.from) gaps.push({ from: range.from, to })
  return gaps
}

/** Complete, or read to its end with a difference that was explained. */
export function isSettledEntry({ state, note }: { state: string; note?: string }): boolean {
  return state === 'complete' || (state === 'partial' && note !== undefined && note !== READING)
}

/** What the server should count in a range: what is held, and what it counts beyond that where this is known. */
export function expectedIn(run: ListRun, range: TimeRange): number {
  const extra = run.ledger(range).reduce((sum, { state, serverTotal, from, to }) => {
    const isKnown = state === 'partial' && serverTotal !== undefined && from >= range.from && to <= range.to
    return isKnown ? sum + serverTotal - run.held({ from, to }) : sum
  }, 0)
  return run.held(range) + extra
}

/** Records that stand in a page a second time. */
export function copiesIn<R extends { event: { time: Instant } }>(page: { records: R[] }, keyOf: (record: R) => string): Instant[] {
  const seen = new Set<string>()
  return page.records.flatMap((record) => {
    const key = keyOf(record)
    if (seen.has(key)) return [record.event.time]
    seen.add(key)
    return []
  })
}

export function bySecond(times: Instant[]): Map<Instant, number> {
  const seconds = new Map<Instant, number>()
  for (const time of times) seconds.set(floor(time), (seconds.get(floor(time)) ?? 0) + 1)
  return seconds
}

/** Width of a window that holds about ten pages, as the newest page suggests. */
function widthOf({ records }: Page): number {
  const [newest, oldest] = [records[0]?.event.time, records.at(-1)?.event.time]
  const width = newest === undefined || oldest === undefined ? DAY : Math.abs(newest - oldest) * (MOST_PAGES / 2)
  return Math.max(width, 60 * SECOND)
}

function floor(time: Instant): Instant {
  return Math.floor(time / SECOND) * SECOND
}

/** Readable or not. */
function rowsOf({ records, rejected }: Page): number {
  return records.length + rejected.length
}

/** A page without its bytes. */
function slim(page: Page): Page {
  const nothing = new Uint8Array(0)
  return { ...page, body: nothing, records: page.records.map((record) => ({ ...record, raw: nothing })) }
}
