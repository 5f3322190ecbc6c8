import { ZstdFault } from './fault'
import { MOST_BLOCK, readLiterals, type HuffmanTable } from './literals'
import type { Output } from './output'
import { readSequences, type SequenceTables } from './sequences'

const RAW = 0
/** One byte, repeated. */
export const RUN = 1
const COMPRESSED = 2

/** What one block leaves to the next. */
export type Frame = {
  output: Output
  /** Length of the output when the frame began: no distance leads before it. */
  begin: number
  huffman: HuffmanTable | null
  tables: SequenceTables
  /** The last distances. */
  recent: [number, number, number]
}

export function startFrame(output: Output): Frame {
  const tables = { literals: null, offset: null, match: null }
  return { output, begin: output.length, huffman: null, tables, recent: [1, 4, 8] }
}

/** `size`: of the output of a run, of `bytes` otherwise. */
export type Block = { frame: Frame; type: number; size: number; bytes: Uint8Array }

export function readBlock({ frame, type, size, bytes }: Block): void {
  if (size > MOST_BLOCK) throw new ZstdFault('a block is too long')
  if (type === RAW) frame.output.append(bytes)
  else if (type === RUN) frame.output.appendRun(bytes[0] ?? 0, size)
  else if (type === COMPRESSED) readCompressed(frame, bytes)
  else throw new ZstdFault('a block is of no kind that there is')
}

function readCompressed(frame: Frame, bytes: Uint8Array): void {
  const { output } = frame
  const { literals, table, to } = readLiterals(bytes, frame.huffman)
  frame.huffman = table
  let taken = 0
  let length = 0
  readSequences(bytes.subarray(to), frame.tables, (count, offset, match) => {
    length += count + match
    // The limit is what keeps a block of a few bytes from millions of steps.
    if (taken + count > literals.length || length > MOST_BLOCK) throw new ZstdFault('a block is longer than it may be')
    output.append(literals, taken, taken + count)
    taken += count
    const back = distance(frame.recent, offset, count === 0)
    if (output.exceeded) return
    if (back < 1 || back > output.length - frame.begin) throw new ZstdFault('a distance leads out of the frame')
    output.repeat(back, match)
  })
  output.append(literals, taken)
}

/** 1 to 3 name one of the last distances, the next one where no literals come before; others are themselves and 3. */
function distance(recent: [number, number, number], offset: number, isBare: boolean): number {
  const [first, second, third] = recent
  const place = offset > 3 ? 4 : isBare ? offset : offset - 1
  if (place === 0) return first
  const back = [first, second, third, first - 1, offset - 3][place] ?? 0
  recent[0] = back
  recent[1] = first
  if (place > 1) recent[2] = second
  return back
}
