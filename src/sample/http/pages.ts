import { placeOf, type Shelf, type Span } from '../data/shelf'
import { recordOf } from '../render/record'
import { json, type Answer } from './answer'
import { stageOf, type Ask, type Desk } from './desk'

/** Which page is asked for, and how many records make one. */
export type Paging = { page: number; limit: number }

/** A limit that is no number, or out of bounds, is the default; a page that is none is the first. */
export function pagingOf({ faults }: Desk, { url }: Ask, { normal, most }: { normal: number; most: number }): Paging {
  const limit = wholeNumber(url, 'limit')
  const page = wholeNumber(url, 'page')
  return { page: page >= 1 ? page : 1, limit: faults.limit(limit >= 1 && limit <= most ? limit : normal) }
}

function wholeNumber(url: URL, name: string): number {
  const text = url.searchParams.get(name) ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

/** Numbers of the facts on a page, newest first; in each run of one time as the faults will have it. */
export function pageFacts(desk: Desk, { shelf, span, paging }: Page): number[] {
  const { facts } = desk.world
  const first = span.high - 1 - (paging.page - 1) * paging.limit
  const numbers = []
  let run = { low: 0, high: 0, time: NaN }
  for (let place = first; place >= span.low && place > first - paging.limit; place--) {
    const time = facts.time[shelf.items[place] as number] as number
    if (run.time !== time) {
      const low = Math.max(span.low, placeOf(facts, shelf, time))
      run = { time, low, high: Math.min(span.high, placeOf(facts, shelf, time + 1)) }
    }
    const length = run.high - run.low
    const at = length > 1 ? desk.faults.reorder({ time, length, request: desk.asked }, place - run.low) : 0
    numbers.push(shelf.items[run.low + at] as number)
  }
  return numbers
}

export type Page = { shelf: Shelf; span: Span; paging: Paging }

/** The records of a page between the other fields of its answer; `name` is the field that holds them. */
export function listAnswer(desk: Desk, { now }: Ask, { name, numbers, rest }: Listed): Answer {
  const stage = stageOf(desk, now)
  const records = numbers.map((number) => recordOf(stage, number).bytes).join(',')
  const tail = rest ? `,${JSON.stringify(rest).slice(1)}` : '}'
  return { ...json(null), body: `{"${name}":[${records}]${tail}` }
}

export type Listed = { name: string; numbers: readonly number[]; rest?: object }
