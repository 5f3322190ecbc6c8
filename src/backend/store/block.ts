import type { Change, Link } from '../../domain'
import {
  EVENT_TEXT_COLUMNS,
  NUMBER_COLUMNS,
  flagsOf,
  numberOf,
  textOf,
  type EventTextColumn,
  type RowReader,
} from './columns'
import type { IncomingRecord } from './door'
import type { NumberColumn } from './filter'
import { decodeParts, encodeParts, type Parts } from './parts'
import { decodeText, encodeText, type EncodedText, type TextValues } from './text-column'

// A block holds the records of one batch by column. Text columns name themselves; attributes stand as `a:NAME`.

/** Position of every column in the block's binary parts. */
type BlockHead = {
  rows: number
  texts: Record<string, EncodedText>
  numbers: Partial<Record<NumberColumn, number>>
  changes: [row: number, changes: Change[]][]
  links: [row: number, links: Link[]][]
}

// The first parts of every block, in this order; columns follow.
const TIME = 0
const SEQUENCE = 1
const FLAGS = 2
const KEY_HASH = 3
const PLACE = 4
const RAW_END = 5

export const ID_COLUMN = 'id'
export const INSTANCE_COLUMN = 'instance'
export const STREAM_COLUMN = 'stream'
const ATTRIBUTE = 'a:'
const NO_TEXT: TextValues = { at: () => undefined, coded: null, plain: null }

/** `hashes` holds two words per record (see `hashKey`). */
export function encodeBlock(records: IncomingRecord[], hashes: Uint32Array): Uint8Array {
  const rows = records.length
  const parts: Parts = { head: null, arrays: [] }
  const rawEnd = new Float64Array(rows)
  let end = 0
  for (let i = 0; i < rows; i++) rawEnd[i] = end += at(records, i).raw.length
  parts.arrays.push(
    Float64Array.from(records, (r) => r.event.time),
    Uint32Array.from(records, (r) => r.event.sequence),
    Uint8Array.from(records, (r) => flagsOf(r.event)),
    hashes,
    Float64Array.from(records, (r) => r.offset),
    rawEnd,
  )
  const head: BlockHead = { rows, texts: {}, numbers: {}, changes: [], links: [] }
  const addText = (name: string, valueOf: (record: IncomingRecord) => string | undefined) => {
    const encoded = encodeText(records.map(valueOf), parts.arrays)
    if (encoded) head.texts[name] = encoded
  }
  addText(ID_COLUMN, (r) => r.id)
  addText(INSTANCE_COLUMN, (r) => r.instance)
  addText(STREAM_COLUMN, (r) => r.stream)
  for (const column of EVENT_TEXT_COLUMNS) addText(`c:${column}`, (r) => textOf(r.event, column))
  for (const name of attributeNames(records)) addText(ATTRIBUTE + name, (r) => attributeOf(r, name))
  for (const column of NUMBER_COLUMNS) addNumber(head, parts, { column, records })
  records.forEach(({ event }, row) => {
    if (event.changes) head.changes.push([row, event.changes])
    if (event.links) head.links.push([row, event.links])
  })
  parts.head = head
  return encodeParts(parts)
}

function attributeNames(records: IncomingRecord[]): Set<string> {
  const names = new Set<string>()
  for (const record of records) for (const name in record.event.attributes) names.add(name)
  return names
}

/** A log may name an attribute `constructor`: records without one have none, not what every object inherits. */
function attributeOf({ event }: IncomingRecord, name: string): string | undefined {
  return Object.hasOwn(event.attributes, name) ? event.attributes[name] : undefined
}

function addNumber(head: BlockHead, parts: Parts, from: { column: NumberColumn; records: IncomingRecord[] }): void {
  const absent = from.column === 'repeat' ? 1 : Number.NaN
  const values = Float64Array.from(from.records, (r) => numberOf(r.event, from.column) ?? absent)
  if (values.every((value) => Object.is(value, absent))) return
  head.numbers[from.column] = parts.arrays.push(values) - 1
}

/** A decoded block; the arrays are views of its bytes. */
export type Block = {
  rows: number
  times: Float64Array
  sequences: Uint32Array
  flags: Uint8Array
  /** Two words per row. */
  hashes: Uint32Array
  /** Byte offset of each record in its file or body. */
  places: Float64Array
  /** End of each record's bytes in the block's raw bytes. */
  rawEnds: Float64Array
  text(column: EventTextColumn): TextValues | null
  own(column: 'id' | 'instance' | 'stream'): TextValues
  attributeNames: string[]
  attribute(name: string): TextValues | null
  number(column: NumberColumn): Float64Array | null
  links: [row: number, links: Link[]][]
  /** Texts of the changes, for search. */
  changeTexts: [row: number, texts: string[]][]
  row(row: number): RowReader
}

/** Decodes what `encodeBlock` gave. Text columns are decoded when first asked for. */
export function decodeBlock(bytes: Uint8Array): Block {
  const { head: rawHead, arrays } = decodeParts(bytes)
  const head = rawHead as BlockHead
  const texts = new Map<string, TextValues>()
  const text = (name: string): TextValues | null => {
    const known = texts.get(name)
    if (known) return known
    const encoded = Object.hasOwn(head.texts, name) ? head.texts[name] : undefined
    if (!encoded) return null
    const values = decodeText(encoded, arrays)
    texts.set(name, values)
    return values
  }
  const number = (column: NumberColumn): Float64Array | null => {
    const index = head.numbers[column]
    return index === undefined ? null : (arrays[index] as Float64Array)
  }
  const attributeNames = Object.keys(head.texts)
    .filter((name) => name.startsWith(ATTRIBUTE))
    .map((name) => name.slice(ATTRIBUTE.length))
  const changes = new Map(head.changes)
  const links = new Map(head.links)
  const block: Block = {
    rows: head.rows,
    times: arrays[TIME] as Float64Array,
    sequences: arrays[SEQUENCE] as Uint32Array,
    flags: arrays[FLAGS] as Uint8Array,
    hashes: arrays[KEY_HASH] as Uint32Array,
    places: arrays[PLACE] as Float64Array,
    rawEnds: arrays[RAW_END] as Float64Array,
    text: (column) => text(`c:${column}`),
    own: (column) => text(column) ?? NO_TEXT,
    attributeNames,
    attribute: (name) => text(ATTRIBUTE + name),
    number,
    links: head.links,
    changeTexts: head.changes.map(([row, list]) => [row, list.flatMap((change) => Object.values(change))]),
    row: (row) => ({
      text: (column) => text(`c:${column}`)?.at(row),
      number: (column) => presentNumber(number(column)?.[row]),
      attributes: readAttributes(block, row),
      changes: changes.get(row),
      links: links.get(row),
      time: block.times[row] ?? 0,
      sequence: block.sequences[row] ?? 0,
      flags: block.flags[row] ?? 0,
    }),
  }
  return block
}

function readAttributes(block: Block, row: number): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const name of block.attributeNames) {
    const value = block.attribute(name)?.at(row)
    if (value === undefined) continue
    // A log may name an attribute `__proto__`; defining keeps it a plain own field.
    Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return attributes
}

function presentNumber(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value
}

function at<T>(items: T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError(`no item ${index}`)
  return item
}
