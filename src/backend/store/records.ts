import type { BatchProvenance, Checkpoint } from './door'

// What a journal record says. The payload: u32 length of the head, the head as JSON padded to a multiple of 8, then for
// `append` the block's columns and the raw bytes.

export type JournalRecord =
  | {
      type: 'append'
      provenance: BatchProvenance
      checkpoint: Checkpoint
      /** Held rows, by order of arrival in this journal, that the connection holds too. */
      claims: number[]
      columns: Uint8Array
      raw: Uint8Array
    }
  | { type: 'remove'; connection: string; wipe: boolean }
  | { type: 'drop-pending'; connection: string }
  | { type: 'setting'; name: string; value: string }

const ALIGN = 8

export function encodeRecord(record: JournalRecord): Uint8Array[] {
  const [columns, raw] = record.type === 'append' ? [record.columns, record.raw] : []
  const head = { ...record, columns: columns?.length, raw: raw?.length }
  let json = JSON.stringify(head)
  const length = 4 + Buffer.byteLength(json)
  json += ' '.repeat((ALIGN - (length % ALIGN)) % ALIGN)
  const text = Buffer.from(json)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(text.length)
  return [size, text, ...(columns && raw ? [columns, raw] : [])]
}

export function decodeRecord(payload: Uint8Array): JournalRecord {
  const length = new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0, true)
  const end = 4 + length
  const head = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset + 4, length).toString()) as
    | Exclude<JournalRecord, { type: 'append' }>
    | (Omit<Extract<JournalRecord, { type: 'append' }>, 'columns' | 'raw'> & { columns: number; raw: number })
  if (head.type !== 'append') return head
  const middle = end + head.columns
  return { ...head, columns: payload.subarray(end, middle), raw: payload.subarray(middle, middle + head.raw) }
}
