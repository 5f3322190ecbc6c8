import type { Methods } from '../../contract'

/** As many as fit the width of the panel. */
const PER_ROW = 8

/** `line`: all of an event of few bytes; else `rows`. */
export type ByteBlock = { at: number; kind: string; length: number; line: string | null; rows: string[] }

/**
 * Events with their bytes as `000010 4a 61 6e  Jan`, numbered among all output of the recording; bytes outside printable
 * ASCII show as dots. `offset` counts within `bytes`, whose first is byte `from` of all output.
 */
export function byteBlocks({ from, bytes, events }: Methods['recording.bytes']): ByteBlock[] {
  return events.map(({ at, kind, offset, length }) => {
    const own = bytes.subarray(offset, offset + length)
    if (own.length > PER_ROW) return { at, kind, length, line: null, rows: byteRows(own, from + offset) }
    return { at, kind, length, line: own.length === 0 ? '' : byteRow(own), rows: [] }
  })
}

function byteRows(bytes: Uint8Array, from: number): string[] {
  const rows: string[] = []
  for (let at = 0; at < bytes.length; at += PER_ROW) {
    rows.push(`${(from + at).toString(16).padStart(6, '0')} ${byteRow(bytes.subarray(at, at + PER_ROW))}`)
  }
  return rows
}

function byteRow(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
  return `${hex.padEnd(PER_ROW * 3 - 1)}  ${text}`
}
