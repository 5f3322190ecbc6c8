import type { Instant } from '../../domain'
import { decodeBlock, type Block } from './block'
import type { BatchProvenance, Checkpoint, Delivery, RecordingFacts } from './door'
import type { RowNews } from './row-facts'

// What a journal record says. The payload: u32 length of the head, the head as JSON padded to a multiple of 8, then for
// `append` the block's columns, the raw bytes and the frames of the bodies that they came in.

export type JournalRecord =
  | {
      type: 'append'
      /** What the block's rows came with, in their order; one also where there is no block. */
      deliveries: Delivery[]
      checkpoint: Checkpoint
      /** Held rows, by order of arrival in this journal, that the connection holds too. */
      claims: number[]
      news?: RowNews
      /** The records that are new; null when there are none. */
      block: Block | null
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

type Append = Extract<JournalRecord, { type: 'append' }>
/** `columns`, `raw` and `frame` are lengths in bytes. `parts` stand where what came came in several. */
type AppendHead = Omit<Append, 'block' | 'deliveries'> & { columns: number; raw: number } & (Part | { parts: (Part & { rows: number })[] })
type Part = { provenance: BatchProvenance; frame?: number }

export function encodeRecord(record: JournalRecord): Uint8Array[] {
  if (record.type !== 'append') return encodeHead(record)
  const { block, deliveries, ...rest } = record
  const bytes = block ? [block.columns, block.raw()] : []
  const lengths = { columns: bytes[0]?.length ?? 0, raw: bytes[1]?.length ?? 0 }
  const frames = deliveries.flatMap(({ frame }) => frame ?? [])
  return [...encodeHead({ ...rest, ...partsOf(deliveries), ...lengths }), ...bytes, ...frames]
}

function partsOf(deliveries: readonly Delivery[]): Part | { parts: (Part & { rows: number })[] } {
  const parts = deliveries.map(({ rows, provenance, frame }) => ({ rows, provenance, ...(frame ? { frame: frame.length } : {}) }))
  const [only, ...others] = parts
  if (!only || others.length > 0) return { parts }
  const { rows: _, ...part } = only
  return part
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
  const { type, checkpoint, claims, news, columns, raw } = head
  const middle = end + columns
  const rawBytes = payload.subarray(middle, middle + raw)
  const block = columns === 0 ? null : decodeBlock(payload.subarray(end, middle), () => rawBytes)
  let at = middle + raw
  const deliveries = ('parts' in head ? head.parts : [{ ...head, rows: block?.rows ?? 0 }]).map(({ rows, provenance, frame }): Delivery => {
    const from = at
    at += frame ?? 0
    return { rows, provenance, frame: frame === undefined ? null : payload.subarray(from, at) }
  })
  return { type, deliveries, checkpoint, claims, ...(news ? { news } : {}), block }
}
