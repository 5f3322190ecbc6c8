import type { Instant } from '../../../domain'
import { Allowance, FallBack } from './fall-back'
import { isNewestFirst, rowsOf, timeAt } from './known'
import type { ListRun, Page } from './list-run'
import { UNORDERED } from './notes'

export type Numbered = Page & { number: number }

/** A place in the list: `older` records of the server are before `bound` in time. */
export type Mark = { number: number; bound: Instant; older: number }

/** Asks for pages of a list by number, of the size that the server gives. */
export class PageReader {
  readonly #run: ListRun
  readonly #allowance: Allowance
  limit: number
  total: number | undefined
  /** Rows of the last page asked for, and of all pages those that could not be read. */
  rows = 0
  rejected = 0

  constructor(run: ListRun) {
    this.#run = run
    this.#allowance = new Allowance(run)
    this.limit = run.options.list.pageSize
  }

  /** `ahead`: so many of those after it will be asked for too. Where the server's pages turn out to be smaller: the one that begins where the page asked for does, or before. */
  async page(number: number, ahead = 0): Promise<Numbered> {
    this.#allowance.spend(this.limit)
    const { limit } = this
    const page = await this.#run.fetch({ page: number, limit }, (_, untaken) => (untaken < ahead ? { page: number + untaken + 1, limit } : null))
    const size = sizeOf(page, { number, limit: this.limit })
    const before = this.limit
    this.limit = size
    if (size < before && number > 1) return this.page(Math.floor(((number - 1) * before) / size) + 1)
    this.total = page.total
    this.rows = rowsOf(page)
    this.rejected += page.rejected.length
    if (!isNewestFirst(page)) throw new FallBack(UNORDERED)
    return { ...page, number }
  }

  /** A full page is never the last for sure: totals move. Without a total only an empty page is. */
  isLast(page: Numbered): boolean {
    const rows = rowsOf(page)
    return rows === 0 || (page.total !== undefined && rows < this.limit && (page.number - 1) * this.limit + rows >= page.total)
  }

  /** Whether one page, which is one moment, is the whole list. */
  isAll(page: Numbered): boolean {
    return page.number === 1 && rowsOf(page) === page.total && rowsOf(page) < this.limit
  }

  /** The last page that begins no later than a time, or one before it. */
  async pageAt(time: Instant, first: Numbered): Promise<Numbered> {
    let above = first
    let below = Math.ceil((this.total ?? Infinity) / this.limit) + 1
    let number = this.numberAt(time)
    while (number > above.number && number < below) {
      const page = await this.page(number)
      const newest = timeAt(page, 0)
      if (newest === null || newest < time) below = number
      else {
        above = page
        if ((timeAt(page, -1) ?? time) < time) return page
      }
      number = below === Infinity ? above.number * 2 : Math.floor((above.number + below) / 2)
    }
    return above
  }

  /** Of the page on which a time should stand, as far as the records newer than that are held. */
  numberAt(time: Instant): number {
    return Math.max(1, Math.floor(this.#run.held({ from: time, to: Infinity }) / this.limit) + 1)
  }

  /** The first place from a page on whose record is older than `time` and than the record before it. */
  async mark(time: Instant, from: number | Numbered): Promise<Mark | null> {
    let page = typeof from === 'number' ? await this.page(from) : from
    for (;;) {
      const { rows, number } = page
      const at = rows.findIndex((row, i) => row.time < time && (i === 0 ? number === 1 : row.time < (rows[i - 1]?.time ?? 0)))
      if (at >= 0) return this.#markAt(page, { at, time })
      if (this.isLast(page)) return null
      page = await this.page(number + 1)
    }
  }

  end(): Mark {
    return { number: Math.ceil((this.total ?? 0) / this.limit) + 1, bound: 0, older: 0 }
  }

  #markAt(page: Numbered, { at, time }: { at: number; time: Instant }): Mark {
    const own = timeAt(page, at) ?? 0
    const before = at === 0 ? null : timeAt(page, at - 1)
    const isFirst = at === 0 ? page.number === 1 : before !== null && before >= time
    // Rows that cannot be read stand somewhere among the others: counting then disagrees, and the page is read again.
    const older = Math.max(0, (page.total ?? 0) - (page.number - 1) * this.limit - at)
    // Nothing stands between this record and `time` where the one before it is not older than that.
    return { number: page.number, bound: isFirst ? time : own + 1, older }
  }
}

/** Records of one page, by what the server says and by what it does. */
function sizeOf(page: Page, { number, limit }: { number: number; limit: number }): number {
  const rows = rowsOf(page)
  if (page.limit && page.limit < limit && rows <= page.limit) return page.limit
  if (number > 1 || rows === 0) return limit
  // More than was asked for, or fewer without a word.
  return rows > limit || (!page.limit && rows < limit && (page.total ?? 0) > rows) ? rows : limit
}
