import type { Block } from './block'
import type { Blocks } from './blocks'
import { SEARCHED_COLUMNS } from './columns'
import type { EventIndex } from './event-index'
import type { RecordingRow } from '../../contract'
import type { Comparison, Filter, KeyFilter, TextColumn, TextMatch } from './filter'
import type { Codes } from './growing'
import { recordedTest } from './recorded-test'
import type { RowFacts } from './row-facts'
import type { RowSet } from './row-set'
import type { TextValues } from './text-column'
import { textTest, type TextTest } from './text-match'

export type RowTest = (row: number) => boolean

export type Searched = {
  index: EventIndex
  blocks: Blocks
  facts: RowFacts
  /** Names and kinds of the connections that hold a row. */
  holders(row: number): { name: string; kind: string }[]
  /** Always the same set for a filter, kept up to date. */
  keyed(filter: KeyFilter): Pick<RowSet, 'has'>
  recordings(): RecordingRow[]
}

/** Compiles a filter to a test of one row. What was found out about a value or a block is kept, also as rows are added. */
export function rowTest(filter: Filter, searched: Searched): RowTest {
  switch (filter.kind) {
    case 'all':
      return () => true
    case 'and': {
      const parts = filter.parts.map((part) => rowTest(part, searched))
      return (row) => {
        for (const part of parts) if (!part(row)) return false
        return true
      }
    }
    case 'or': {
      const parts = filter.parts.map((part) => rowTest(part, searched))
      return (row) => parts.some((part) => part(row))
    }
    case 'not': {
      const part = rowTest(filter.part, searched)
      return (row) => !part(row)
    }
    case 'text': {
      const tests = filter.columns.map((column) => columnTest(column, filter.match, searched))
      return tests.length === 1 && tests[0] ? tests[0] : (row) => tests.some((test) => test(row))
    }
    case 'number':
      return numberTest(filter, searched.index)
    case 'attribute':
      return blockTest(searched, attributeMask(filter.name, filter.match))
    case 'anyText':
      return blockTest(searched, anyTextMask(filter.match))
    case 'time':
      return (row) => {
        const time = searched.index.times.array[row] ?? 0
        return time >= filter.from && time < filter.to
      }
    default:
      return knownTest(filter, searched)
  }
}

/** What is known of a record beside its values. */
function knownTest(filter: Extract<Filter, { kind: 'companion' | 'drift' | 'keys' | 'tag' | 'recorded' }>, searched: Searched): RowTest {
  switch (filter.kind) {
    case 'companion':
      return (row) => searched.index.isCompanion(row)
    case 'drift':
      return driftTest(filter.what, searched.facts)
    case 'recorded':
      return recordedTest(searched.index, searched.recordings())
    case 'keys':
    case 'tag': {
      const rows = searched.keyed(filter)
      return (row) => rows.has(row)
    }
  }
}

function numberTest({ column, comparison, value }: Extract<Filter, { kind: 'number' }>, index: EventIndex): RowTest {
  const compare = COMPARE[comparison]
  return (row) => compare(index.number(column, row), value)
}

function driftTest(what: 'changed' | 'late' | 'vanished', facts: RowFacts): RowTest {
  if (what === 'changed') return (row) => facts.hasEarlier(row)
  return what === 'late' ? (row) => facts.late.has(row) : (row) => facts.vanished.has(row)
}

const COMPARE: Record<Comparison, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

function columnTest(column: TextColumn, match: TextMatch, searched: Searched): RowTest {
  const test = textTest(match)
  if (column === 'connection') return (row) => searched.holders(row).some((holder) => test(holder.name))
  if (column === 'source') return (row) => searched.holders(row).some((holder) => test(holder.kind))
  const codesOf = () => (column === 'stream' ? searched.index.streams : searched.index.text(column))
  let codes: Codes | null = null
  // One byte per distinct value: 0 not tested yet, 1 no, 2 yes. Code 0, no value, never matches.
  let verdicts = Uint8Array.of(1)
  return (row) => {
    codes ??= codesOf()
    if (!codes) return false
    const code = codes.at(row)
    if (code >= verdicts.length) verdicts = grown(verdicts, codes.values.length + 1)
    verdicts[code] ||= test(codes.values[code - 1] ?? '') ? 2 : 1
    return verdicts[code] === 2
  }
}

function grown(verdicts: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(length, verdicts.length * 2))
  larger.set(verdicts)
  return larger
}

/** Rows of a block that match, one byte each. */
type Mask = (block: Block) => Uint8Array

function blockTest({ blocks }: Searched, mask: Mask): RowTest {
  const masks = new Map<number, Uint8Array>()
  // Rows come mostly in the order of arrival, so the block of the last row is tried first.
  let current: { first: number; end: number; mask: Uint8Array } = { first: 0, end: 0, mask: new Uint8Array() }
  return (row) => {
    if (row < current.first || row >= current.end) {
      const { block } = blocks.place(row)
      const found = masks.get(block) ?? mask(blocks.at(block))
      masks.set(block, found)
      current = { first: blocks.firstRow(block), end: blocks.firstRow(block + 1), mask: found }
    }
    return current.mask[row - current.first] === 1
  }
}

function attributeMask(name: string, match: TextMatch): Mask {
  const wanted = name.toLowerCase()
  return (block) => {
    const mask = new Uint8Array(block.rows)
    for (const held of block.attributeNames) {
      if (held.toLowerCase() === wanted) mark(mask, block.attribute(held), match)
    }
    return mask
  }
}

function anyTextMask(match: TextMatch): Mask {
  return (block) => {
    const mask = new Uint8Array(block.rows)
    for (const column of SEARCHED_COLUMNS) mark(mask, block.text(column), match)
    for (const name of block.attributeNames) mark(mask, block.attribute(name), match)
    for (const [row, texts] of block.changeTexts) {
      const test = textTest(match)
      if (texts.some((text) => test(text))) mask[row] = 1
    }
    return mask
  }
}

function mark(mask: Uint8Array, values: TextValues | null, match: TextMatch): void {
  if (!values) return
  const test = textTest(match)
  if (values.coded) markCoded(mask, values.coded, test)
  else if (match.op !== 'contains' || !markSpans(mask, values, match.value)) {
    for (let row = 0; row < mask.length; row++) {
      const text = values.at(row)
      if (text !== undefined && test(text)) mask[row] = 1
    }
  }
}

function markCoded(mask: Uint8Array, coded: NonNullable<TextValues['coded']>, test: TextTest): void {
  const matches = coded.values.map(test)
  if (!matches.includes(true)) return
  for (let row = 0; row < mask.length; row++) {
    if (matches[(coded.codes[row] ?? 0) - 1]) mask[row] = 1
  }
}

/** Searches all values at once where each byte is one character; false when the column is not so. */
function markSpans(mask: Uint8Array, { spans }: TextValues, wanted: string): boolean {
  const needle = wanted.toLowerCase()
  if (!spans || needle === '') return false
  const { bytes, starts, ends, lengths } = spans
  const text = bytes.toString(spans.encoding).toLowerCase()
  if (text.length !== bytes.length) return false
  let row = 0
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    while ((ends[row] ?? Number.POSITIVE_INFINITY) <= at) row++
    // A hit across the border of two values, or before the start of one, is none.
    if (lengths[row] === 0 || at < (starts[row] ?? 0) || at + needle.length > (ends[row] ?? 0)) continue
    mask[row] = 1
    // One hit in a value is enough.
    at = (ends[row] ?? 0) - 1
  }
  for (const [other, value] of spans.others) if (value.toLowerCase().includes(needle)) mask[other] = 1
  return true
}
