import { decodeBlock, keyIn, rawIn, recordIn, type Block } from './block'
import { isCompanion } from './columns'
import type { IncomingRecord, RecordBatch } from './door'
import { hashKey, type KeyHash } from './key-index'

/** The records of a batch, whether they are encoded yet or not. */
export type Incoming = {
  /** Null where they are not. */
  block: Block | null
  count: number
  key(row: number): string
  hash(row: number): KeyHash
  time(row: number): number
  stream(row: number): string
  raw(row: number): Uint8Array
  isCompanion(row: number): boolean
  /** A block of these rows alone, in order; null when they are none. */
  part(rows: number[]): Block | null
}

type Encode = (records: IncomingRecord[]) => RecordBatch

/** Records as they are: what is held already need not be encoded. */
export function incomingRecords(records: IncomingRecord[], kind: string, encode: Encode): Incoming {
  const keys = records.map(({ instance, stream, id }) => `${kind}:${instance}:${stream}:${id}`)
  const at = (row: number) => records[row] as IncomingRecord
  const key = (row: number) => keys[row] ?? ''
  return {
    block: null,
    count: records.length,
    key,
    hash: (row) => hashKey(key(row)),
    time: (row) => at(row).event.time,
    stream: (row) => at(row).stream,
    raw: (row) => at(row).raw,
    isCompanion: (row) => at(row).event.companion ?? false,
    part: (rows) => (rows.length === 0 ? null : blockOf(encode(rows.length === records.length ? records : rows.map(at)))),
  }
}

export function incomingBlock(block: Block, kind: string, encode: Encode): Incoming {
  const { hashes, rows: count } = block
  return {
    block,
    count,
    key: (row) => keyIn(block, row, kind),
    hash: (row) => ({ a: hashes[2 * row] ?? 0, b: hashes[2 * row + 1] ?? 0 }),
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
