import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import type { BundleFiles } from './bundle-files'

// Only what a bundle needs of the format (APPNOTE 6.3): one disk, no encryption, stored or deflated, below 4 GB. Everything
// is read from the central directory; a local header that names another file is refused, since other programs unpack by it.

/** A file that is no zip, or one that is not to be unpacked. */
export class UnfitZip extends Error {}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_LENGTH = 22
const MOST_COMMENT = 65_535
/** Bytes that a zip may unpack to, and how many times its own size: deflate itself ends near a thousand. */
const MOST_BYTES = 64 * 1024 ** 3
const MOST_RATIO = 250
/** Below this a zip is no bomb however well it is packed. */
const HARMLESS = 256 * 1024 ** 2
const PIECE = 256 * 1024

type Entry = { path: string; method: number; packed: number; size: number; at: number }

export function openZip(path: string, { mostFiles }: { mostFiles: number }): BundleFiles {
  const fd = openSync(path, 'r')
  try {
    const entries = entriesOf(fd, mostFiles)
    const folder = commonFolder([...entries.keys()])
    const named = new Map([...entries].map(([name, entry]) => [name.slice(folder.length), entry]))
    const damaged = new Map<string, string>()
    return {
      sizes: new Map([...named].map(([name, { size }]) => [name, size])),
      odd: [],
      damaged,
      read: (name) => readable(bytesOf(fd, named.get(name)), (reason) => damaged.set(name, reason)),
      close: () => closeSync(fd),
    }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function entriesOf(fd: number, mostFiles: number): Map<string, Entry> {
  const { size } = fstatSync(fd)
  const { count, at, length } = endOf(fd, size)
  if (count > mostFiles) throw new UnfitZip(`The zip holds ${count} files, more than any bundle does.`)
  const directory = readAt(fd, at, length)
  const entries = new Map<string, Entry>()
  let total = 0
  let place = 0
  for (let number = 0; number < count; number++) {
    const { entry, next } = centralEntry(directory, place)
    place = next
    if (entry.path.endsWith('/')) continue
    checkName(entry.path)
    if (entries.has(entry.path)) throw new UnfitZip(`The zip has two files of the name ${entry.path}.`)
    total += entry.size
    entries.set(entry.path, entry)
  }
  if (total > MOST_BYTES || (total > HARMLESS && total > size * MOST_RATIO)) {
    throw new UnfitZip(`The zip of ${size} bytes would unpack to ${total} bytes: it is not read.`)
  }
  return entries
}

function endOf(fd: number, size: number): { count: number; at: number; length: number } {
  const from = Math.max(0, size - END_LENGTH - MOST_COMMENT)
  const tail = readAt(fd, from, size - from)
  for (let at = tail.length - END_LENGTH; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue
    const found = { count: tail.readUInt16LE(at + 10), length: tail.readUInt32LE(at + 12), at: tail.readUInt32LE(at + 16) }
    if (found.at + found.length > size) break
    return found
  }
  throw new UnfitZip('The file is no zip, or its end is cut off.')
}

function centralEntry(directory: Buffer, at: number): { entry: Entry; next: number } {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) throw new UnfitZip('The list of files in the zip is damaged.')
  const flags = directory.readUInt16LE(at + 8)
  const method = directory.readUInt16LE(at + 10)
  const lengths = [28, 30, 32].map((field) => directory.readUInt16LE(at + field))
  const [nameLength = 0, extra = 0, comment = 0] = lengths
  const path = directory.subarray(at + 46, at + 46 + nameLength).toString('utf8')
  if ((flags & 1) !== 0) throw new UnfitZip('The zip is encrypted by a way of its own, which bundles never are.')
  if (method !== 0 && method !== 8) throw new UnfitZip(`${path} is packed in a way that bundles never are.`)
  const entry = { path, method, packed: directory.readUInt32LE(at + 20), size: directory.readUInt32LE(at + 24), at: directory.readUInt32LE(at + 42) }
  if (method === 0 && entry.packed !== entry.size) throw new UnfitZip(`${path} has another size than the zip says.`)
  return { entry, next: at + 46 + nameLength + extra + comment }
}

/** Names that would lead out of the folder that a zip is unpacked into, or that are others on another system. */
function checkName(path: string): void {
  const isUnfit = path === '' || path.includes('\\') || path.includes('\0') || path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split('/').some((part) => part === '..' || part === '.' || part === '')
  if (isUnfit) throw new UnfitZip(`The zip has a file that would be unpacked elsewhere: ${path}`)
}

/** The one folder that all stand in, with its slash; none where they do not, or where the bundle itself begins there. */
function commonFolder(paths: string[]): string {
  const first = `${(paths[0] ?? '').split('/')[0]}/`
  return !paths.includes('bagit.txt') && !paths.includes('manifest-sha256.txt') && paths.every((path) => path.startsWith(first)) ? first : ''
}

/** What is wrong with one file keeps nothing from being said of the others. */
async function* readable(bytes: AsyncGenerator<Uint8Array>, onDamage: (reason: string) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    if (error instanceof UnfitZip) onDamage(error.message)
    else if (isZlib(error)) onDamage('It cannot be unpacked.')
    else throw error
  }
}

function isZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
}

async function* bytesOf(fd: number, entry: Entry | undefined): AsyncGenerator<Uint8Array> {
  if (!entry) return
  const head = readAt(fd, entry.at, 30)
  if (head.length < 30 || head.readUInt32LE(0) !== LOCAL) throw new UnfitZip('It does not stand where the zip says.')
  const nameLength = head.readUInt16LE(26)
  const name = readAt(fd, entry.at + 30, nameLength).toString('utf8')
  if (name !== entry.path) throw new UnfitZip(`The zip calls it ${entry.path} in one place and ${name} in another.`)
  const start = entry.at + 30 + nameLength + head.readUInt16LE(28)
  const packed = Readable.from(pieces(fd, start, entry.packed))
  let size = 0
  for await (const piece of entry.method === 0 ? packed : inflated(packed)) {
    size += piece.length
    if (size > entry.size) throw new UnfitZip('It unpacks to more than the zip says.')
    yield piece
  }
  if (size !== entry.size) throw new UnfitZip('It unpacks to less than the zip says.')
}

async function* inflated(packed: Readable): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw()
  packed.on('error', (error) => inflate.destroy(error))
  try {
    for await (const piece of packed.pipe(inflate)) yield piece
  } finally {
    packed.destroy()
    inflate.destroy()
  }
}

function* pieces(fd: number, from: number, length: number): Generator<Buffer> {
  for (let at = from; at < from + length; at += PIECE) yield readAt(fd, at, Math.min(PIECE, from + length - at))
}

function readAt(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, fstatSync(fd).size - at)))
  let done = 0
  while (done < bytes.length) {
    const read = readSync(fd, bytes, done, bytes.length - done, at + done)
    if (read === 0) break
    done += read
  }
  return bytes.subarray(0, done)
}
