import { closeSync, existsSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const NAME = 'custody.jsonl'
const RESERVE = 'custody.reserve'
/** Bytes kept back on the disk, so that an act that is done can still be written down when the disk is full. */
const RESERVED = 64 * 1024
const syncLater = promisify(fdatasync)

/** The folder of what people write. */
export function notebookFolder(workspace: string): string {
  return join(workspace, 'notebook')
}

/** The file of the log: grows at its end and is read anywhere. */
export class LogFile {
  readonly #folder: string
  readonly #path: string
  readonly #isWriter: boolean
  #fd: number | null = null
  /** Bytes up to the end of the last whole line. */
  #end = 0

  constructor(workspace: string, isWriter: boolean) {
    this.#folder = notebookFolder(workspace)
    this.#path = join(this.#folder, NAME)
    this.#isWriter = isWriter
    if (isWriter) mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    if (isWriter) this.#fd = openSync(this.#path, existsSync(this.#path) ? 'r+' : 'wx+', 0o600)
    this.refresh()
  }

  get end(): number {
    return this.#end
  }

  /** Looks how far it goes now: another program may write it. */
  refresh(): void {
    if (this.#fd === null && existsSync(this.#path)) this.#fd = openSync(this.#path, 'r')
    if (this.#fd === null) return
    const { size } = fstatSync(this.#fd)
    if (size === this.#end) return
    this.#end = this.#lineEnd(size)
  }

  /** What stands after the last whole line. */
  tail(): Buffer {
    return this.#fd === null ? Buffer.alloc(0) : this.read(this.#end, fstatSync(this.#fd).size)
  }

  /** The tail is an entry that lacks only its end. */
  completeTail(): void {
    const tail = this.tail()
    this.append(Buffer.concat([tail, Buffer.from('\n')]))
  }

  /** Moves the tail into a file of its own; answers its name. */
  cutTail(now: number): string {
    const name = `${NAME}.cut-${now}`
    writeFileSync(join(this.#folder, name), this.tail(), { mode: 0o600, flush: true })
    if (this.#fd !== null) ftruncateSync(this.#fd, this.#end)
    return name
  }

  read(from: number, to: number): Buffer {
    const bytes = Buffer.alloc(Math.max(0, to - from))
    let done = 0
    while (this.#fd !== null && done < bytes.length) {
      const read = readSync(this.#fd, bytes, done, bytes.length - done, from + done)
      if (read === 0) break
      done += read
    }
    return bytes.subarray(0, done)
  }

  /** When it throws, the file is as before. */
  append(bytes: Uint8Array): void {
    if (this.#fd === null || !this.#isWriter) throw new Error('the custody log is open for reading')
    try {
      let done = 0
      while (done < bytes.length) done += writeSync(this.#fd, bytes, done, bytes.length - done, this.#end + done)
      this.#end += bytes.length
    } catch (error) {
      ftruncateSync(this.#fd, this.#end)
      throw error
    }
  }

  sync(): void {
    if (this.#fd !== null) fdatasyncSync(this.#fd)
  }

  async syncSoon(): Promise<void> {
    if (this.#fd !== null) await syncLater(this.#fd)
  }

  /** Keeps room back; throws where there is none. */
  reserve(): void {
    const path = join(this.#folder, RESERVE)
    if (existsSync(path)) return
    try {
      // Written, not just made long: only written bytes take room. Renamed, so that a part never passes for all of it.
      writeFileSync(`${path}.new`, Buffer.alloc(RESERVED, 0x20), { mode: 0o600, flush: true })
      renameSync(`${path}.new`, path)
    } catch (error) {
      rmSync(`${path}.new`, { force: true })
      throw error
    }
  }

  /** Gives the room free that was kept back. */
  release(): void {
    rmSync(join(this.#folder, RESERVE), { force: true })
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }

  #lineEnd(size: number): number {
    const STEP = 64 * 1024
    for (let to = size; to > 0; to -= Math.min(STEP, to)) {
      const from = Math.max(0, to - STEP)
      const at = this.read(from, to).lastIndexOf(0x0a)
      if (at >= 0) return from + at + 1
    }
    return 0
  }
}
