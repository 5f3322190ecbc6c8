import type { Connection, Instant, StreamFacts, StreamStatus, TimeRange } from '../../../domain'
import type { StreamResult } from '../../../contract'
import { BEGINNING, ServerFault, type ServerList, type ServerSource } from '../../source'
import type { Checkpoint, WritableStore } from '../../store'
import { FallBack } from './fall-back'
import { inParallel } from './in-parallel'
import { unread } from './known'
import { ListRun, type Place } from './list-run'
import { notTried } from './notes'
import { BodyReading } from './body-reading'
import { syncCancelled, type PatientDoor } from './patient-door'
import { readUnsure } from './unsure-lists'
import { syncPages } from './walk-pages'
import { syncParts } from './walk-parts'
import { syncTail, syncWhole } from './walk-whole'
import { syncWindows } from './walk-window'
import { Writing } from './writing'

/** Lists that are read at one time beside the audit list's turn. */
export const AT_ONCE = 4

export type SyncAsk = {
  range: TimeRange | null
  stream?: string
  live: boolean
  recheckPages: number
  /** Lists of machines in which the first list shows nothing new are read only now and then. */
  sparing: boolean
}

export type SyncOptions = {
  store: WritableStore
  door: PatientDoor
  source: ServerSource
  connection: Connection
  lists: ServerList[]
  /** Lists that the server may not have. */
  unsure: ServerList[]
  ask: SyncAsk
  /** Whether commands that were read before may not be linked yet. */
  linkAll: boolean
  /** Linking goes on in it when everything is read. */
  linking: Writing
  signal: AbortSignal
  now: () => Instant
  /** Told after each page with every list's state. */
  onProgress(runs: readonly ListRun[]): void
}

/** Faults after which no other list of the server can be read either. */
export const FATAL = new Set<ServerFault['code']>(['unauthorized', 'unreachable', 'throttled', 'cancelled'])

/** Brings the lists of one connection up to date. Rejects with what ended it early; what was read until then is kept. */
export async function runSync(options: SyncOptions): Promise<StreamResult[]> {
  const sync = new SyncRun(options)
  try {
    await sync.read()
  } finally {
    await sync.close()
  }
  return sync.results()
}

class SyncRun {
  readonly #options: SyncOptions
  readonly #runs: ListRun[] = []
  readonly #reading = new BodyReading()
  readonly #writing = new Writing()
  readonly #facts: StreamFacts[] = []
  readonly #coverage: NonNullable<Checkpoint['coverage']> = []
  #fatal: unknown = null

  constructor(options: SyncOptions) {
    this.#options = options
  }

