import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createGunzip, gunzipSync, constants } from 'node:zlib'
import { BackendFault } from '../../../contract'
import type { Instant } from '../../../domain'

/** A file to import: where its bytes are now, and what it is called. */
export type ImportFile = {
  /** Where the bytes are read from. */
  path: string
  /** What people and records call it: its own path, or its name on the machine it was dropped from. */
  place: string
  size: number
  mtime: Instant
  compressed: boolean
}

/** About 5,000 lines of a log: one durable step of an import. Larger blocks make the first look at a part of the timeline slower. */
const CHUNK = 512 * 1024
const HEAD = 64 * 1024
const GZIP = Buffer.from([0x1f, 0x8b])

/** All files under the paths, folders walked in name order. Throws `file-unreadable` that names the path. */
export async function filesUnder(paths: string[]): Promise<string[]> {
  const files: string[] = []
  for (const path of paths) {
    try {
      if ((await stat(path)).isDirectory()) files.push(...(await filesIn(path)))
      else files.push(path)
    } catch (error) {
      throw unreadable(path, error)
    }
  }
  return [...new Set(files)]
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files: string[] = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    // Rotated logs can be links; links to folders are left, as they can form a ring.
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) files.push(path)
  }
  return files.toSorted()
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  )
}

export async function describeFile(path: string, named?: { name: string; mtime: Instant }): Promise<ImportFile> {
  try {
    const facts = await stat(path)
    // Reading a pipe or a device could wait for ever.
    if (!facts.isFile()) throw new Error('it is no regular file')
    const start = await readStart(path, GZIP.length)
    return {
      path,
      place: named?.name ?? path,
      size: facts.size,
      mtime: Math.floor(named?.mtime ?? facts.mtimeMs),
      compressed: start.equals(GZIP),
    }
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** The first bytes, decompressed. Empty when they cannot be decompressed. */
export async function readHead(file: ImportFile): Promise<Uint8Array> {
  const start = await readStart(file.path, HEAD)
  if (!file.compressed) return start
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD)
  } catch {
    return new Uint8Array()
  }
}

export type Chunk = {
  bytes: Uint8Array
  /** Bytes as stored on disk that were read so far. */
  stored: number
}

/**
 * The file's bytes, decompressed, in order; each chunk is good until the next. `onStored` sees the bytes as stored. Throws
 * `file-unreadable`.
 */
export async function* readChunks(file: ImportFile, onStored?: (bytes: Uint8Array) => void): AsyncGenerator<Chunk> {
  if (!file.compressed) {
    yield* readPlain(file, onStored)
    return
  }
  let stored = 0
  const source = createReadStream(file.path, { highWaterMark: CHUNK })
  source.on('data', (bytes) => {
    stored += bytes.length
    if (onStored && typeof bytes !== 'string') onStored(bytes)
  })
  const gunzip = createGunzip({ chunkSize: CHUNK })
  // pipe does not pass errors on.
  source.on('error', (error) => gunzip.destroy(error))
  try {
    for await (const bytes of source.pipe(gunzip)) yield { bytes: bytes as Uint8Array, stored }
  } catch (error) {
    throw unreadable(file.place, error)
  } finally {
    source.destroy()
  }
}

/** Into two buffers in turn: one is filled while the other is read. Fresh memory for every chunk would cost as much again. */
async function* readPlain(file: ImportFile, onStored?: (bytes: Uint8Array) => void): AsyncGenerator<Chunk> {
  const buffers = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)] as const
  let handle: FileHandle | null = null
  let filling: Promise<Buffer> | null = null
  try {
    handle = await open(file.path, 'r')
    filling = fill(handle, buffers[0])
    for (let stored = 0, next: 0 | 1 = 1; ; next = next === 0 ? 1 : 0) {
      const bytes = await filling
      if (bytes.length === 0) return
      filling = fill(handle, buffers[next])
      stored += bytes.length
      onStored?.(bytes)
      yield { bytes, stored }
    }
  } catch (error) {
    throw unreadable(file.place, error)
  } finally {
    await filling?.catch(() => undefined)
    await handle?.close()
  }
}

/** The file's next bytes, in this buffer; none at its end. */
function fill(handle: FileHandle, buffer: Buffer): Promise<Buffer> {
  const filled = handle.read(buffer, 0, buffer.length, null).then(({ bytesRead }) => buffer.subarray(0, bytesRead))
  // Whoever waits for it hears of a failure; until somebody does, it is no unhandled one.
  filled.catch(() => undefined)
  return filled
}

export function hashing(): { update(bytes: Uint8Array): void; hex(): string } {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') }
}

/** The first bytes as stored. */
export async function readStart(path: string, length: number): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

export function unreadable(path: string, error: unknown): BackendFault {
  const { code, message } = error as NodeJS.ErrnoException
  const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission was denied' : message
  return new BackendFault({ code: 'file-unreadable', message: `${basename(path)} cannot be read: ${why} (${path}).` })
}
