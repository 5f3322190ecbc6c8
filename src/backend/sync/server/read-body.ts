import { createHash } from 'node:crypto'
import type { Instant, TimeRange } from '../../../domain'
import { decodeList, type ListForm, type ListPage, type ServerRecord } from '../../source'
import { BatchEncoder, type IncomingRecord, type RecordBatch } from '../../store'

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

/** A page ready to be stored. */
export type PageBatch = {
  /** With its frame; without the records that the page it came after gave with the same bytes: neighbours share a few. */
  batch: RecordBatch
  repeated: number
  /** First and last time of the records in it; null when there are none. */
  span: TimeRange | null
  /** Bytes, and their hex SHA-256, as received. */
  size: number
  sha256: string
  /** Hex SHA-256 of the body with secrets replaced; null where that is the one that was received. */
  heldSha256: string | null
}

/** A page that was read. */
export type ReadPage = { said: PageSaid; batch: PageBatch }

/** Bytes of records after which an encoder is not kept for the next page. */
const MOST_KEPT = 4 * 2 ** 20
/** Lists whose last page is kept to know what the next one repeats. */
const LISTS = 8

/** Of each record its bytes, without the event, which would live as long. */
type LastPage = Pick<PageSaid, 'page' | 'keys' | 'times'> & { raws: Uint8Array[] }

/** Reads the pages of one connection. */
export class BodyReader {
  #encoder: BatchEncoder | null = null
  /** By stream, those read last at the end. */
  readonly #last = new Map<string, LastPage>()

  /** Reads one answer, which gets that number. Throws `JsonFault`, and `ServerFault` `bad-answer` where it is no such list. */
  read(task: PageTask, body: Uint8Array, number: number): ReadPage {
    const page = decodeList(task.form, body)
    const said = saidBy(page, task, number)
    return { said, batch: this.#encode(page, body, { task, isRepeated: this.#compared(page, said, task) }) }
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

  #encode({ records, body }: ListPage, received: Uint8Array, { task, isRepeated }: { task: PageTask; isRepeated: (row: number) => boolean }): PageBatch {
    const { kind, stream, range } = task
    const encoder = this.#encoder ?? new BatchEncoder(kind)
    // One that fails half-way is not used again, and one that grew large is not kept.
    this.#encoder = null
    const span = { from: Infinity, to: -Infinity }
    let repeated = 0
    for (const [row, record] of records.entries()) {
      const { time } = record.event
      if (range !== null && !isInside(time, range)) continue
      if (isRepeated(row)) {
        repeated++
        continue
      }
      span.from = Math.min(span.from, time)
      span.to = Math.max(span.to, time + 1)
      encoder.add(ofStream(record, stream))
    }
    const isSmall = encoder.size <= MOST_KEPT
    const batch = encoder.finish(body)
    if (isSmall) this.#encoder = encoder
    return {
      batch,
      repeated,
      span: batch.rows === 0 ? null : span,
      size: received.length,
      sha256: sha256(received),
      heldSha256: body === received ? null : sha256(body),
    }
  }
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

// Not spread: that costs many times as much, and it is done for each record.
function ofStream({ id, instance, event, raw, offset, receivedSha256 }: ServerRecord, stream: string): IncomingRecord {
  const record: IncomingRecord = { instance, stream, id, event, raw, offset }
  if (receivedSha256 !== undefined) record.receivedSha256 = receivedSha256
  return record
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
