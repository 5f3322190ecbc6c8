import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { isSealedBox } from './sealed-box'
import { openZip, UnfitZip } from './zip-reader'

/** The files of a bundle, however it is kept. */
export interface BundleFiles {
  /** Size by path below the bundle. */
  readonly sizes: ReadonlyMap<string, number>
  /** Paths of what is no plain file, such as a link: never followed. */
  readonly odd: readonly string[]
  /** Why, by path, of what could not be read to its end until now. */
  readonly damaged: ReadonlyMap<string, string>
  /** The bytes of a file, piece by piece; of one that is damaged as far as they can be read. */
  read(path: string): AsyncIterable<Uint8Array>
  close(): void
}

export class UnfitBundle extends Error {}
export class NeedsPassphrase extends Error {}

/** More files than any bundle has. */
const MOST_FILES = 200_000
const PIECE = 1024 * 1024

/** Opens a folder or a zip. Throws `UnfitBundle` for what is neither, and for what is dangerous to read. */
export function openBundle(path: string): BundleFiles {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) throw new UnfitBundle('There is no file or folder of that name.')
  if (found.isDirectory()) return folderFiles(bundleFolder(path))
  if (!found.isFile()) throw new UnfitBundle('This is neither a folder nor a file.')
  try {
    return openZip(path, { mostFiles: MOST_FILES })
  } catch (error) {
    if (error instanceof UnfitZip) throw new UnfitBundle(error.message, { cause: error })
    throw error
  }
}

/** Whether a file is an encrypted bundle, which must be decrypted first. */
export function isEncrypted(path: string): boolean {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return false
  const fd = openSync(path, 'r')
  try {
    const start = Buffer.alloc(8)
    readSync(fd, start, 0, 8, 0)
    return isSealedBox(start)
  } finally {
    closeSync(fd)
  }
}

/** A bundle that was unpacked into a folder of its own stands one deeper. */
function bundleFolder(path: string): string {
  const names = readdirSync(path)
  if (names.includes('bagit.txt') || names.includes('manifest-sha256.txt') || names.includes('data')) return path
  const [only] = names
  return only !== undefined && names.length === 1 && lstatSync(join(path, only)).isDirectory() ? join(path, only) : path
}

function folderFiles(folder: string): BundleFiles {
  const sizes = new Map<string, number>()
  const odd: string[] = []
  const walk = (below: string, depth: number) => {
    if (depth > 20) throw new UnfitBundle('The folder is nested too deep for a bundle.')
    for (const name of readdirSync(join(folder, below))) {
      const path = below === '' ? name : `${below}/${name}`
      const found = lstatSync(join(folder, path))
      if (found.isDirectory()) walk(path, depth + 1)
      else if (found.isFile()) sizes.set(path, found.size)
      else odd.push(path)
      if (sizes.size + odd.length > MOST_FILES) throw new UnfitBundle(`The folder holds more than ${MOST_FILES} files, which no bundle does.`)
    }
  }
  walk('', 0)
  return { sizes, odd, damaged: new Map(), read: (path) => fileBytes(join(folder, ...path.split('/'))), close: () => {} }
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const fd = openSync(path, 'r')
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE)
      const length = readSync(fd, piece, 0, PIECE, null)
      if (length === 0) return
      yield piece.subarray(0, length)
      // Others get their turn: a bundle can be gigabytes.
      await new Promise(setImmediate)
    }
  } finally {
    closeSync(fd)
  }
}
