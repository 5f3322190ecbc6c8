import type { ByteRun } from '../../domain'
import { ATTRIBUTE, PLACE, RAW_END, TEXT, type BlockHead } from './block'
import { EVENT_TEXT_COLUMNS, flagsOf, type BareEvent } from './columns'
import { NUMBER_COLUMNS } from './filter'
import type { IncomingRecord, RecordBatch } from './door'
import { EventBuilders } from './event-builders'
import { frameOf, partOf } from './frame'
import { KeyHashes } from './key-hashes'
import { LinkBuilder } from './links'
import type { NamelessBatch } from './naming'
import { NumberBuilder } from './number-builder'
import { encodeParts } from './parts'
import { RawBuilder } from './raw-builder'
import { RawTails } from './raw-tails'
import { TailBuilder } from './tail-builder'
import { isShapeColumn, SHAPE_COLUMNS } from './shape-builder'
import { TextBuilder, narrowed, type BuildHome } from './text-builder'

/** Bytes of records after which an encoder is not kept for the next batch. */
export const MOST_KEPT = 4 * 2 ** 20

const TEXT_ONLY = EVENT_TEXT_COLUMNS.filter((column) => !isShapeColumn(column))

/** A record that gets its id later, see `BatchNamer`, and whose bytes are those of `bytes` from `start` to `end`. */
export type NamelessRecord = Omit<IncomingRecord, 'id' | 'event' | 'raw'> & Basis & ByteRun & { event: BareEvent; /** See `ParsedRecord`. */ tail: string }
/** What its id follows from beside its columns: whole numbers of 32 bits. */
type Basis = { year: number; attempt: number }

/** So many records, one after the other, and the body that they came in, with secrets replaced. */
export type Bodied = { rows: number; body: Uint8Array }

/** Encodes records one by one as they come, so that they need not live longer than that. */
export class BatchEncoder {
  rows = 0
  readonly #kind: string
  readonly #keys: KeyHashes
  readonly #times = new NumberBuilder()
  readonly #sequences = new NumberBuilder()
  readonly #flags = new NumberBuilder()
  readonly #places = new NumberBuilder()
  readonly #rawEnds = new NumberBuilder()
  readonly #basis = { years: new NumberBuilder(), attempts: new NumberBuilder() }
  readonly #own = { id: new TextBuilder(), instance: new TextBuilder(), stream: new TextBuilder() }
  readonly #event = new EventBuilders()
  readonly #attributes = new Map<string, TextBuilder>()
  /** The attribute that is known to stand at the end of records. */
  #tail: TailBuilder | null = null
  /** Attributes met last, by their place in their record. */
  #latestAttributes: { name: string; builder: TextBuilder }[] = []
  #changes: BlockHead['changes'] = []
  #received: NonNullable<BlockHead['received']> = []
  readonly #links = new LinkBuilder()
  readonly #raw = new RawBuilder()

  /** `kind` is that of the connection that will hold the records. */
  constructor(kind: string) {
    this.#kind = kind
    this.#keys = new KeyHashes(kind)
  }

  /** Bytes of the records taken in. */
  get size(): number {
    return this.#raw.size
  }

  /** Those of one batch all have an id, or none has. */
  add(record: IncomingRecord | NamelessRecord): void {
    const { event } = record
    const row = this.rows++
    if ('bytes' in record) {
      this.#basis.years.add(row, record.year)
      this.#basis.attempts.add(row, record.attempt)
      this.#raw.add(record)
    } else {
      this.#keys.add(record, record.id)
      this.#own.id.add(row, record.id)
      this.#raw.add({ bytes: record.raw, start: 0, end: record.raw.length })
    }
    this.#rawEnds.add(row, this.#raw.size)
    this.#places.add(row, record.offset)
    this.#own.instance.add(row, record.instance)
    this.#own.stream.add(row, record.stream)
    this.#times.add(row, event.time)
    this.#sequences.add(row, event.sequence)
    this.#flags.add(row, flagsOf(event))
    this.#event.add(row, event)
    let place = 0
    const tail = 'tail' in record && record.tail !== '' ? this.#tailOf(record.tail) : null
    const { attributes } = event
    for (const name in attributes) {
      const value = attributes[name]
      if (tail?.name === name && value !== undefined) tail.add(row, value.length)
      else this.#attribute(name, place).add(row, value)
      place++
    }
    if (event.changes) this.#changes.push([row, event.changes])
    if (event.links) this.#links.add(row, event.links)
    if (record.receivedSha256 !== undefined) this.#received.push([row, record.receivedSha256])
  }

  /**
   * The records since the last time, in memory of their own. Throws where they do not stand in `body`, the one that they
   * came in with secrets replaced.
   */
  finish(body?: Uint8Array): RecordBatch {
    const { batch, frames } = this.finishBodies(body ? [{ rows: this.rows, body }] : [])
    return { ...batch, ...(frames[0] ? { frame: frames[0] } : {}) }
  }

