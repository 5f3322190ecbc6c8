import type { Instant } from '../../domain'
import { decodeBlock, type Block } from './block'
import type { BatchProvenance, Checkpoint, RecordingFacts } from './door'
import type { RowNews } from './row-facts'

// What a journal record says. The payload: u32 length of the head, the head as JSON padded to a multiple of 8, then for
// `append` the block's columns, the raw bytes and the frame of their body.

export type JournalRecord =
  | {
      type: 'append'
      provenance: BatchProvenance
      checkpoint: Checkpoint
      /** Held rows, by order of arrival in this journal, that the connection holds too. */
      claims: number[]
      news?: RowNews
      /** The records that are new; null when there are none. */
      block: Block | null
      /** The body that the block came in, without it, see frame.ts. */
      frame?: Uint8Array | null
    }
  | { type: 'note'; checkpoint: Checkpoint; news?: RowNews }
  | { type: 'rows'; news: RowNews }
  /** What is known of these recordings; with `held` their files are in the workspace. */
  | { type: 'recordings'; connection: string; kind: string; pending?: boolean; recordings: RecordingFacts[]; held: boolean }
  /** Somebody looked at what was typed. */
  | { type: 'reveal'; recording: string; at: Instant }
  | { type: 'rename'; from: string; to: string }
  | { type: 'remove'; connection: string; wipe: boolean }
  | { type: 'drop-pending'; connection: string }
  | { type: 'setting'; name: string; value: string }

const ALIGN = 8

/** Lengths of the parts in bytes. */
type AppendHead = Omit<Extract<JournalRecord, { type: 'append' }>, 'block' | 'frame'> & { columns: number; raw: number; frame?: number }

export function encodeRecord(record: JournalRecord): Uint8Array[] {
  if (record.type !== 'append') return encodeHead(record)
  const { block, frame, ...rest } = record
  const bytes = block ? [block.columns, block.raw()] : []
  const head: AppendHead = { ...rest, columns: bytes[0]?.length ?? 0, raw: bytes[1]?.length ?? 0 }
  if (!frame) return [...encodeHead(head), ...bytes]
  return [...encodeHead({ ...head, frame: frame.length }), ...bytes, frame]
}

function encodeHead(head: AppendHead | Exclude<JournalRecord, { type: 'append' }>): Uint8Array[] {
  let json = JSON.stringify(head)
  const length = 4 + Buffer.byteLength(json)
  json += ' '.repeat((ALIGN - (length % ALIGN)) % ALIGN)
  const text = Buffer.from(json)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(text.length)
  return [size, text]
}

export function decodeRecord(payload: Uint8Array): JournalRecord {
  const length = new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0, true)
  const end = 4 + length
  const head = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset + 4, length).toString()) as
    | Exclude<JournalRecord, { type: 'append' }>
    | AppendHead
  if (head.type !== 'append') return head
  const { columns, raw, frame, ...rest } = head
  const middle = end + columns
  const rawBytes = payload.subarray(middle, middle + raw)
  return {
    ...rest,
    block: columns === 0 ? null : decodeBlock(payload.subarray(end, middle), () => rawBytes),
    frame: frame === undefined ? null : payload.subarray(middle + raw),
  }
}
