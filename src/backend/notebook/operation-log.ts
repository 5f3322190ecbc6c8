import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'
import type { Instant } from '../../domain'
import { diskFull, isFull, keepTail, openJournal, readJournal, type Journal, type JournalEnd, type StoreState } from '../store'
import { newestJournal, newJournal, ReachedFile, setAside } from './journal-files'
import { decoded, encoded, FORMAT, type Beginning, type JournalEntry, type Operation, type Taken } from './operation'
import { salvageJournal, type Salvaged } from './salvage'

export type LogOptions = {
  folder: string
  /** Whether this process is the workspace's one writer. */
  isWriter: boolean
  now(): Instant
}

type Held = { operations: Operation[]; recovered: string[] }

/**
 * The journal of everything people write, apart from the cache. A writer mends what it finds damaged and keeps every byte
 * beside; a reader changes nothing.
 */
export class OperationLog {
  #journal: Journal | null = null
  #name: string | null = null
  #entries = 0
  /** Size that was read: a reader sees by it that there is more. */
  #size = 0
  #refusal: StoreState['readOnly'] = null
  #recovered: string[] = []
  readonly #reached: ReachedFile
  readonly #options: LogOptions

  constructor(options: LogOptions) {
    this.#options = options
    this.#reached = new ReachedFile(options.folder)
  }

  /** Why nothing can be written now; null when writing works. */
  refusal(): StoreState['readOnly'] {
    return this.#refusal
  }

  /** What opening found and mended, in plain words. */
  recovered(): readonly string[] {
    return this.#recovered
  }

  /** Reads all of it. Never throws for what the files hold. */
  open(): Operation[] {
    const { operations, recovered } = this.#tried()
    this.#recovered = [...new Set([...this.#recovered, ...recovered])]
    return operations
  }

