import { closeSync, constants, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createJournal, nameStamp, syncFolder } from '../store'

const JOURNAL_NAME = /^journal-(\d{6})\.log$/
const NO_CHAIN = new Uint8Array(32)

/** Name of the newest journal in the folder; null where there is none. */
export function newestJournal(folder: string): string | null {
  return journals(folder).at(-1) ?? null
}

function journals(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => JOURNAL_NAME.test(name))
    .toSorted()
}

function nextName(folder: string): string {
  const newest = JOURNAL_NAME.exec(newestJournal(folder) ?? '')?.[1] ?? '0'
  return `journal-${String(Number(newest) + 1).padStart(6, '0')}.log`
}

/** A new journal with these records, in place in one step. */
export function newJournal(folder: string, records: Iterable<Uint8Array[]>, from: Uint8Array = NO_CHAIN): string {
  const name = nextName(folder)
  const making = join(folder, `${name}.new`)
  rmSync(making, { force: true })
  try {
    createJournal(making, from, records)
    renameSync(making, join(folder, name))
  } catch (error) {
    rmSync(making, { force: true })
    throw error
  }
  syncFolder(folder)
  return name
}

/** Journals that the newest has taken the place of, under names that say so. */
export function setAside(folder: string, now: number): string[] {
  return journals(folder)
    .slice(0, -1)
    .map((name) => {
      const kept = `${name}.damaged-${nameStamp(now)}`
      renameSync(join(folder, name), join(folder, kept))
      return kept
    })
}

/** How far a journal was written and acknowledged. */
export type Reached = { journal: string; entries: number }

const REACHED = 'reached'
/** Bytes of the file, always as many: writing it needs no room. */
const REACHED_SIZE = 80

/**
 * Says how many entries a journal has had, so that one which was cut between two entries is found out. Written after each
 * entry and never synced: it may be behind, never ahead.
 */
export class ReachedFile {
  #fd: number | null = null
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Null where nothing is said. */
  read(): Reached | null {
    try {
      const value: unknown = JSON.parse(readFileSync(join(this.#folder, REACHED), 'utf8'))
      const isReached = typeof value === 'object' && value !== null && 'journal' in value && 'entries' in value
      return isReached ? { journal: String(value.journal), entries: Number(value.entries) || 0 } : null
    } catch {
      return null
    }
  }

  write(reached: Reached): void {
    try {
      // Made where it is missing, and not cut.
      this.#fd ??= openSync(join(this.#folder, REACHED), constants.O_RDWR | constants.O_CREAT, 0o600)
      writeSync(this.#fd, `${JSON.stringify(reached).padEnd(REACHED_SIZE - 1)}\n`, 0)
    } catch {
      // What it says is a help alone: the entry is durable without it.
    }
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }
}