  /** The same of records that came in several bodies, with the frame of each. */
  finishBodies(bodies: readonly Bodied[]): { batch: RecordBatch; frames: Uint8Array[] } {
    const { rows } = this
    const parts = this.#parts(rows)
    const columns = encodeParts(parts)
    const raw = this.#raw.take()
    const [places, rawEnds] = [parts.arrays[PLACE] as Float64Array, parts.arrays[RAW_END] as Uint32Array]
    const placed = { rows, places, rawEnds, raw: () => raw }
    let end = 0
    const frames = bodies.map(({ rows, body }) => frameOf(body, partOf(placed, end, (end += rows))))
    this.#clear()
    return { batch: { kind: this.#kind, rows, columns, raw }, frames }
  }

  /** The same of records without ids. */
  finishNameless(): NamelessBatch {
    const { rows } = this
    const years = new Int32Array(this.#basis.years.exact(rows))
    const attempts = new Int32Array(this.#basis.attempts.exact(rows))
    const { head, arrays } = this.#parts(0)
    const own = arrays.map((array) => array.slice())
    const raw = this.#raw.giveAway()
    this.#clear()
    return { kind: this.#kind, rows, head, arrays: own, raw, years, attempts }
  }

  /** Throws where not just so many records have ids. */
  #parts(named: number): { head: BlockHead; arrays: BuildHome['arrays'] } {
    const { rows } = this
    const hashes = this.#keys.finish()
    if (hashes.length !== 2 * named) throw new Error('a batch with ids of both kinds')
    const rawEnds = this.#rawEnds.whole(rows)
    // The first arrays of every block, in the order in which `decodeBlock` takes them.
    const arrays: BuildHome['arrays'] = [
      this.#times.exact(rows),
      narrowed(this.#sequences.whole(rows)),
      narrowed(this.#flags.whole(rows)),
      hashes,
      this.#places.exact(rows),
      rawEnds,
    ]
    const head: BlockHead = { rows, texts: {}, numbers: {}, changes: this.#changes, links: this.#links.finish(arrays) }
    if (this.#received.length > 0) head.received = this.#received
    this.#finishTexts(head, { arrays, rows, tails: new RawTails(this.#raw.view(), rawEnds) })
    for (const column of NUMBER_COLUMNS) {
      const builder = this.#event[column]
      if (builder.isUsed) head.numbers[column] = arrays.push(builder.exact(rows)) - 1
    }
    return { head, arrays }
  }

  #finishTexts(head: BlockHead, home: BuildHome): void {
    const put = (name: string, builder: TextBuilder): boolean => {
      const encoded = builder.finish(home)
      if (encoded) head.texts[name] = encoded
      return encoded !== null
    }
    for (const [name, builder] of Object.entries(this.#own)) put(name, builder)
    for (const column of SHAPE_COLUMNS) head.texts[TEXT + column] = this.#event.shapes.finish(column, home)
    for (const column of TEXT_ONLY) put(TEXT + column, this.#event[column])
    const tail = this.#tail?.isUsed ? this.#tail : null
    if (tail) head.texts[ATTRIBUTE + tail.name] = tail.finish(home, this.#attributes.get(tail.name)?.take(home.rows) ?? [])
    for (const [name, builder] of this.#attributes) {
      if (name !== tail?.name && !put(ATTRIBUTE + name, builder)) this.#attributes.delete(name)
    }
  }

  #clear(): void {
    const own = [this.#times, this.#sequences, this.#flags, this.#places, this.#rawEnds, ...Object.values(this.#basis)]
    for (const builder of [...own, ...NUMBER_COLUMNS.map((column) => this.#event[column])]) builder.clear()
    this.#event.shapes.clear()
    this.rows = 0
    this.#changes = []
    this.#received = []
    this.#latestAttributes = []
  }

  /** A batch has one: sources that know of such an attribute know of one alone. */
  #tailOf(name: string): TailBuilder | null {
    this.#tail ??= new TailBuilder(name)
    return this.#tail.name === name ? this.#tail : null
  }

  /** Records of a source mostly have the same attributes at the same places. */
  #attribute(name: string, place: number): TextBuilder {
    const latest = this.#latestAttributes[place]
    if (latest !== undefined && latest.name === name) return latest.builder
    let builder = this.#attributes.get(name)
    if (builder === undefined) this.#attributes.set(name, (builder = new TextBuilder()))
    this.#latestAttributes[place] = { name, builder }
    return builder
  }
}

/** `body`: see `BatchEncoder.finish`. */
export function encodeBatch(records: Iterable<IncomingRecord>, kind: string, body?: Uint8Array): RecordBatch {
  const encoder = new BatchEncoder(kind)
  for (const record of records) encoder.add(record)
  return encoder.finish(body)
}
