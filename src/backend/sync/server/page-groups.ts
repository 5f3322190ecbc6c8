import { decodeList, type ListForm, type ServerRecord } from '../../source'
import { BatchEncoder, MOST_KEPT, type Bodied, type IncomingRecord, type RecordBatch } from '../../store'

/** Pages that are likely to be stored together; those of one list are counted. */
export type PageGroup = { number: number; isLast: boolean }

/** The records of several pages, and the frame of each page. */
export type PagesBatch = { batch: RecordBatch; frames: Uint8Array[] }

/** A page as received, and which of its records are to be stored. */
type Received = { form: ListForm; kind: string; body: Uint8Array; rows: readonly number[] }

/** A page as it was read: the records to be stored, and its body with secrets replaced. */
type ReadRecords = { number: number; group: PageGroup; records: Iterable<IncomingRecord>; held: Uint8Array }

/** Pages that were encoded together; the encoder has them until somebody asks. */
type Group = { number: number; pages: number[]; sizes: number[]; bodies: Bodied[]; encoder: BatchEncoder }
type Encoded = { pages: readonly number[]; batch: PagesBatch }
type List = { open: Group | null; encoded: Encoded[]; received: Map<number, Received> }

/** Bytes of pages with which a group is full. */
const FULL = 4 * 2 ** 20
/** Of each list, groups and pages that are kept for who asks for them; the oldest that nobody asked for go. */
const GROUPS = 4
const PAGES = 24

/** Whether pages of these sizes are a group, whatever was to come. */
export function isFull(sizes: readonly number[]): boolean {
  return sizes.reduce((sum, size) => sum + size, 0) > FULL
}

/** Those that nothing is under way in. */
export class Encoders {
  readonly #free: BatchEncoder[] = []

  /** `kind` is that of the connection, always the same. One that fails half-way is not given back. */
  take(kind: string): BatchEncoder {
    return this.#free.pop() ?? new BatchEncoder(kind)
  }

  /** Ends what is under way in one, which may be taken again. */
  finish(encoder: BatchEncoder, bodies: readonly Bodied[]): PagesBatch {
    const isSmall = encoder.size <= MOST_KEPT
    const found = encoder.finishBodies(bodies)
    if (isSmall) this.#free.push(encoder)
    return found
  }
}

/** Encodes pages that will be stored together as they are read, and anew where others are wanted in the end. */
export class PageGroups {
  readonly #encoders: Encoders
  readonly #lists = new Map<string, List>()

  constructor(encoders: Encoders) {
    this.#encoders = encoders
  }

  add(stream: string, received: Received, { number, group, records, held }: ReadRecords): void {
    const list = this.#listOf(stream)
    if (list.open?.number !== group.number) this.#close(list)
    const open = list.open ?? { number: group.number, pages: [], sizes: [], bodies: [], encoder: this.#encoders.take(received.kind) }
    list.open = null
    for (const record of records) open.encoder.add(record)
    open.pages.push(number)
    open.sizes.push(received.body.length)
    open.bodies.push({ rows: received.rows.length, body: held })
    list.open = open
    keepLast(list.received.set(number, received), PAGES)
    if (group.isLast || isFull(open.sizes)) this.#close(list)
  }

  /** The records of pages of a list, in that order. Throws where one is not known any more. */
  batch(stream: string, pages: readonly number[]): PagesBatch {
    const list = this.#listOf(stream)
    const isWanted = (some: { pages: readonly number[] }) => some.pages.length === pages.length && some.pages.every((page, i) => page === pages[i])
    if (list.open && isWanted(list.open)) this.#close(list)
    const found = list.encoded.find(isWanted)
    list.encoded = list.encoded.filter((one) => !one.pages.some((page) => pages.includes(page)))
    const batch = found ? found.batch : this.#encodeAgain(stream, pages)
    for (const page of pages) list.received.delete(page)
    return batch
  }

  /** No pages of that list are asked for any more. */
  forget(stream: string): void {
    this.#lists.delete(stream)
  }

  #listOf(stream: string): List {
    const known = this.#lists.get(stream) ?? { open: null, encoded: [], received: new Map<number, Received>() }
    this.#lists.set(stream, known)
    return known
  }

  #close(list: List): void {
    const { open } = list
    list.open = null
    if (open === null) return
    list.encoded = [...list.encoded.slice(1 - GROUPS), { pages: open.pages, batch: this.#encoders.finish(open.encoder, open.bodies) }]
  }

  #encodeAgain(stream: string, pages: readonly number[]): PagesBatch {
    const { received } = this.#listOf(stream)
    const wanted = pages.map((page) => {
      const known = received.get(page)
      if (!known) throw new Error(`page ${page} of ${stream} is not there any more`)
      return known
    })
    const encoder = this.#encoders.take(wanted[0]?.kind ?? '')
    const bodies = wanted.map(({ form, body, rows }): Bodied => {
      const page = decodeList(form, body)
      for (const row of rows) {
        const record = page.records[row]
        if (record) encoder.add(ofStream(record, stream))
      }
      return { rows: rows.length, body: page.body }
    })
    return this.#encoders.finish(encoder, bodies)
  }
}

// Not spread: that costs many times as much, and it is done for each record.
export function ofStream({ id, instance, event, raw, offset, receivedSha256 }: ServerRecord, stream: string): IncomingRecord {
  const record: IncomingRecord = { instance, stream, id, event, raw, offset }
  if (receivedSha256 !== undefined) record.receivedSha256 = receivedSha256
  return record
}

function keepLast(map: Map<unknown, unknown>, most: number): void {
  const [oldest] = map.keys()
  if (map.size > most) map.delete(oldest)
}
