import { decodeBlock, keyIn, rawIn, recordIn, type Block } from './block'
import { isCompanion } from './columns'
import type { IncomingRecord, RecordBatch } from './door'
import { KeyHashes } from './key-hashes'

/** The records of a batch, whether they are encoded yet or not. */
export type Incoming = {
  /** Null where they are not. */
  block: Block | null
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

/** Records as they are: what is held already need not be encoded. */
export function incomingRecords(records: IncomingRecord[], kind: string, encode: Encode): Incoming {
  const hashes = new KeyHashes(kind)
  for (const record of records) hashes.add(record, record.id)
  const at = (row: number) => records[row] as IncomingRecord
  return {
    block: null,
    count: records.length,
    key(row) {
      const { instance, stream, id } = at(row)
      return `${kind}:${instance}:${stream}:${id}`
    },
    hashes: hashes.finish(),
    time: (row) => at(row).event.time,
    stream: (row) => at(row).stream,
    raw: (row) => at(row).raw,
    isCompanion: (row) => at(row).event.companion ?? false,
    part: (rows) => (rows.length === 0 ? null : blockOf(encode(rows.length === records.length ? records : rows.map(at)))),
  }
}

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
