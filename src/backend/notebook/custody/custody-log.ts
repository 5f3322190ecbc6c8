import { setImmediate as turn } from 'node:timers/promises'
import { BackendFault, type CustodyAct, type CustodyEntry, type CustodyState, type Review } from '../../../contract'
import type { Instant } from '../../../domain'
import type { RecordedArrival } from './arrived'
import { hashOf, lineOf, NO_HASH, readEntry } from './entry'
import { LogFile } from './log-file'
import { readOn, Reading, type Anchor } from './reading'
import { reviewsOf } from './review'
import { Search } from './search'

export type CustodyOptions = {
  workspace: string
  version: string
  now: () => Instant
  /** Zone of the screen. */
  zone: () => string
  /** Account of the operating system. */
  by: string
  /** Where another process writes, the log is only read. */
  isWriter: boolean
  /** The last entry when the log was closed, kept elsewhere; null where none is known. */
  anchor: Anchor | null
  onChange: () => void
}

/** Milliseconds in which acts that nobody waits for become durable. */
const GATHER = 500
/** Acts that wait for room on the disk; past this, reading acts are refused too. */
const MOST_WAITING = 10_000
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/**
 * The record of what was done: append-only lines, each holding the hash of the one before. An act is written at once and
 * durable when `settle` has ended, or within a second. On a full disk the acts that are done still find room that was kept
 * back; the next ones are refused by `admit`, and reading acts wait in memory and are told of.
 */
export class CustodyLog {
  readonly #options: CustodyOptions
  readonly #file: LogFile
  readonly #search = new Search()
  #reading: Reading | null = null
  #head = NO_HASH
  #seq = 0
  #written: Anchor | null = null
  readonly #waiting: Buffer[] = []
  #fault: string | null = null
  #syncedTo = 0
  #syncing: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #checkedAt: Instant
  #isClosed = false
  readonly #ready: Promise<void>

  constructor(options: CustodyOptions) {
    this.#options = options
    this.#file = new LogFile(options.workspace, options.isWriter)
    this.#checkedAt = options.now()
    if (options.isWriter) this.#mend()
    this.#ready = this.#reading ? Promise.resolve() : this.#readAll().then(() => undefined)
  }

  /** The last entry that was written. */
  get anchor(): Anchor | null {
    return this.#written
  }

  /** Changes with every entry. */
  get revision(): number {
    return this.#seq
  }