  #tried(): Held {
    try {
      return this.#opened()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
      return this.#refused(this.#options.folder, error)
    }
  }

  #opened(): Held {
    this.close()
    const { folder } = this.#options
    this.#refusal = null
    this.#entries = 0
    // Before the journal: a writer may be at work.
    const reached = this.#reached.read()
    this.#name = newestJournal(folder)
    if (this.#name === null) return { operations: [], recovered: reached ? [`The journal of notes and marks ${join(folder, reached.journal)} is gone; it had ${reached.entries} entries.`] : [] }
    this.#size = statSync(join(folder, this.#name)).size
    const held = this.#read(join(folder, this.#name), reached?.journal === this.#name ? reached.entries : 0)
    if (this.#options.isWriter && this.#refusal === null) this.#reached.write({ journal: this.#name, entries: this.#entries })
    return held
  }

  /** Whether another process wrote since it was read. */
  isBehind(): boolean {
    const { folder, isWriter } = this.#options
    if (isWriter) return false
    try {
      const name = newestJournal(folder)
      return name !== this.#name || (name !== null && statSync(join(folder, name), { throwIfNoEntry: false })?.size !== this.#size)
    } catch {
      // What opening could not read is told already.
      return false
    }
  }

  /** Throws `workspace-locked` and `workspace-damaged`; a disk that was full may have room again. */
  admit(): void {
    if (!this.#options.isWriter) {
      throw new BackendFault({ code: 'workspace-locked', message: 'Another process holds this workspace for writing: notes and marks can be read here, not written.' })
    }
    if (this.#refusal !== null && this.#refusal.code !== 'disk-full') {
      throw refused(this.#refusal)
    }
  }

  /** Durable when it returns. Throws `disk-full` and `workspace-locked`, with everything before it kept. */
  append(operation: Operation | Taken): void {
    this.admit()
    try {
      const journal = this.#writable()
      journal.append([encoded(operation)])
      this.#refusal = null
    } catch (error) {
      if (!isFull(error)) throw unwritable(error)
      this.#refusal = diskFull()
      throw new BackendFault({ code: 'disk-full', message: this.#refusal.message })
    }
    this.#entries++
    this.#reached.write({ journal: this.#name ?? '', entries: this.#entries })
  }

  close(): void {
    this.#journal?.close()
    this.#journal = null
    this.#reached.close()
  }

  #writable(): Journal {
    if (this.#journal) return this.#journal
    const { folder } = this.#options
    // What could not be mended for want of room is mended now.
    if (this.#name !== null) this.open()
    if (this.#journal) return this.#journal
    // A journal that cannot be written yet is never passed over for a new one.
    if (this.#name !== null) throw refused(this.#refusal)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#name = newJournal(folder, [[encoded(BEGINNING)]])
    this.#entries = 1
    const path = join(folder, this.#name)
    this.#journal = openJournal(path, readJournal(path, () => {}))
    return this.#journal
  }

  #read(path: string, reached: number): Held {
    const payloads: Uint8Array[] = []
    let end: JournalEnd | null = null
    try {
      end = readJournal(path, (payload) => payloads.push(payload))
    } catch (error) {
      // What is no journal at all is looked through for entries; what cannot be read is not.
      if ((error as NodeJS.ErrnoException).code !== undefined) throw error
    }
    const values = payloads.map(decoded)
    if (end?.state !== 'whole' || values.includes(null)) return this.#mended(path, end, reached)
    this.#entries = payloads.length
    const held = this.#held(values)
    const recovered = this.#missing(path, reached)
    if (this.#options.isWriter && this.#refusal === null) {
      setAside(this.#options.folder, this.#options.now())
      this.#journal = openJournal(path, end)
    }
    return { operations: held, recovered }
  }

  #mended(path: string, end: JournalEnd | null, reached: number): Held {
    const found = salvageJournal(path)
    const values = found.payloads.map(decoded)
    this.#entries = found.entries
    const held = this.#held(values)
    // To a reader, what the writer has not written to its end is not there yet.
    const torn = this.#options.isWriter ? tornWords(path, found) : []
    const recovered = [...torn, ...damageWords(path, found), ...this.#missing(path, reached)]
    const isCut = end?.state === 'torn' && found.damages.every((damage) => damage.at === end.good && !damage.isKept)
    if (this.#options.isWriter && this.#refusal === null) {
      try {
        recovered.push(isCut && end ? this.#cut(path, end) : this.#renewed(found))
      } catch (error) {
        // What cannot be kept is not cut.
        if (!isFull(error)) throw error
        this.#refusal = diskFull()
      }
    }
    return { operations: held, recovered }
  }

  #cut(path: string, end: JournalEnd): string {
    const kept = keepTail(path, end, this.#options.now())
    this.#journal = openJournal(path, end)
    this.#entries = readEntries(path)
    return `The last ${end.size - end.good} bytes were cut from the journal of notes and marks; they are kept as ${kept}.`
  }

  #renewed({ payloads, chain }: Salvaged): string {
    const { folder } = this.#options
    const records = payloads.filter((payload) => decoded(payload)?.kind !== 'begin').map((payload) => [payload])
    this.#name = newJournal(folder, [[encoded(BEGINNING)], ...records], chain)
    this.#entries = records.length + 1
    const [kept = ''] = setAside(folder, this.#options.now())
    const path = join(folder, this.#name)
    this.#journal = openJournal(path, readJournal(path, () => {}))
    return `All that could be read is in a new journal, ${this.#name}; the damaged one is kept untouched as ${join(folder, kept)}.`
  }

  /** The operations among the values; a newer program's are refused. */
  #held(values: readonly (JournalEntry | null)[]): Operation[] {
    const begun = values.find((value) => value?.kind === 'begin')
    if (begun?.kind === 'begin' && begun.format > FORMAT) {
      this.#refusal = { code: 'damaged', message: `Notes and marks were written by a newer Recount (format ${begun.format}). They can be read as far as this one knows them, and nothing can be written.` }
    }
    return values.flatMap((value) => {
      if (value === null || value.kind === 'begin') return []
      return value.kind === 'taken' ? value.operations : [value]
    })
  }

  #refused(path: string, error: unknown): Held {
    this.#refusal = { code: 'damaged', message: `Notes and marks cannot be read from ${path}: ${error instanceof Error ? error.message : String(error)}` }
    return { operations: [], recovered: [this.#refusal.message] }
  }

  /** A journal that ends between two entries looks whole: what was acknowledged is known apart from it. */
  #missing(path: string, reached: number): string[] {
    const from = this.#entries + 1
    if (reached < from) return []
    return [`The journal of notes and marks ${path} was cut: ${reached === from ? `entry ${from} is` : `entries ${from} to ${reached} are`} missing from its end.`]
  }
}

function refused(refusal: StoreState['readOnly']): BackendFault {
  const code = refusal?.code === 'disk-full' ? 'disk-full' : 'workspace-damaged'
  return new BackendFault({ code, message: refusal?.message ?? 'Notes and marks cannot be written.' })
}

function unwritable(error: unknown): unknown {
  if (error instanceof BackendFault) return error
  const { code, message } = error as NodeJS.ErrnoException
  return code === undefined ? error : new BackendFault({ code: 'workspace-locked', message: `Notes and marks cannot be written: ${message}` })
}

const BEGINNING: Beginning = { kind: 'begin', format: FORMAT }

function readEntries(path: string): number {
  let entries = 0
  readJournal(path, () => entries++)
  return entries
}

function tornWords(path: string, { torn }: Salvaged): string[] {
  return torn ? [`The journal of notes and marks ${path} ends inside entry ${torn.number}, which begins at byte ${torn.at}; everything before it is held.`] : []
}

function damageWords(path: string, { damages }: Salvaged): string[] {
  return damages.map(({ number, at, isKept }) => {
    const what = isKept ? 'what it says is proven and kept' : 'what it said is lost; everything before and after it is held'
    return `Entry ${number} of the journal of notes and marks ${path}, at byte ${at}, is damaged: ${what}.`
  })
}
