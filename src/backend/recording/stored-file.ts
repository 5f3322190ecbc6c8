import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { recordingDamaged } from '../../contract'
import type { RecordingFile } from './model'

/** A file of a workspace, and the SHA-256 in hex that it must have. */
export type StoredFile = { name: string; path: string; sha256: string }

/** Bytes that are read first: a recording begins to be shown from them. */
export const FIRST_PIECE = 2 ** 20
/** Bytes that are read at once; between two pieces others are let in. */
const PIECE = 4 * 2 ** 20

export function isStored(file: RecordingFile | StoredFile): file is StoredFile {
  return 'path' in file
}

/** A file on its way into memory. What is here of it may be used, and counts only when all of it is and it was checked. */
export class FileReading {
  readonly #file: StoredFile
  readonly #hash = createHash('sha256')
  #fd: number | null = null
  #bytes = new Uint8Array()
  #read = 0

  /** Reads the beginning. Throws `recording-damaged` where it is gone, or is all of it and not what it must be. */
  constructor(file: StoredFile) {
    this.#file = file
    this.#guarded(() => {
      this.#fd = openSync(file.path, 'r')
      this.#bytes = new Uint8Array(fstatSync(this.#fd).size)
    })
    this.next(FIRST_PIECE)
  }

  /** Nothing more is read: all of it is here and is what it must be, or it was closed. */
  get isEnded(): boolean {
    return this.#fd === null
  }

  /** What is here. */
  get here(): RecordingFile {
    return { name: this.#file.name, bytes: this.#bytes.subarray(0, this.#read) }
  }

  /** Room for all of it, of which only the beginning may be here. */
  get room(): RecordingFile {
    return { name: this.#file.name, bytes: this.#bytes }
  }

  /** Reads on. Throws `recording-damaged` where it cannot, or where the whole is not what it must be. */
  next(most = PIECE): void {
    const fd = this.#fd
    if (fd === null) return
    const from = this.#read
    const read = this.#guarded(() => readSync(fd, this.#bytes, from, Math.min(most, this.#bytes.length - from), from))
    this.#read += read
    this.#hash.update(this.#bytes.subarray(from, this.#read))
    if (read > 0 && this.#read < this.#bytes.length) return
    this.close()
    if (this.#hash.digest('hex') !== this.#file.sha256) throw recordingDamaged(this.#file, 'changed')
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }

  #guarded<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      this.close()
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'ENOENT') throw recordingDamaged(this.#file, 'gone')
      if (code === 'EIO') throw recordingDamaged(this.#file, 'unreadable')
      throw error
    }
  }
}

/** Reads it to its end. */
export async function readWhole(reading: FileReading): Promise<RecordingFile> {
  while (!reading.isEnded) {
    await new Promise((resolve) => setImmediate(resolve))
    reading.next()
  }
  return reading.here
}
