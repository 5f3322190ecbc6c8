import { readBlock, RUN, startFrame, type Block } from './block'
import { ZstdFault } from './fault'
import { Output } from './output'

// Zstandard, RFC 8878, without dictionaries. Written here because fzstd, the one package in JavaScript, trusts what it
// reads: a frame of 27 bytes keeps it busy for ever. Checksums are not compared: damage shows in what is unpacked.

/** `ending`: why the output ends where it does, when that is not the end of the file. */
export type Unzstd = { bytes: Uint8Array; ending: 'exceeded' | 'cut' | { damaged: string } | null }

const FRAME = 0xfd2fb528
/** Of frames that hold no data; the lowest four bits are free. */
const SKIPPED = 0x184d2a50
const CHECKSUM = 4
const BLOCK_HEADER = 3

/** All frames of a file, to at most `limit` bytes; of a damaged or cut one everything before the block in question. */
export function unzstd(bytes: Uint8Array, limit: number): Unzstd {
  const output = new Output(limit)
  let sound = 0
  try {
    for (const block of blocksOf(bytes, output)) {
      if (block === null) return { bytes: output.bytes, ending: 'cut' }
      readBlock(block)
      if (output.exceeded) return { bytes: output.bytes, ending: 'exceeded' }
      sound = output.length
    }
  } catch (error) {
    if (!(error instanceof ZstdFault)) throw error
    return { bytes: output.bytes.subarray(0, sound), ending: { damaged: error.message } }
  }
  return { bytes: output.bytes, ending: null }
}

/** Every block of every frame; null, and no more, where the file is cut off. */
function* blocksOf(bytes: Uint8Array, output: Output): Generator<Block | null, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return yield null
    const magic = view.getUint32(at, true)
    if ((magic & 0xfffffff0) === SKIPPED) {
      at += 8 + view.getUint32(at + 4, true)
      continue
    }
    if (magic !== FRAME) throw new ZstdFault('a frame does not begin as one')
    const { blocks, checksum } = frameHeader(bytes, at)
    const frame = startFrame(output)
    at = blocks
    for (let last = false; !last; ) {
      const header = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
      const from = at + BLOCK_HEADER
      const type = (header >> 1) & 3
      at = from + (type === RUN ? 1 : header >> 3)
      if (at > bytes.length) return yield null
      yield { frame, type, size: header >> 3, bytes: bytes.subarray(from, at) }
      last = (header & 1) === 1
    }
    at += checksum
  }
}

/** Where the blocks of a frame begin, and how many bytes follow them. */
function frameHeader(bytes: Uint8Array, at: number): { blocks: number; checksum: number } {
  const descriptor = bytes[at + 4] ?? 0
  if ((descriptor & 8) !== 0) throw new ZstdFault('a frame is of a later kind')
  if ((descriptor & 3) !== 0) throw new ZstdFault('a frame needs a dictionary')
  const isSingle = (descriptor & 32) !== 0
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  return { blocks: at + 5 + (isSingle ? 0 : 1) + sizeBytes, checksum: (descriptor & 4) !== 0 ? CHECKSUM : 0 }
}
