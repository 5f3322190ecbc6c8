import type { Instant } from '../../domain'
import { FLAGS, KEY_HASH, RAW_END, TIME, type BlockHead } from './block'
import { isCompanion } from './columns'
import { DigestBuilder } from './digest-builder'
import type { RecordBatch } from './door'
import { KeyHashes } from './key-hashes'
import { LinkBuilder } from './links'
import { encodeDecoded } from './parts'
import { decodeText, type Arrays, type TextValues } from './text-column'

/** Encoded records without ids, in pieces of memory of their own. Plain data: it may cross to another thread. */
export type NamelessBatch = {
  kind: string
  rows: number
  head: BlockHead
  arrays: Arrays
  raw: Uint8Array
  /** What their ids follow from beside their columns, as `NamelessRecord` has it. */
  years: Int32Array
  attempts: Int32Array
}

/** The object is used again for the next row; the bytes of all records of a batch are the same. */
export type NamelessRow = {
  bytes: Uint8Array
  start: number
  end: number
  instance: string
  year: number
  attempt: number
  time: Instant
  companion: boolean
}

type Id = { digest: string; number: number }
type Naming = (row: NamelessRow) => Id & { companions: readonly Id[] }

/** Completes batches by ids and by the links that are made of ids. */
export class BatchNamer {
  readonly #kind: string
  readonly #keys: KeyHashes
  readonly #digests = new DigestBuilder()
  readonly #links = new LinkBuilder()

  /** `kind` is that of the connection that will hold the records. */
  constructor(kind: string) {
    this.#kind = kind
    this.#keys = new KeyHashes(kind)
  }

  /** Rows are named in their order. */
  finish(batch: NamelessBatch, nameOf: Naming): RecordBatch {
    const { rows, raw } = batch
    const arrays = [...batch.arrays]
    const texts = { ...batch.head.texts }
    this.#nameRows(batch, nameOf)
    arrays[KEY_HASH] = this.#keys.finish()
    texts['id'] = this.#digests.finish(arrays)
    const links = this.#links.finish(arrays)
    const { bytes, decoded } = encodeDecoded({ head: { ...batch.head, texts, links }, arrays })
    return { kind: this.#kind, rows, columns: bytes, raw, decoded }
  }

  #nameRows(batch: NamelessBatch, nameOf: Naming): void {
    const { rows, raw: bytes, arrays, years, attempts } = batch
    const [times, flags, ends] = [arrays[TIME], arrays[FLAGS], arrays[RAW_END] as Uint32Array]
    const [instances, streams] = [textOf(batch, 'instance'), textOf(batch, 'stream')]
    const own: NamelessRow = { bytes, start: 0, end: 0, instance: '', year: 0, attempt: -1, time: 0, companion: false }
    for (let row = 0; row < rows; row++) {
      own.start = own.end
      own.end = ends[row] ?? 0
      own.instance = instances?.at(row) ?? ''
      own.year = years[row] ?? 0
      own.attempt = attempts[row] ?? -1
      own.time = times?.[row] ?? 0
      own.companion = isCompanion(flags?.[row] ?? 0)
      const { digest, number, companions } = nameOf(own)
      const place = { instance: own.instance, stream: streams?.at(row) ?? '' }
      this.#keys.addDigest(place, this.#digests.add(digest, number), number)
      if (companions.length > 0) this.#links.addCompanions(row, `${this.#kind}:${place.instance}:${place.stream}:`, companions)
    }
  }
}

function textOf({ head, arrays, rows, raw }: NamelessBatch, name: string): TextValues | null {
  const encoded = head.texts[name]
  const array = (index: number) => arrays[index] as Arrays[number]
  return encoded ? decodeText(encoded, { array, rows, raw: () => raw, rawEnds: array(RAW_END) as Uint32Array }) : null
}