  async read(): Promise<void> {
    const { lists, unsure, ask, connection, now } = this.#options
    // Of what was never read there is much, and a thread takes a while to begin.
    if (!ask.live && connection.streams.length === 0) this.#reading.expect(Infinity)
    // The longest list first and alone: its rows are what people wait for.
    const [first, ...others] = wanted(lists, ask)
    if (first) await this.#one(first)
    const [audit] = this.#runs
    const due = (list: ServerList) => !ask.sparing || !audit || isDue(list, audit, this.#options)
    await inParallel(others.filter(due), AT_ONCE, async (list) => void (await this.#one(list)))
    if (ask.live) return
    await readUnsure({
      lists: wanted(unsure, ask).filter(due),
      connection,
      now,
      isNamed: ask.stream !== undefined,
      one: (list) => this.#one(list),
      pass: ({ stream, label }, what) => void this.#facts.push({ stream, label, status: 'not-offered', requests: 0, at: now(), note: notTried(what) }),
    })
  }

  async close(): Promise<void> {
    const { store, connection } = this.#options
    await this.#reading.close()
    this.#link()
    const [streams, coverage] = [this.#facts, this.#coverage]
    if (streams.length > 0) store.note({ connection: connection.name, kind: connection.kind, streams, coverage })
  }

  /** One fact in two lists is linked where either of them brought something new. */
  #link(): void {
    const { store, connection, linkAll, linking } = this.#options
    const spans = linkAll ? [{ from: BEGINNING, to: Infinity }] : this.#runs.flatMap(({ addedSpan }) => addedSpan ?? [])
    if (spans.length === 0) return
    const from = Math.min(...spans.map((span) => span.from))
    const to = Math.max(...spans.map((span) => span.to))
    linking.begin(store.linkSame(connection.name, { from, to }))
  }

  /** Throws what ended it early. */
  results(): StreamResult[] {
    if (this.#fatal !== null) throw this.#fatal
    return this.#runs.map(({ result }) => result)
  }

  /** Answers how it ended; null where it was not begun. */
  async #one(list: ServerList): Promise<StreamStatus | null> {
    if (this.#fatal !== null) return null
    const refused = await this.#try(list)
    if (refused.fault?.code !== 'forbidden' || !list.instead) return this.#end(refused)
    const other = await this.#try(list.instead)
    // What is not there either tells less than the refusal.
    const isThere = other.fault?.code !== 'forbidden' && other.fault?.code !== 'not-offered'
    const [told, dropped] = isThere ? [other, refused] : [refused, other]
    this.#runs.splice(this.#runs.indexOf(dropped.run), 1)
    dropped.run.end()
    told.run.result.requests += dropped.run.result.requests
    return this.#end(told)
  }

  async #try(list: ServerList): Promise<Tried> {
    const { store, door, connection, ask } = this.#options
    const before = connection.streams.find(({ stream }) => stream === list.stream)
    const place: Place = { store, door, reading: this.#reading, writing: this.#writing, connection: connection.name, kind: connection.kind }
    const { range, recheckPages } = ask
    const run = new ListRun({ ...place, list, range, recheckPages, onProgress: () => this.#options.onProgress(this.#runs) }, before)
    this.#runs.push(run)
    const fault = await readList(run, this.#options).catch((error: unknown) => {
      // What cannot be written now cannot be written of the other lists either.
      this.#fatal = error
      throw error
    })
    return { run, fault }
  }

  #end({ run, fault }: Tried): StreamStatus {
    run.toSee = Math.min(run.toSee, run.seen)
    const end = run.end()
    // What is not there is not asked for again soon.
    const absent = run.result.status === 'not-offered' ? { at: this.#options.now() } : {}
    const told = fault ? { fault: { code: fault.code, message: fault.message }, ...absent } : {}
    this.#facts.push(...(end.streams ?? []).map((entry) => ({ ...entry, ...told })))
    this.#coverage.push(...(end.coverage ?? []))
    if (fault && FATAL.has(fault.code)) this.#fatal = fault
    this.#options.onProgress(this.#runs)
    return run.result.status
  }
}

/** A list that was read, and the fault that ended it; null where none did. */
type Tried = { run: ListRun; fault: ServerFault | null }

/** A list of a machine that seems quiet is read after this time all the same. */
export const QUIET_MS = 3_600_000

/** Servers log each request, and a list of machines costs two for each: what the audit shows to be quiet can wait. */
function isDue({ machine, stream }: ServerList, audit: ListRun, { connection, now }: SyncOptions): boolean {
  const before = connection.streams.find((facts) => facts.stream === stream)
  const isKnown = (status: StreamStatus | undefined) => status === 'ok' || status === 'partial'
  if (machine === undefined || !isKnown(audit.result.status) || !isKnown(before?.status)) return true
  return audit.machines.has(machine) || now() - (before?.at ?? 0) >= QUIET_MS
}

/** Lists that the live view looks at, of those that give their newest records first. */
const LIVE_LISTS = 8

function wanted(lists: ServerList[], { stream, live }: SyncAsk): ServerList[] {
  if (stream !== undefined) return lists.filter((list) => list.stream === stream)
  return live ? lists.filter(({ style }) => style !== 'whole').slice(0, LIVE_LISTS) : lists
}

/** Reads one list; answers the fault that ended it. Faults of the machine itself are thrown. */
async function readList(run: ListRun, { signal }: SyncOptions): Promise<ServerFault | null> {
  try {
    await walk(run)
    await run.kept()
    run.result.status = statusOf(run)
    return null
  } catch (error) {
    const fault = signal.aborted ? syncCancelled() : error
    if (!(fault instanceof ServerFault)) {
      run.abandon()
      throw error
    }
    // A disk that failed weighs more than what ended the list.
    await run.kept()
    run.result.status = signal.aborted ? 'partial' : (STATUS_OF[fault.code] ?? 'failed')
    return fault
  }
}

export const STATUS_OF: Partial<Record<ServerFault['code'], StreamStatus>> = {
  forbidden: 'not-visible',
  'not-offered': 'not-offered',
  throttled: 'throttled',
}

/** From the way that asks least to the one that needs least. */
const WAYS = { window: [syncWindows, syncPages, syncWhole], paged: [syncPages, syncWhole], tail: [syncTail], whole: [syncWhole], parts: [syncParts] }

async function walk(run: ListRun): Promise<void> {
  const { style, note } = run.options.list
  for (const way of WAYS[style]) {
    try {
      return await way(run)
    } catch (error) {
      if (!(error instanceof FallBack)) throw error
      run.note = note === undefined ? error.note : `${note} ${error.note}`
    }
  }
}

function statusOf(run: ListRun): StreamStatus {
  const wanted = { from: run.from, to: run.to }
  const isWhole = unread(run, wanted).length === 0 && run.ledger(wanted).every(({ state }) => state === 'complete')
  return isWhole ? 'ok' : 'partial'
}
