import { createHash, randomUUID, type Hash } from 'node:crypto'
import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'
import { diskFull, isFull, syncFolder } from '../store'

/** Begins the name of a file that is not whole. */
const MAKING = 'making-'
/** Characters gathered before they are written. */
const PIECE = 1024 * 1024

/** Files of rows that are evidence: each named by the SHA-256 of its bytes, one canonical row a line. Never changed. */
export class EvidenceFiles {
  readonly folder: string
  /** Keys of the rows of a file, which never change. */
  readonly #keys = new Map<string, readonly string[]>()

  constructor(folder: string) {
    this.folder = folder
  }

  /** Names of the files. */
  names(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder) : []
  }

  /** Removes what was being written when the program ended. */
  removeUnfinished(): void {
    for (const name of this.names()) if (name.startsWith(MAKING)) rmSync(join(this.folder, name), { force: true })
  }

  /** Begins a file; it has no name until it is kept. Throws `disk-full`. */
  begin(): EvidenceWriter {
    return new EvidenceWriter(this.folder)
  }

  has(sha256: string): boolean {
    return existsSync(this.#path(sha256))
  }

  /** The bytes, proven to be those of the name; null where the file is missing or damaged. */
  read(sha256: string): Buffer | null {
    try {
      const bytes = readFileSync(this.#path(sha256))
      return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  /** Keeps bytes of another copy under their name. */
  keep(bytes: Uint8Array): string {
    const writer = this.begin()
    try {
      writer.write(bytes)
      return writer.keep()
    } catch (error) {
      writer.drop()
      throw error
    }
  }

  /** Empty where the file is missing or damaged. */
  keys(sha256: string): readonly string[] {
    const known = this.#keys.get(sha256)
    if (known) return known
    const bytes = this.read(sha256)
    if (!bytes) return []
    const keys = linesOf(bytes).map(keyOf)
    this.#keys.set(sha256, keys)
    return keys
  }

  #path(sha256: string): string {
    return join(this.folder, `${sha256}.jsonl`)
  }
}

/** The rows of a file, without their line ends. */
export function linesOf(bytes: Buffer): string[] {
  const text = bytes.toString('utf8')
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

export function keyOf(line: string): string {
  const row: unknown = JSON.parse(line)
  return typeof row === 'object' && row !== null && 'key' in row ? String(row.key) : ''
}

/** A file of evidence being written. */
export class EvidenceWriter {
  readonly #folder: string
  readonly #path: string
  readonly #hash: Hash = createHash('sha256')
  #fd: number | null = null
  #text = ''

  constructor(folder: string) {
    this.#folder = folder
    this.#path = join(folder, `${MAKING}${randomUUID()}`)
    faulting(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      this.#fd = openSync(this.#path, 'wx', 0o600)
    })
  }

  line(row: string): void {
    this.#text += `${row}\n`
    if (this.#text.length >= PIECE) this.#flush()
  }

  write(bytes: Uint8Array): void {
    const fd = this.#fd
    if (fd === null) return
    this.#hash.update(bytes)
    faulting(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
    })
  }

  /** Makes it durable under its name, which it answers. */
  keep(): string {
    this.#flush()
    const fd = this.#fd
    const sha256 = this.#hash.digest('hex')
    faulting(() => {
      if (fd === null) return
      fdatasyncSync(fd)
      closeSync(fd)
      this.#fd = null
      renameSync(this.#path, join(this.#folder, `${sha256}.jsonl`))
      syncFolder(this.#folder)
    })
    return sha256
  }

  /** Leaves nothing of it. */
  drop(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
    rmSync(this.#path, { force: true })
  }

  #flush(): void {
    const text = this.#text
    this.#text = ''
    if (text !== '') this.write(Buffer.from(text))
  }
}

function faulting(act: () => void): void {
  try {
    act()
  } catch (error) {
    throw isFull(error) ? new BackendFault({ code: 'disk-full', message: diskFull().message }) : error
  }
}
