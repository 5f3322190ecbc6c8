import { createGunzip } from 'node:zlib'
import type { Damage } from '../../domain'
import { RecordingFault, type RecordingFile } from './model'
import { unzstd } from './zstd'

/** Output is cut here: a few kilobytes can unpack to more than any memory. */
export const MOST_UNPACKED = 2 ** 30

/** `damage`: what is missing of `file`, which holds everything before it. */
export type Unpacked = { file: RecordingFile; damage: Damage[] }

/** Output, and why it ends there when that is not its end. */
type UnpackedBytes = { bytes: Uint8Array; damage: Damage[] }

/** First bytes; null for any. */
type Magic = readonly (number | null)[]

// With the only method there is: a ttyrec may begin with the first two.
const GZIP: Magic = [0x1f, 0x8b, 8]
const ZSTD: Magic = [0x28, 0xb5, 0x2f, 0xfd]
const OTHERS: { name: string; program: string; magic: Magic }[] = [
  { name: 'bzip2', program: 'bunzip2', magic: [0x42, 0x5a, 0x68, null, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59] },
  { name: 'bzip2', program: 'bunzip2', magic: [0x42, 0x5a, 0x68, null, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90] },
  { name: 'xz', program: 'unxz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] },
]

/**
 * A file as it was before gzip or zstd, told by its first bytes; any other file as it is. A cut or damaged one, and one
 * that unpacks to more than `limit` bytes, gives what comes before that place, and says so.
 * @throws RecordingFault for a compression that is not read, and where nothing can be unpacked.
 */
export async function unpack(file: RecordingFile, limit = MOST_UNPACKED): Promise<Unpacked> {
  const other = OTHERS.find(({ magic }) => startsWith(file.bytes, magic))
  if (other !== undefined) {
    const advice = `Unpack it with ${other.program} and open the result.`
    throw new RecordingFault(file.name, `The file is compressed with ${other.name}, which is not read. ${advice}`)
  }
  if (startsWith(file.bytes, GZIP)) return named(file, await unpackGzip(file.bytes, limit), /\.gz$/i)
  if (startsWith(file.bytes, ZSTD)) return named(file, unpackZstd(file.bytes, limit), /\.zst$/i)
  return { file, damage: [] }
}

function named(file: RecordingFile, { bytes, damage }: UnpackedBytes, suffix: RegExp): Unpacked {
  if (bytes.length === 0 && damage[0] !== undefined) {
    const { reason } = damage[0]
    throw new RecordingFault(file.name, `The file is compressed, and nothing in it can be unpacked: ${reason}.`)
  }
  return { file: { name: file.name.replace(suffix, ''), bytes }, damage }
}

function startsWith(bytes: Uint8Array, magic: Magic): boolean {
  return magic.length <= bytes.length && magic.every((byte, i) => byte === null || bytes[i] === byte)
}

/** All members of a gzip file one after the other, as `zcat` does. */
async function unpackGzip(bytes: Uint8Array, limit: number): Promise<UnpackedBytes> {
  const gunzip = createGunzip({ chunkSize: 65_536 })
  const chunks: Uint8Array[] = []
  let length = 0
  let exceeded = false
  gunzip.on('data', (chunk: Uint8Array) => {
    const kept = chunk.subarray(0, limit - length)
    chunks.push(kept)
    length += kept.length
    exceeded ||= kept.length < chunk.length
    if (exceeded) gunzip.destroy()
  })
  const failure = await new Promise<Error | null>((resolve) => {
    gunzip.on('error', resolve)
    gunzip.once('close', () => resolve(null))
    // The end is announced after everything is out: a cut file then fails without a loss.
    gunzip.write(bytes, (error) => (error ? resolve(error) : gunzip.end()))
  })
  const damage: Damage[] = []
  if (exceeded) damage.push(exceeds(limit))
  else if (failure !== null) damage.push({ at: `unpacked byte ${length}`, reason: gzipReason(failure) })
  return { bytes: Buffer.concat(chunks, length), damage }
}

function unpackZstd(packed: Uint8Array, limit: number): UnpackedBytes {
  const { bytes, ending } = unzstd(packed, limit)
  if (ending === null) return { bytes, damage: [] }
  if (ending === 'exceeded') return { bytes, damage: [exceeds(limit)] }
  const how = ending === 'cut' ? 'cut off here' : `damaged here (${ending.damaged})`
  return { bytes, damage: [{ at: `unpacked byte ${bytes.length}`, reason: `the zstd file is ${how}` }] }
}

function gzipReason(failure: Error): string {
  return failure.message === 'unexpected end of file'
    ? 'the gzip file is cut off here'
    : `the gzip file is damaged here (${failure.message})`
}

function exceeds(limit: number): Damage {
  const bytes = limit.toLocaleString('en')
  return { at: `unpacked byte ${limit}`, reason: `the file unpacks to more than ${bytes} bytes: the rest is left out` }
}
