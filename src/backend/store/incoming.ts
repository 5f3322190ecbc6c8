import { decodeBlock, keyIn, rawIn, recordIn, type Block } from './block'
import { isCompanion } from './columns'
import type { IncomingRecord, RecordBatch } from './door'

/** The records of a batch. */
export type Incoming = {
  block: Block
  count: number
  key(row: number): string
  /** Two words for each key, see `hashKey`. */
  hashes: Uint32Array
  time(row: number): number
  stream(row: number): string
  raw(row: number): Uint8Array
  isCompanion(row: number): boolean
  /** A block of these rows alone, in order; null when they are none. */
  part(rows: number[]): Block | null
}

type Encode = (records: IncomingRecord[]) => RecordBatch

export function incomingBlock(block: Block, kind: string, encode: Encode): Incoming {
  const { rows: count } = block
  return {
    block,
    count,
    key: (row) => keyIn(block, row, kind),
    hashes: block.hashes,
    time: (row) => block.times[row] ?? 0,
    stream: (row) => block.own('stream').at(row) ?? '',
    raw: (row) => rawIn(block, row),
    isCompanion: (row) => isCompanion(block.flags[row] ?? 0),
    part(rows) {
      if (rows.length === count && count > 0) return block
      return rows.length === 0 ? null : blockOf(encode(rows.map((row) => recordIn(block, row))))
    },
  }
}

export function blockOf({ columns, raw, decoded }: RecordBatch): Block {
  return decodeBlock(columns, () => raw, decoded)
}
