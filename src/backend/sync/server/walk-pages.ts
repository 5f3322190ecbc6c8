import type { Instant, TimeRange } from '../../../domain'
import { BEGINNING } from '../../source'
import { LAG_MS, type ListRun, type Page } from './list-run'
import { disagrees, listedTwice, READING } from './notes'
import { bySecond, copiesIn, expectedIn, unread } from './walk-window'
import { coverFresh } from './walk-whole'

// Reading a list that comes in pages, newest first, and knows no time window. Rows that arrive at its head shift all
// others, so a record's place is counted from the list's old end: that holds still. How many records are older than a
// given one is in every answer (total less place) and is compared with how many are held; where the difference changes
// between two pages, something between them is missing here or gone there.

const SECOND = 1000
/** Times that two pages between which something is missing are read. */
const PASSES = 8

/** The server does not list newest first. */
export class Unordered extends Error {}

/** A place in the list: `older` records of the server are before `bound` in time. */
type Mark = { number: number; bound: Instant; older: number }

export async function syncPages(run: ListRun): Promise<void> {
  await new PageWalk(run).sync()
}

class PageWalk {
  readonly #run: ListRun
  #limit: number
  #total: number | undefined

  constructor(run: ListRun) {
    this.#run = run
    this.#limit = run.options.list.pageSize
  }

  async sync(): Promise<void> {
    const run = this.#run
    const first = await this.#page(1)
    if (run.options.range === null) run.result.serverTotal = first.total ?? null
    coverFresh(run)
    if (this.#isAll(first)) return this.#judgeAll(first)
    this.#findVanished(first)
    const gaps = this.#unwalked({ from: run.from, to: run.to })
    run.toSee += this.#expectToSee(gaps)
    const [newest, ...others] = gaps
    if (newest && newest.to === run.to && run.options.range?.to === undefined) await this.#walkDown(newest, first, 1)
    else {
      this.#run.keep(first)
      if (newest) others.unshift(newest)
    }
    for (const gap of others) await this.#walkFrom(gap)
    if (first.total !== undefined) await this.#verify()
    else this.#complete({ from: run.from, to: run.to })
    await this.#recheck()
  }

  /** Whether one page, which is one moment, is the whole list. */
  #isAll({ records, total, rejected }: Page): boolean {
    return records.length + rejected.length === total
  }

