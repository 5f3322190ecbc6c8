import { hash } from 'node:crypto'
import type { Instant, TimeRange } from '../../../domain'
import { decodeList, type ListForm, type ListPage } from '../../source'
import type { IncomingRecord } from '../../store'
import { Encoders, ofStream, PageGroups, type PageGroup, type PagesBatch } from './page-groups'

/** What reading the answers of one list takes. Plain data: it may cross to another thread. */
export type PageTask = {
  form: ListForm
  stream: string
  /** Kind of the connection. */
  kind: string
  /** Records outside are not kept; null keeps all. */
  range: TimeRange | null
  /** The page of this list, by `PageSaid.page`, that is held since or will be before this one is. */
  after: number | null
  /** With which its records are asked for later; null where they are wanted with the page. */
  group: PageGroup | null
}

/** What a page says, in the list's order, without what only storing it needs. */
export type PageSaid = Pick<ListPage, 'total' | 'limit' | 'rejected'> & {
  /** Its number among all that were read. */
  page: number
  keys: string[]
  times: Float64Array
  /** Ids of machines named in it. */
  machines: string[]
}

/** What storing a page takes beside its records. */
export type PageFacts = {
  /** Records to be stored: without those that the page it came after gave with the same bytes, which neighbours share. */
  rows: number
  repeated: number
  /** First and last time of the records in it; null when there are none. */
  span: TimeRange | null
  /** Bytes, and their hex SHA-256, as received. */
  size: number
  sha256: string
  /** Hex SHA-256 of the body with secrets replaced; null where that is the one that was received. */
  heldSha256: string | null
}

/** A page that was read. `batch` is null where it belongs to a group. */
export type ReadPage = { said: PageSaid; facts: PageFacts; group: PageGroup | null; batch: PagesBatch | null }

/** Lists whose last page is kept to know what the next one repeats. */
const LISTS = 8

/** Of each record its bytes, without the event, which would live as long. */
type LastPage = Pick<PageSaid, 'page' | 'keys' | 'times'> & { raws: Uint8Array[] }

/** Reads the pages of one connection. */
export class BodyReader {
  readonly #encoders = new Encoders()
  readonly #groups = new PageGroups(this.#encoders)
  /** By stream, those read last at the end. */
  readonly #last = new Map<string, LastPage>()

  /** Reads one answer, which gets that number. Throws `JsonFault`, and `ServerFault` `bad-answer` where it is no such list. */
  read(task: PageTask, body: Uint8Array, number: number): ReadPage {
    const page = decodeList(task.form, body)
    const said = saidBy(page, task, number)
    const { form, kind, stream, group } = task
    const { records, rows, span, repeated } = wantedOf(page, task, this.#compared(page, said, task))
    const sums = { size: body.length, sha256: hash('sha256', body), heldSha256: page.body === body ? null : hash('sha256', page.body) }
    const facts = { rows: rows.length, span, repeated, ...sums }
    if (group === null) return { said, facts, group, batch: this.#encode(kind, records, page.body) }
    this.#groups.add(stream, { form, kind, body, rows }, { number, group, records, held: page.body })
    return { said, facts, group, batch: null }
  }

  /** The records of pages of a list that were put off, in that order. Throws where one is not known any more. */
  batch(stream: string, pages: readonly number[]): PagesBatch {
    return this.#groups.batch(stream, pages)
  }

  /** What was put off of a list is wanted no more. */
  forget(stream: string): void {
    this.#groups.forget(stream)
  }

  /** Whether the page before gave just the record of that row, for each row. */
  #compared({ records }: ListPage, { page, keys, times }: PageSaid, { stream, after }: PageTask): (row: number) => boolean {
    const last = this.#last.get(stream)
    this.#last.delete(stream)
    this.#last.set(stream, { page, keys, times, raws: records.map(({ raw }) => raw) })
    const [oldest] = this.#last.keys()
    if (this.#last.size > LISTS && oldest !== undefined) this.#last.delete(oldest)
    if (last === undefined || last.page !== after) return () => false
    const before = upTo(last, Math.max(...times))
    if (before.size === 0) return () => false
    return (row) => {
      const known = before.get(keys[row] ?? '')
      return known !== undefined && Buffer.compare(known, records[row]?.raw ?? NOTHING) === 0
    }
  }

  #encode(kind: string, records: readonly IncomingRecord[], body: Uint8Array): PagesBatch {
    const encoder = this.#encoders.take(kind)
    for (const record of records) encoder.add(record)
    return this.#encoders.finish(encoder, [{ rows: records.length, body }])
  }
}

/** The records that are to be stored, their rows in the page, and what is to be said of them. */
function wantedOf(page: ListPage, { stream, range }: PageTask, isRepeated: (row: number) => boolean) {
  const records: IncomingRecord[] = []
  const rows: number[] = []
  const span = { from: Infinity, to: -Infinity }
  let repeated = 0
  for (const [row, record] of page.records.entries()) {
    const { time } = record.event
    if (range !== null && !isInside(time, range)) continue
    if (isRepeated(row)) {
      repeated++
      continue
    }
    span.from = Math.min(span.from, time)
    span.to = Math.max(span.to, time + 1)
    records.push(ofStream(record, stream))
    rows.push(row)
  }
  return { records, rows, repeated, span: rows.length === 0 ? null : span }
}

/** By key the bytes of those records of a page that are no younger: a record that another page gives too has its time there. */
function upTo({ keys, times, raws }: LastPage, newest: Instant): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const [row, raw] of raws.entries()) if ((times[row] ?? 0) <= newest) found.set(keys[row] ?? '', raw)
  return found
}

function saidBy({ records, total, limit, rejected }: ListPage, { kind, stream }: PageTask, page: number): PageSaid {
  const machines = new Set<string>()
  for (const { event } of records) if (event.machine?.id !== undefined) machines.add(event.machine.id)
  return {
    page,
    keys: records.map(({ instance, id }) => `${kind}:${instance}:${stream}:${id}`),
    times: Float64Array.from(records, ({ event }) => event.time),
    machines: [...machines],
    rejected,
    ...(total === undefined ? {} : { total }),
    ...(limit === undefined ? {} : { limit }),
  }
}

const NOTHING = new Uint8Array()

function isInside(time: Instant, { from, to }: TimeRange): boolean {
  return time >= from && time < to
}
