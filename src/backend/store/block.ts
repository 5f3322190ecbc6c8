import type { Change } from '../../domain'
import { readEvent, type EventTextColumn, type RowReader } from './columns'
import type { IncomingRecord } from './door'
import type { NumberColumn } from './filter'
import { decodeLinks, type EncodedLinks, type Links } from './links'
import { decodeParts } from './parts'
import { decodeText, type EncodedText, type TextValues } from './text-column'

// A block holds the records of one batch by column, as `BatchEncoder` gives them, and their bytes end to end. Text columns
// of events stand as `c:NAME`, attributes as `a:NAME`.

/** Position of every column in the block's binary parts. */
export type BlockHead = {
  rows: number
  texts: Record<string, EncodedText>
  numbers: Partial<Record<NumberColumn, number>>
  changes: [row: number, changes: Change[]][]
  links: EncodedLinks | null
  /** Hex SHA-256 of the bytes received, of the rows in whose bytes something was replaced. */
  received?: [row: number, sha256: string][]
}

// The first parts of every block, in this order; columns follow.
export const TIME = 0
const SEQUENCE = 1
export const FLAGS = 2
export const KEY_HASH = 3
export const PLACE = 4
export const RAW_END = 5

export const TEXT = 'c:'
export const ATTRIBUTE = 'a:'
const NO_TEXT: TextValues = { same: null, at: () => undefined, isRest: () => false, coded: null, spans: null, rowsWith: () => [] }
const COLON = ':'.charCodeAt(0)
const NO_LINKS: Links = { of: () => undefined, to: () => [] }

/** A decoded block; the arrays are views of its bytes. */
export type Block = {
  rows: number
  times: Float64Array
  sequences: Uint32Array | Uint16Array | Uint8Array
  flags: Uint8Array
  /** Two words per row. */
  hashes: Uint32Array
  /** Byte offset of each record in its file or body. */
  places: Float64Array
  /** End of each record's bytes in the block's raw bytes. */
  rawEnds: Uint32Array
  /** The columns as they were encoded. */
  columns: Uint8Array
  /** Bytes of all records, end to end. */
  raw(): Uint8Array
  text(column: EventTextColumn): TextValues | null
  own(column: 'id' | 'instance' | 'stream'): TextValues
  attributeNames: string[]
  attribute(name: string): TextValues | null
  number(column: NumberColumn): Float64Array | null
  hasLinks: boolean
  links(): Links
  /** Hex SHA-256 of the bytes received, by row, where they were others than those held. */
  received: ReadonlyMap<number, string>
  /** Texts of the changes, for search. */
  changeTexts: [row: number, texts: string[]][]
  row(row: number): RowReader
}