  #judgeAll(page: Page): void {
    const run = this.#run
    run.toSee += page.records.length
    run.keep(page)
    const range = { from: run.from, to: run.to }
    const given = new Set(page.records.map((record) => run.keyOf(record)))
    run.vanish(run.keys({ from: run.from, to: Infinity }).flatMap(({ key }) => (given.has(key) ? [] : [key])))
    const inside = page.records.filter(({ event }) => event.time >= range.from && event.time < range.to).length
    const copies = copiesIn(page, (record) => run.keyOf(record))
    if (copies.length === 0) this.#completeIf(range, inside)
    else this.#explain(range, { counted: inside, copies })
  }

  /** Stretches that no walk came through. Being read to a place is enough: whether something was missed is told by counting. */
  #unwalked(range: TimeRange): TimeRange[] {
    const walked = this.#run.ledger(range).filter((entry) => entry.note === READING)
    return unread(this.#run, range).flatMap((gap) => {
      let pieces = [gap]
      for (const { from, to } of walked) pieces = pieces.flatMap((piece) => without(piece, { from, to }))
      return pieces
    })
  }

  #expectToSee(gaps: TimeRange[]): number {
    const { to } = this.#run
    const isAll = gaps.some((gap) => gap.from === BEGINNING)
    return isAll ? Math.max(0, (this.#total ?? 0) - this.#run.held({ from: BEGINNING, to })) : this.#limit * gaps.length
  }

  async #walkFrom(gap: TimeRange): Promise<void> {
    const newer = this.#run.held({ from: gap.to, to: Infinity })
    let number = Math.max(1, Math.floor(newer / this.#limit))
    let page = await this.#page(number)
    for (let step = 1; number > 1 && (timeAt(page, 0) ?? -Infinity) < gap.to; step *= 2) {
      number = Math.max(1, number - step)
      page = await this.#page(number)
    }
    await this.#walkDown(gap, page, number)
  }

  /** Reads pages from number `from` on, `first` among them, until the gap is behind. */
  async #walkDown(gap: TimeRange, first: Page, from: number): Promise<void> {
    const run = this.#run
    const overlap = Math.max(LAG_MS, run.options.list.changesForMs)
    let top = gap.to
    let page = first
    for (let number = from; ; number++) {
      const oldest = oldestOf(page)
      const isLast = this.#isLast(page, number)
      const isBehind = oldest !== null && oldest < gap.from - overlap
      const next = isLast || isBehind ? null : this.#page(number + 1)
      next?.catch(() => {})
      const bottom = isLast || isBehind ? gap.from : Math.max(gap.from, (oldest ?? gap.from) + 1)
      if (bottom < top) {
        run.cover({ stream: run.result.stream, from: bottom, to: top, state: 'partial', note: READING })
        top = bottom
      }
      this.#run.keep(page)
      if (next === null) return
      page = await next
    }
  }

  #isLast(page: Page, number: number): boolean {
    const rows = page.records.length + page.rejected.length
    if (rows === 0) return true
    return page.total === undefined ? rows < this.#limit : (number - 1) * this.#limit + rows >= page.total
  }

  /** Compares what is held with what the server counts, and reads again where they part. */
  async #verify(): Promise<void> {
    const run = this.#run
    const top = await this.#mark(run.to, 1)
    if (top === null) {
      // The server has nothing that old.
      if (this.#total !== undefined) this.#completeIf({ from: run.from, to: run.to }, 0)
      return
    }
    const bottom = run.from === BEGINNING ? this.#end() : await this.#mark(run.from, this.#pageOf(run.from))
    await this.#compare(top, bottom ?? this.#end())
  }

  #end(): Mark {
    return { number: Math.ceil((this.#total ?? 0) / this.#limit) + 1, bound: BEGINNING, older: 0 }
  }

  #pageOf(time: Instant): number {
    return Math.max(1, Math.floor(this.#run.held({ from: time, to: Infinity }) / this.#limit) + 1)
  }

  /** The first place from a page on whose record is older than `time` and than the record before it. */
  async #mark(time: Instant, from: number): Promise<Mark | null> {
    for (let number = from; ; number++) {
      const page = await this.#page(number)
      const at = page.records.findIndex(({ event }, i) => {
        const before = timeAt(page, i - 1)
        return event.time < time && (i === 0 ? number === 1 : before !== null && event.time < before)
      })
      if (at >= 0) return this.#markAt(page, { number, at, time })
      if (this.#isLast(page, number)) return null
    }
  }

  #markAt(page: Page, { number, at, time }: { number: number; at: number; time: Instant }): Mark {
    const own = timeAt(page, at) ?? BEGINNING
    const before = timeAt(page, at - 1)
    const isFirst = at === 0 ? number === 1 : before !== null && before >= time
    const older = (page.total ?? 0) - (number - 1) * this.#limit - at
    // Nothing stands between this record and `time` where the one before it is not older than that.
    return { number, bound: isFirst ? time : own + 1, older }
  }

  async #compare(top: Mark, bottom: Mark): Promise<void> {
    const range = { from: bottom.bound, to: top.bound }
    if (range.from >= range.to) return
    if (this.#completeIf(range, top.older - bottom.older)) return
    const middle = top.number + Math.floor((bottom.number - top.number) / 2)
    const mark = middle > top.number && middle < bottom.number ? await this.#mark(top.bound, middle) : null
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
    const copies = new Set<Instant>()
    for (let pass = 1; pass <= PASSES; pass++) {
      for (let number = Math.max(1, top.number - 1); number <= bottom.number + 1; number++) {
        const page = await this.#page(number)
        this.#run.keep(page)
        this.#findVanished(page)
        for (const time of copiesIn(page, (record) => run.keyOf(record))) copies.add(time)
        if (this.#isLast(page, number)) break
      }
      const again = await this.#mark(top.bound, Math.max(1, top.number - 1))
      const end = bottom.bound === BEGINNING ? this.#end() : await this.#mark(bottom.bound, Math.max(1, bottom.number - 1))
      if (again?.bound === top.bound && end?.bound === bottom.bound) counted = again.older - end.older
      if (this.#completeIf(range, counted)) return
      if (this.#explain(range, { counted, copies: [...copies] })) return
    }
    const held = run.held(range)
    run.cover({ stream: run.result.stream, ...range, state: 'partial', serverTotal: counted, note: disagrees(counted, held), overrule: true })
  }

  /** Records that stand twice in one page do so on the server, and its total counts both. */
  #explain(range: TimeRange, { counted, copies }: { counted: number; copies: Instant[] }): boolean {
    const { result } = this.#run
    const inside = copies.filter((time) => time >= range.from && time < range.to)
    if (inside.length === 0 || this.#run.held(range) + inside.length !== counted) return false
    this.#complete(range)
    for (const [second, times] of bySecond(inside)) {
      const piece = { from: Math.max(second, range.from), to: Math.min(second + SECOND, range.to) }
      const serverTotal = this.#run.held(piece) + times
      this.#run.cover({ stream: result.stream, ...piece, state: 'partial', serverTotal, note: listedTwice(times), overrule: true })
    }
    return true
  }

  #completeIf(range: TimeRange, counted: number): boolean {
    if (expectedIn(this.#run, range) !== counted) return false
    const explained = this.#run.ledger(range).filter((entry) => entry.state === 'partial' && entry.note !== READING && entry.serverTotal !== undefined)
    let pieces = [range]
    for (const { from, to } of explained) pieces = pieces.flatMap((piece) => without(piece, { from, to }))
    for (const piece of pieces) this.#complete(piece)
    return true
  }

  #complete(range: TimeRange): void {
    const clipped = { from: Math.max(range.from, this.#run.from), to: Math.min(range.to, this.#run.to) }
    this.#run.cover({ stream: this.#run.result.stream, ...clipped, state: 'complete', serverTotal: this.#run.held(clipped) })
  }

  /** A page is one moment: a held record that belongs between its first and last and is not in it is gone. */
  #findVanished(page: Page): void {
    const [newest, oldest] = [timeAt(page, 0), oldestOf(page)]
    if (newest === null || oldest === null || page.rejected.length > 0 || newest - oldest < 2) return
    const given = new Set(page.records.map((record) => this.#run.keyOf(record)))
    const held = this.#run.keys({ from: oldest + 1, to: newest })
    this.#run.vanish(held.flatMap(({ key }) => (given.has(key) ? [] : [key])))
  }

  /** A part of closed history is compared record for record each time, so that in the end all of it was. */
  async #recheck(): Promise<void> {
    const run = this.#run
    let left = run.options.recheckPages
    // What was just read needs no second look.
    if (left <= 0 || run.options.range !== null || run.toSee > this.#limit) return
    const from = Math.min(run.recheckedTo ?? run.to, run.to)
    for (let number = Math.max(1, this.#pageOf(from) - 1); left > 0; number++, left--) {
      const page = await this.#page(number)
      this.#findVanished(page)
      this.#run.keep(page)
      run.recheckedTo = oldestOf(page) ?? undefined
      if (!this.#isLast(page, number)) continue
      run.recheckedTo = undefined
      return
    }
  }

  async #page(number: number): Promise<Page> {
    const page = await this.#run.fetch({ page: number, limit: this.#limit })
    if (page.limit !== undefined && page.limit > 0 && page.limit < this.#limit) {
      this.#limit = page.limit
      if (number > 1) return this.#page(number)
    }
    this.#total = page.total
    if (page.records.some(({ event }, i) => event.time > (timeAt(page, i - 1) ?? Infinity))) throw new Unordered()
    return page
  }
}

/** Null outside the page. */
function timeAt(page: Page, index: number): Instant | null {
  return page.records[index]?.event.time ?? null
}

function oldestOf(page: Page): Instant | null {
  return timeAt(page, page.records.length - 1)
}

function without(range: TimeRange, hole: TimeRange): TimeRange[] {
  if (hole.to <= range.from || hole.from >= range.to) return [range]
  return [
    { from: range.from, to: hole.from },
    { from: hole.to, to: range.to },
  ].filter(({ from, to }) => from < to)
}
