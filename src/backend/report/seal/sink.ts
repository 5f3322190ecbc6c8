import { Zip, ZipPassThrough } from 'fflate/browser'
import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { constants, deflateRawSync } from 'node:zlib'
import type { Instant } from '../../../domain'

/** Takes the files of a bundle, one at a time. */
export interface BundleSink {
  begin(path: string): void
  write(bytes: Uint8Array): void | Promise<void>
  end(): void | Promise<void>
  /** All files are there. */
  close(): Promise<void>
  /** Nothing of it stays behind. */
  abandon(): void
}

/** A folder that appears under its name when it is whole. It must not be there before. */
export function folderSink(folder: string): BundleSink {
  const part = `${folder}.part-${randomUUID()}`
  let fd: number | null = null
  mkdirSync(part, { recursive: true })
  return {
    begin(path) {
      const full = join(part, ...path.split('/'))
      mkdirSync(dirname(full), { recursive: true })
      fd = openSync(full, 'wx', 0o600)
    },
    write(bytes) {
      if (fd !== null) writeWhole(fd, bytes)
    },
    end() {
      if (fd !== null) endFile(fd)
      fd = null
    },
    close() {
      renameSync(part, folder)
      return Promise.resolve()
    },
    abandon() {
      if (fd !== null) closeSync(fd)
      rmSync(part, { recursive: true, force: true })
    },
  }
}

/** Where the bytes of one file go. */
export interface ByteSink {
  write(bytes: Uint8Array): void
  /** All bytes are there. */
  close(): void
  abandon(): void
}

/** A file that appears under its name when it is whole. */
export function fileSink(path: string): ByteSink {
  const part = `${path}.part-${randomUUID()}`
  const fd = openSync(part, 'wx', 0o600)
  return {
    write: (bytes) => writeWhole(fd, bytes),
    close() {
      endFile(fd)
      renameSync(part, path)
    },
    abandon() {
      closeSync(fd)
      rmSync(part, { force: true })
    },
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}

function endFile(fd: number): void {
  fsyncSync(fd)
  closeSync(fd)
}

/** One above this, with one level of packing: the format's own fields end at four gigabytes. */
export const MOST_ZIP = 0xffff_ffff

export class ZipTooLarge extends Error {}

/** What has its own compression, or none worth the time. */
const STORED = /\.(?:zip|gz|png|jpg|sig|tsq|tsr)$/

const DEFLATE = 8
const PIECE = 256 * 1024
/** Ends a stream: an empty last block. */
const LAST = deflateRawSync(new Uint8Array())

/** Packs with the zlib of Node, which takes a fifth of the time; pieces that end at a byte stand behind each other as one stream. */
class ZipDeflated extends ZipPassThrough {
  override compression = DEFLATE
  readonly #piece = Buffer.allocUnsafe(PIECE)
  #size = 0

  protected override process(chunk: Uint8Array, isLast: boolean): void {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(PIECE - this.#size, chunk.length - at)
      this.#piece.set(chunk.subarray(at, at + taken), this.#size)
      this.#size += taken
      at += taken
      if (this.#size === PIECE) this.#pack()
    }
    if (!isLast) return
    if (this.#size > 0) this.#pack()
    this.ondata(null, LAST, true)
  }

  #pack(): void {
    const packed = deflateRawSync(this.#piece.subarray(0, this.#size), { level: constants.Z_BEST_SPEED, finishFlush: constants.Z_SYNC_FLUSH })
    this.#size = 0
    this.ondata(null, packed, false)
  }
}

/** A zip in which all files stand in one folder of that name, as RFC 8493 has it. */
export function zipSink(folder: string, out: ByteSink, at: Instant): BundleSink {
  let bytes = 0
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    bytes += chunk.length
    out.write(chunk)
  })
  let file: ZipPassThrough | null = null
  const check = () => {
    if (failure) throw failure
    if (bytes > MOST_ZIP) throw new ZipTooLarge('A zip ends at 4 GB. Seal this notebook into a folder.')
  }
  return {
    begin(path) {
      file = STORED.test(path) ? new ZipPassThrough(`${folder}/${path}`) : new ZipDeflated(`${folder}/${path}`)
      file.mtime = at
      zip.add(file)
    },
    write(piece) {
      file?.push(piece)
      check()
    },
    end() {
      file?.push(new Uint8Array(), true)
      file = null
      check()
    },
    close() {
      zip.end()
      check()
      out.close()
      return Promise.resolve()
    },
    abandon() {
      zip.terminate()
      out.abandon()
    },
  }
}