/** Decodes what `BatchEncoder` gave. Text columns are decoded when first asked for. */
export function decodeBlock(columns: Uint8Array, raw: () => Uint8Array, { head: rawHead, array } = decodeParts(columns)): Block {
  const head = rawHead as BlockHead
  const rawEnds = array(RAW_END) as Uint32Array
  const home = { array, rows: head.rows, raw, rawEnds }
  const texts = new Map<string, TextValues>()
  const text = (name: string): TextValues | null => {
    const known = texts.get(name)
    if (known) return known
    const encoded = Object.hasOwn(head.texts, name) ? head.texts[name] : undefined
    if (!encoded) return null
    const values = decodeText(encoded, home)
    texts.set(name, values)
    return values
  }
  const eventText = eventTexts(text)
  let attributes: AttributeColumn[] | null = null
  const attributeColumns = () => (attributes ??= attributesIn(head).map((name) => ({ name, values: text(ATTRIBUTE + name) ?? NO_TEXT })))
  const number = (column: NumberColumn): Float64Array | null => {
    const index = head.numbers[column]
    return index === undefined ? null : (array(index) as Float64Array)
  }
  let names: string[] | null = null
  const changes = new Map(head.changes)
  let decodedLinks: Links | null = null
  const links = () => (decodedLinks ??= head.links ? decodeLinks(head.links, home) : NO_LINKS)
  const block: Block = {
    rows: head.rows,
    times: array(TIME) as Float64Array,
    sequences: array(SEQUENCE) as Uint32Array,
    flags: array(FLAGS) as Uint8Array,
    hashes: array(KEY_HASH) as Uint32Array,
    places: array(PLACE) as Float64Array,
    rawEnds,
    columns,
    raw,
    text: eventText,
    own: (column) => text(column) ?? NO_TEXT,
    get attributeNames() {
      return (names ??= attributesIn(head))
    },
    attribute: (name) => text(ATTRIBUTE + name),
    number,
    hasLinks: head.links !== null,
    links,
    received: new Map(head.received),
    changeTexts: head.changes.map(([row, list]) => [row, list.flatMap((change) => Object.values(change))]),
    row: (row) => ({
      text: (column) => eventText(column)?.at(row),
      number: (column) => presentNumber(number(column)?.[row]),
      attributes: readAttributes(attributeColumns(), row),
      changes: changes.get(row),
      links: links().of(row),
      time: block.times[row] ?? 0,
      sequence: block.sequences[row] ?? 0,
      flags: block.flags[row] ?? 0,
    }),
  }
  return block
}

/** By the column's own name: making the longer one again for every row costs more than reading the value. */
function eventTexts(text: (name: string) => TextValues | null): (column: EventTextColumn) => TextValues | null {
  const known = new Map<EventTextColumn, TextValues | null>()
  return (column) => {
    const held = known.get(column)
    if (held !== undefined) return held
    const values = text(TEXT + column)
    known.set(column, values)
    return values
  }
}

function attributesIn({ texts }: BlockHead): string[] {
  const names = Object.keys(texts).filter((name) => name.startsWith(ATTRIBUTE))
  return names.map((name) => name.slice(ATTRIBUTE.length))
}

/** Key of a row as it is under a connection of that kind. */
export function keyIn(block: Block, row: number, kind: string): string {
  return `${kind}:${block.own('instance').at(row)}:${block.own('stream').at(row)}:${block.own('id').at(row)}`
}

/** Whether that is the key of a row under a connection of that kind; makes no text of it. */
export function isKeyIn(block: Block, row: number, { kind, key }: { kind: string; key: string }): boolean {
  let from = 0
  for (const part of [kind, block.own('instance').at(row), block.own('stream').at(row)]) {
    const text = String(part)
    if (!key.startsWith(text, from) || key.charCodeAt(from + text.length) !== COLON) return false
    from += text.length + 1
  }
  return block.own('id').isRest(row, key, from)
}

/** Exact bytes of one record. */
export function rawIn(block: Pick<Block, 'raw' | 'rawEnds'>, row: number): Uint8Array {
  return block.raw().subarray(row === 0 ? 0 : (block.rawEnds[row - 1] ?? 0), block.rawEnds[row])
}

/** What the row was encoded from. */
export function recordIn(block: Block, row: number): IncomingRecord {
  const { key: _, ...event } = readEvent(block.row(row), '')
  const receivedSha256 = block.received.get(row)
  return {
    instance: block.own('instance').at(row) ?? '',
    stream: block.own('stream').at(row) ?? '',
    id: block.own('id').at(row) ?? '',
    event,
    raw: rawIn(block, row),
    offset: block.places[row] ?? 0,
    ...(receivedSha256 === undefined ? {} : { receivedSha256 }),
  }
}

type AttributeColumn = { name: string; values: TextValues }

function readAttributes(columns: readonly AttributeColumn[], row: number): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const { name, values } of columns) {
    const value = values.at(row)
    if (value === undefined) continue
    // A log may name an attribute `__proto__`; defining keeps it a plain own field.
    if (name === '__proto__') Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true })
    else attributes[name] = value
  }
  return attributes
}

function presentNumber(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value
}