  /** Throws `disk-full` where an act could not be written down. Asked before an act that changes something. */
  admit(): void {
    if (!this.#options.isWriter) return
    try {
      this.#write()
      this.#file.reserve()
    } catch (error) {
      throw this.#faultOf(error)
    }
    this.#fault = null
  }

  /** Written when it returns, but for a full disk; durable within a second, or when `settle` has ended. */
  record(act: CustodyAct): void {
    if (!this.#options.isWriter || this.#isClosed) return
    if (this.#waiting.length >= MOST_WAITING) throw diskFull()
    this.#append(act, this.#head)
    this.#options.onChange()
  }

  /** Everything recorded so far is durable. Throws `disk-full` where some of it could not be written. */
  async settle(): Promise<void> {
    if (!this.#options.isWriter) return
    try {
      this.#write()
      const wanted = this.#file.end
      while (this.#syncedTo < wanted) await (this.#syncing ??= this.#sync())
    } catch (error) {
      throw this.#faultOf(error)
    }
  }

  async list({ text, at, count }: { text: string; at: number; count: number }): Promise<{ rows: CustodyEntry[]; total: number; state: CustodyState }> {
    const reading = await this.#current()
    const { found, total } = await this.#search.find(text, { at, count }, { size: reading.count, entry: (place) => reading.entry(this.#file, place) })
    const rows = found.flatMap((place) => reading.entry(this.#file, place) ?? [])
    return { rows, total, state: stateOf(reading, this.#own()) }
  }

  async state(): Promise<CustodyState> {
    return stateOf(await this.#current(), this.#own())
  }

  /** Reads all of it anew from the disk. */
  async check(): Promise<CustodyState> {
    await this.#ready
    return stateOf(await this.#readAll(), this.#own())
  }

  /** Newest first. */
  async reviews(): Promise<Review[]> {
    return reviewsOf((await this.#current()).reviews)
  }

  /** What the last sync or import of that connection told of what arrived. */
  async arrival(connection: string): Promise<RecordedArrival | null> {
    return (await this.#current()).arrivals.get(connection) ?? null
  }

  /** All whole lines as they stand. */
  async bytes(): Promise<Uint8Array> {
    await this.#current()
    return this.#file.read(0, this.#file.end)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#timer) clearTimeout(this.#timer)
    try {
      if (this.#options.isWriter) {
        this.#write()
        this.#file.sync()
      }
    } catch (error) {
      this.#faultOf(error)
    } finally {
      this.#file.close()
    }
  }

  /** Deals with a line that was cut short, and finds where to go on. */
  #mend(): void {
    const tail = this.#file.tail()
    const cut = tail.length > 0 && !this.#isWhole(tail) ? this.#file.cutTail(this.#options.now()) : null
    if (tail.length > 0 && cut === null) this.#file.completeTail()
    this.#standAtEnd()
    if (cut === null) return
    this.#append({ action: 'mend', object: 'custody log', detail: `A line cut short, ${tail.length} bytes, was moved to ${cut}.` }, this.#head)
  }

  /** Whether it is the next entry, which lacks only the end of its line. */
  #isWhole(tail: Buffer): boolean {
    const entry = readEntry(tail.toString('utf8'))
    const before = readEntry(lastLine(this.#file).toString('utf8'))
    return entry !== null && entry.prev === (before?.hash ?? NO_HASH) && hashOf(entry) === entry.hash
  }

  /** Where the last line is no entry there is nothing to follow, and all is read at once to state that. */
  #standAtEnd(): void {
    if (this.#file.end === 0) return
    const entry = readEntry(lastLine(this.#file).toString('utf8'))
    if (entry && hashOf(entry) === entry.hash) return this.#standAt(entry)
    this.#take(new Reading(this.#options.anchor))
  }

  #standAt({ seq, hash }: Anchor): void {
    this.#seq = seq
    this.#head = hash
    this.#written = { seq, hash }
  }

  async #current(): Promise<Reading> {
    await this.#ready
    if (!this.#reading) return this.#readAll()
    if (!this.#options.isWriter && !this.#isClosed) {
      this.#file.refresh()
      await this.#walk(this.#reading)
    }
    return this.#reading
  }

  async #readAll(): Promise<Reading> {
    const isFirst = this.#reading === null || !this.#options.isWriter
    const reading = new Reading(isFirst ? this.#options.anchor : this.#written)
    await this.#walk(reading)
    if (!this.#isClosed) this.#take(reading)
    return reading
  }

  async #walk(reading: Reading): Promise<void> {
    const steps = readOn(reading, this.#file)
    while (!steps.next().done && !this.#isClosed) await turn()
  }

  /** From here on that is what was read. What does not match is stated in the log, which goes on after it. */
  #take(reading: Reading): void {
    const { isWriter, now } = this.#options
    const { check } = reading
    if (!readToEnd(reading, this.#file)) {
      this.#file.refresh()
      readToEnd(reading, this.#file)
      check.tell(check.seq + 1, 'The file was cut short while the program ran.')
    }
    const missing = reading.missing()
    if (missing) check.tell(missing.seq, missing.reason)
    this.#reading = reading
    this.#checkedAt = now()
    if (!isWriter || check.isSound || this.#waiting.length > 0) return
    const last = check.problems.at(-1)
    const places = check.found === 1 ? 'one place' : `${check.found} places`
    const detail = `What stands before does not match the chain in ${places}, the last of them at entry ${last?.seq}: ${last?.reason} A new segment begins here; prev is the SHA-256 of all bytes before it.`
    this.#seq = Math.max(check.seq, this.#seq)
    this.#append({ action: 'break', object: 'custody log', detail }, check.bytesHash())
  }

  /** Where it cannot be written it waits. */
  #append(act: CustodyAct, prev: string): void {
    this.#push(act, prev)
    try {
      this.#write()
    } catch (error) {
      this.#faultOf(error)
    }
  }

  #push(act: CustodyAct, prev: string): void {
    const { now, zone, by, version } = this.#options
    const { action, object, detail } = act
    const entry = { seq: this.#seq + 1, at: now(), zone: zone(), by, version, action, object, detail, prev }
    // What it says is hashed as it will be read again.
    const hash = hashOf(entry)
    this.#seq = entry.seq
    this.#head = hash
    this.#waiting.push(Buffer.from(`${lineOf({ ...entry, hash })}\n`))
  }

  /** Throws where the disk takes nothing more; the lines then wait. */
  #write(): void {
    if (this.#waiting.length === 0) return
    const bytes = Buffer.concat(this.#waiting)
    try {
      this.#file.append(bytes)
    } catch (error) {
      if (!isFull(error)) throw error
      this.#file.release()
      this.#file.append(bytes)
    }
    for (const line of this.#waiting) this.#reading?.take(line)
    this.#waiting.length = 0
    this.#written = { seq: this.#seq, hash: this.#head }
    this.#fault = null
    this.#timer ??= setTimeout(() => this.#syncLater(), GATHER)
  }

  #syncLater(): void {
    this.#timer = null
    this.settle().catch((error: unknown) => this.#faultOf(error))
  }

  async #sync(): Promise<void> {
    const { end } = this.#file
    try {
      await this.#file.syncSoon()
      this.#syncedTo = end
    } finally {
      this.#syncing = null
    }
  }

  #faultOf(error: unknown): unknown {
    const fault = isFull(error) ? diskFull() : error
    this.#fault = fault instanceof Error ? fault.message : String(fault)
    return fault
  }

  #own(): Own {
    const { isWriter } = this.#options
    return { checkedAt: this.#checkedAt, waiting: this.#waiting.length, fault: this.#fault, isReadOnly: !isWriter }
  }
}

type Own = Pick<CustodyState, 'checkedAt' | 'waiting' | 'fault' | 'isReadOnly'>

function stateOf({ check }: Reading, own: Own): CustodyState {
  const { entries, head, problems, found } = check
  return { entries, head, broken: problems[0] ?? null, problems: [...problems], found, ...own }
}

function readToEnd(reading: Reading, file: LogFile): boolean {
  const steps = readOn(reading, file)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

function lastLine(file: LogFile): Buffer {
  for (let step = 64 * 1024; ; step *= 2) {
    const from = Math.max(0, file.end - step)
    const bytes = file.read(from, Math.max(0, file.end - 1))
    const at = bytes.lastIndexOf(0x0a)
    if (at >= 0 || from === 0) return bytes.subarray(at + 1)
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.has(String(error.code))
}

function diskFull(): BackendFault {
  return new BackendFault({ code: 'disk-full', message: 'The disk is full, so that the custody log cannot be written. Nothing that would have to stand in it is done until there is room.' })
}
