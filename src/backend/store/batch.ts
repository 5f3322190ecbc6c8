import { ATTRIBUTE, TEXT, type BlockHead } from './block'
import { EVENT_TEXT_COLUMNS, flagsOf } from './columns'
import { NUMBER_COLUMNS } from './filter'
import type { IncomingRecord, RecordBatch } from './door'
import { EventBuilders } from './event-builders'
import { KeyHashes } from './key-hashes'
import { LinkBuilder } from './links'
import { NumberBuilder } from './number-builder'
import { encodeParts } from './parts'
import { TextBuilder, narrowed, type BuildHome } from './text-builder'

/** Encodes records one by one as they come, so that they need not live longer than that. */
export class BatchEncoder {
  rows = 0
  /** Bytes of the records taken in. */
  size = 0
  readonly #kind: string
  readonly #keys: KeyHashes
  readonly #times = new NumberBuilder()
  readonly #sequences = new NumberBuilder()
  readonly #flags = new NumberBuilder()
  readonly #places = new NumberBuilder()
  readonly #rawEnds = new NumberBuilder()
  readonly #own = { id: new TextBuilder(), instance: new TextBuilder(), stream: new TextBuilder() }
  readonly #event = new EventBuilders()
  readonly #attributes = new Map<string, TextBuilder>()
  #changes: BlockHead['changes'] = []
  readonly #links = new LinkBuilder()
  #raw = Buffer.allocUnsafeSlow(64 * 1024)

  /** `kind` is that of the connection that will hold the records. */
  constructor(kind: string) {
    this.#kind = kind
    this.#keys = new KeyHashes(kind)
  }

  add(record: IncomingRecord): void {
    const { event, raw } = record
    const row = this.rows++
    this.#addRaw(raw)
    this.#rawEnds.add(row, this.size)
    this.#places.add(row, record.offset)
    this.#own.id.add(row, record.id)
    this.#own.instance.add(row, record.instance)
    this.#own.stream.add(row, record.stream)
    this.#keys.add(record)
    this.#times.add(row, event.time)
    this.#sequences.add(row, event.sequence)
    this.#flags.add(row, flagsOf(event))
    this.#event.add(row, event)
    for (const name in event.attributes) this.#attribute(name).add(row, event.attributes[name])
    if (event.changes) this.#changes.push([row, event.changes])
    if (event.links) this.#links.add(row, event.links)
  }

  /** The records since the last time, in memory of their own. */
  finish(): RecordBatch {
    const { rows, size } = this
    const raw = new Uint8Array(this.#raw.subarray(0, size))
    const rawEnds = this.#rawEnds.whole(rows)
    // The first arrays of every block, in the order in which `decodeBlock` takes them.
    const arrays: BuildHome['arrays'] = [
      this.#times.exact(rows),
      narrowed(this.#sequences.whole(rows)),
      narrowed(this.#flags.whole(rows)),
      this.#keys.finish(),
      this.#places.exact(rows),
      rawEnds,
    ]
    const head: BlockHead = { rows, texts: {}, numbers: {}, changes: this.#changes, links: this.#links.finish(arrays) }
    this.#finishTexts(head, { arrays, rows, rawText: this.#raw.toString('latin1', 0, size), rawEnds })
    for (const column of NUMBER_COLUMNS) {
      const builder = this.#event[column]
      if (builder.isUsed) head.numbers[column] = arrays.push(builder.exact(rows)) - 1
    }
    const columns = encodeParts({ head, arrays })
    this.#clear()
    return { kind: this.#kind, rows, columns, raw }
  }

  #finishTexts(head: BlockHead, home: BuildHome): void {
    const put = (name: string, builder: TextBuilder): boolean => {
      const encoded = builder.finish(home)
      if (encoded) head.texts[name] = encoded
      return encoded !== null
    }
    for (const [name, builder] of Object.entries(this.#own)) put(name, builder)
    for (const column of EVENT_TEXT_COLUMNS) put(TEXT + column, this.#event[column])
    for (const [name, builder] of this.#attributes) if (!put(ATTRIBUTE + name, builder)) this.#attributes.delete(name)
  }

  #clear(): void {
    const own = [this.#times, this.#sequences, this.#flags, this.#places, this.#rawEnds]
    for (const builder of [...own, ...NUMBER_COLUMNS.map((column) => this.#event[column])]) builder.clear()
    this.rows = 0
    this.size = 0
    this.#changes = []
  }

  #addRaw(raw: Uint8Array): void {
    const end = this.size + raw.length
    if (end > this.#raw.length) this.#raw = Buffer.concat([this.#raw], end * 2)
    this.#raw.set(raw, this.size)
    this.size = end
  }

  #attribute(name: string): TextBuilder {
    const held = this.#attributes.get(name) ?? new TextBuilder()
    this.#attributes.set(name, held)
    return held
  }
}

export function encodeBatch(records: Iterable<IncomingRecord>, kind: string): RecordBatch {
  const encoder = new BatchEncoder(kind)
  for (const record of records) encoder.add(record)
  return encoder.finish()
}
