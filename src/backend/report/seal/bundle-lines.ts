import type { BundleFiles } from './bundle-files'

/** A record with more bytes than this is no record. */
const LONGEST = 64 * 1024 * 1024

export type BundleLine = { bytes: Buffer; /** False where the file ends without a line end. */ isWhole: boolean }

/** Lines of a file of a bundle, without their line feeds; none where it is not there. */
export async function* bundleLines(files: BundleFiles, path: string): AsyncGenerator<BundleLine> {
  if (!files.sizes.has(path)) return
  let held: Buffer[] = []
  let length = 0
  for await (const piece of files.read(path)) {
    let from = 0
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    for (let to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
      const rest = bytes.subarray(from, to)
      yield { bytes: held.length === 0 ? rest : Buffer.concat([...held, rest]), isWhole: true }
      held = []
      length = 0
      from = to + 1
    }
    if (from < bytes.length) held.push(bytes.subarray(from))
    length += bytes.length - from
    if (length > LONGEST) throw new RangeError(`A line of ${path} is longer than any record.`)
  }
  if (held.length > 0) yield { bytes: Buffer.concat(held), isWhole: false }
}

/** All of a file; null where it is not there or larger than `most` bytes. */
export async function bundleBytes(files: BundleFiles, path: string, most: number): Promise<Buffer | null> {
  if ((files.sizes.get(path) ?? Number.POSITIVE_INFINITY) > most) return null
  const pieces: Uint8Array[] = []
  for await (const piece of files.read(path)) pieces.push(piece)
  return Buffer.concat(pieces)
}
