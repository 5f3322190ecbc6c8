import { copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BackendFault, type AddressDatabase, type AddressDatabaseState, type AddressPlace } from '../../contract'
import { openDatabase, type OpenedDatabase } from './database'

/** All of it is held in memory. */
const MOST_BYTES = 1024 ** 3

/** Setting that says which file is there; its text changes with the file. */
export const DATABASE_SETTING = 'addressDatabase'

type Result = { database: OpenedDatabase | null; problem: string | null }
type ChosenFile = { path: string; name?: string }

type BookContext = {
  /** Of the workspace, in which the file is kept. */
  folder: string
  settings: () => Record<string, string>
}

/** The database of addresses of a workspace: a copy, so that it is there when the file that was chosen is not. */
export class AddressBook {
  readonly #path: string
  readonly #settings: BookContext['settings']
  /** The one that is being taken: the next waits for it. */
  #last: Promise<unknown> = Promise.resolve()
  #opened: { setting: string; result: Promise<Result> } | null = null
  /** What came of the last opening. */
  #known: { setting: string; result: Result } | null = null

  constructor({ folder, settings }: BookContext) {
    this.#path = join(folder, 'addresses', 'database.mmdb')
    this.#settings = settings
  }

  async state(): Promise<AddressDatabaseState> {
    const { database, problem } = await this.#open()
    return { database: database?.about ?? null, problem }
  }

  async places(addresses: readonly string[]): Promise<(AddressPlace | null)[]> {
    const { database } = await this.#open()
    return addresses.map((address) => database?.place(address) ?? null)
  }

  /** Null where there is none. */
  async database(): Promise<OpenedDatabase | null> {
    return (await this.#open()).database
  }

  /** The database as far as it is open by now, and what tells it from another. */
  opened(): { id: string; placeOf: OpenedDatabase['place'] } | null {
    const setting = this.#setting()
    if (setting === '') return null
    if (this.#known?.setting !== setting) {
      void this.#open()
      return null
    }
    const { database } = this.#known.result
    return database && { id: setting, placeOf: (address) => database.place(address) }
  }

  /**
   * Takes a copy of a file in place of the one before; `keep` writes the setting. Throws `file-unreadable`, and
   * `nothing-readable` for what is no database, with the one before kept.
   */
  take(file: ChosenFile, keep: (setting: string) => void): Promise<AddressDatabase> {
    const taken = this.#last.then(() => this.#take(file, keep))
    this.#last = taken.catch(() => undefined)
    return taken
  }

  async #take({ path, name = basename(path) }: ChosenFile, keep: (setting: string) => void): Promise<AddressDatabase> {
    const { size, mtimeMs } = await stat(path).catch(() => unreadable(`${name} cannot be read.`))
    if (size > MOST_BYTES) return unreadable(`${name} is larger than 1 GB, which is more than can be held in memory.`)
    const next = `${this.#path}.new`
    await mkdir(join(this.#path, '..'), { recursive: true, mode: 0o700 })
    try {
      await copyFile(path, next)
      const database = openDatabase(name, await readFile(next))
      await sync(next)
      await rename(next, this.#path)
      const setting = JSON.stringify({ name, size, mtimeMs })
      this.#put(setting, { database, problem: null })
      keep(setting)
      return database.about
    } catch (error) {
      await rm(next, { force: true })
      if (error instanceof BackendFault) throw error
      if (isFull(error)) throw new BackendFault({ code: 'disk-full', message: `The disk is full. ${name} could not be kept.` })
      return unreadable(`${name} cannot be read.`)
    }
  }

  async remove(): Promise<void> {
    this.#opened = null
    this.#known = null
    await rm(this.#path, { force: true })
  }

  #setting(): string {
    return this.#settings()[DATABASE_SETTING] ?? ''
  }

  #put(setting: string, result: Result): void {
    this.#opened = { setting, result: Promise.resolve(result) }
    this.#known = { setting, result }
  }

  #open(): Promise<Result> {
    const setting = this.#setting()
    if (this.#opened?.setting !== setting) {
      const result = this.#read(setting)
      this.#opened = { setting, result }
      void result.then((known) => (this.#known = { setting, result: known }))
    }
    return this.#opened.result
  }

  async #read(setting: string): Promise<Result> {
    if (setting === '') return { database: null, problem: null }
    try {
      return { database: openDatabase(nameIn(setting), await readFile(this.#path)), problem: null }
    } catch (error) {
      const problem = error instanceof BackendFault ? error.message : 'The database of addresses cannot be read any more. Choose its file again.'
      return { database: null, problem }
    }
  }
}

function nameIn(setting: string): string {
  try {
    const { name }: { name?: unknown } = JSON.parse(setting)
    return typeof name === 'string' ? name : 'database.mmdb'
  } catch {
    return 'database.mmdb'
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function unreadable(message: string): never {
  throw new BackendFault({ code: 'file-unreadable', message })
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}
