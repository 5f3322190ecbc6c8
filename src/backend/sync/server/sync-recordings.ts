import type { StreamResult } from '../../../contract'
import type { Connection, CoverageNews, Instant, StreamFacts } from '../../../domain'
import { BEGINNING, ServerFault, type RecordingList, type RecordingPage, type ServerList, type ServerSource } from '../../source'
import type { RecordingFacts, WritableStore } from '../../store'
import { RecordingFetches } from './fetch-new'
import { listedFacts } from './fetch-recording'
import { inParallel } from './in-parallel'
import { LAG_MS } from './list-run'
import { disagrees, notTried, unreadable } from './notes'
import { syncCancelled, type PatientDoor } from './patient-door'
import { AT_ONCE, FATAL, QUIET_MS, STATUS_OF } from './sync-run'

export type RecordingsProgress = {
  results: readonly StreamResult[]
  /** Label of the list that is read. */
  reading: string | null
  /** Recordings fetched, and how many are to be. */
  done: number
  total: number
}

export type RecordingsOptions = {
  store: WritableStore
  door: PatientDoor
  source: ServerSource
  connection: Connection
  lists: readonly ServerList[]
  /** What the sync read of the other lists. */
  results: readonly StreamResult[]
  ask: { stream?: string; live: boolean }
  signal: AbortSignal
  now: () => Instant
  onProgress(progress: RecordingsProgress): void
}

/** A recording that was not known before. */
export type NewRecording = { id: string; stream: string; facts: RecordingFacts }

/** What the pages of a list said together. */
type Read = { ids: Set<string>; rejected: number; total: number | null; asOf: Instant | null }

type Said = { facts: StreamFacts; coverage: CoverageNews[] }

/** Machines that are asked before a server is taken for one without recordings. */
const TRIES = { first: 3, again: 1 }
/** Recordings that were listed and are kept together. */
const MOST_LISTED = 1000

/** Lists the recordings of the machines that had news, and gets the newest of what is new. Rejects as `runSync` does. */
export async function syncRecordings(options: RecordingsOptions): Promise<StreamResult[]> {
  const { store, source, connection, lists } = options
  const due = source.recordingLists(lists).filter((list) => isDue(list, options))
  if (due.length === 0) return []
  const run = new RecordingsRun(options)
  try {
    await run.list(due)
    await run.fetch()
  } finally {
    const said = run.said()
    const streams = said.map(({ facts }) => facts)
    const coverage = said.flatMap((one) => one.coverage)
    if (streams.length > 0) store.note({ connection: connection.name, kind: connection.kind, streams, coverage })
  }
  return run.results
}

/** One request for a machine that had news; the others are asked now and then. */
function isDue({ stream, machine }: RecordingList, { ask, connection, results, now }: RecordingsOptions): boolean {
  if (ask.stream !== undefined) return ask.stream === stream
  if (ask.live) return false
  const before = connection.streams.find((facts) => facts.stream === stream)
  if (!before || isCut(before)) return true
  if (now() - (before.at ?? 0) >= QUIET_MS) return true
  const isOpen = before.status === 'ok' || before.status === 'partial'
  return isOpen && results.some((result) => result.stream.endsWith(`/${machine}`) && result.added + result.changed > 0)
}

/** It was not read to its end. */
function isCut({ status, fault }: StreamFacts): boolean {
  return status === 'failed' || status === 'throttled' || (status === 'partial' && fault !== undefined)
}

class RecordingsRun {
  readonly results: StreamResult[] = []
  readonly #options: RecordingsOptions
  readonly #said: Said[] = []
  readonly #fetches: RecordingFetches
  /** By id what lists said and is not kept yet: each keeping waits for the disk. */
  readonly #listed = new Map<string, RecordingFacts>()
  #isOffered: boolean
  #missing = 0

  constructor(options: RecordingsOptions) {
    this.#options = options
    this.#isOffered = statuses(options).some((status) => status === 'ok' || status === 'partial')
    this.#fetches = new RecordingFetches(options, () => this.#tell(null))
  }

  /** Most servers have none: a few are asked one by one before all others are. */
  async list(due: readonly RecordingList[]): Promise<void> {
    try {
      await this.#listAll([...due])
    } finally {
      this.#keepListed()
    }
  }

  async #listAll(queue: RecordingList[]): Promise<void> {
    const tries = statuses(this.#options).length > 0 ? TRIES.again : TRIES.first
    while (!this.#isOffered && this.#missing < tries) {
      const next = queue.shift()
      if (next === undefined) return
      await this.#one(next)
    }
    if (this.#isOffered) await inParallel(queue, AT_ONCE, (list) => this.#one(list))
    else for (const { stream, label } of queue) this.#pass({ stream, label })
  }

  async fetch(): Promise<void> {
    await this.#fetches.run()
  }

  said(): Said[] {
    return this.#said.map(({ facts, coverage }) => {
      const note = [facts.note, this.#fetches.noteOf(facts.stream)].filter(Boolean).join(' ')
      return { facts: note === '' ? facts : { ...facts, note }, coverage }
    })
  }

  async #one(list: RecordingList): Promise<void> {
    const { stream, label } = list
    const result: StreamResult = { stream, label, added: 0, changed: 0, duplicates: 0, late: 0, vanished: 0, requests: 0, status: 'ok', serverTotal: null, recordings: 0 }
    this.results.push(result)
    const said: Said = { facts: { stream, label, status: 'ok', requests: 0 }, coverage: [] }
    this.#said.push(said)
    this.#tell(label)
    try {
      await this.#read(list, { result, said })
      this.#isOffered = true
    } catch (error) {
      if (!(error instanceof ServerFault)) throw error
      result.status = this.#options.signal.aborted ? 'partial' : (STATUS_OF[error.code] ?? 'failed')
      if (error.code === 'not-offered') this.#missing++
      const fault = this.#options.signal.aborted ? syncCancelled() : error
      said.facts = { ...said.facts, at: said.facts.at ?? this.#options.now(), fault: { code: fault.code, message: fault.message } }
      if (FATAL.has(fault.code)) throw fault
    } finally {
      said.facts = { ...said.facts, status: result.status, requests: result.requests }
      this.#tell(label)
    }
  }

  async #read(list: RecordingList, { result, said }: { result: StreamResult; said: Said }): Promise<void> {
    const { source, door } = this.#options
    const read: Read = { ids: new Set(), rejected: 0, total: null, asOf: null }
    result.requests++
    for await (const page of source.recordings(door, list)) {
      if (read.asOf !== null) result.requests++
      const { place, fetchedAt, serverTime } = page.fetched
      read.asOf ??= serverTime
      read.total = page.total
      read.rejected += page.rejected
      said.facts = { ...said.facts, asked: place, at: fetchedAt }
      this.#take(list, { page, result })
      for (const { id } of page.recordings) read.ids.add(id)
    }
    const note = lackOf(read)
    result.status = note === null ? 'ok' : 'partial'
    result.serverTotal = read.total ?? read.ids.size + read.rejected
    // Without the server's count, which is compared with records: recordings are none.
    const words = note === null ? {} : { note }
    said.facts = { ...said.facts, ...words }
    const to = Math.floor(((read.asOf ?? 0) - LAG_MS) / 1000) * 1000
    const state = note === null ? 'complete' : 'partial'
    if (to > BEGINNING) said.coverage.push({ stream: list.stream, from: BEGINNING, to, state, ...words })
  }

  /** Takes in what the store does not know yet, or knows otherwise. */
  #take({ stream }: RecordingList, { page, result }: { page: RecordingPage; result: StreamResult }): void {
    const { store, connection } = this.#options
    const place = page.fetched.place.split('?', 1)[0] ?? ''
    for (const listed of page.recordings) {
      const facts = listedFacts(listed, { kind: connection.kind, stream, place })
      const held = store.recording(facts.id)
      const known = this.#listed.get(facts.id) ?? held
      if (held?.isHeld || (known && isSame(known, facts))) continue
      this.#listed.set(facts.id, facts)
      if (known) continue
      result.recordings = (result.recordings ?? 0) + 1
      this.#fetches.add({ id: listed.id, stream, facts })
    }
    if (this.#listed.size >= MOST_LISTED) this.#keepListed()
  }

  #keepListed(): void {
    const { store, connection } = this.#options
    const { name, kind } = connection
    const listed = [...this.#listed.values()]
    this.#listed.clear()
    if (listed.length > 0) store.keepRecordings({ name, kind }, listed)
  }

  /** Nothing is asked of it: the others have shown that there is nothing. */
  #pass({ stream, label }: Pick<RecordingList, 'stream' | 'label'>): void {
    const at = this.#options.now()
    this.#said.push({ facts: { stream, label, status: 'not-offered', requests: 0, at, note: notTried('recordings') }, coverage: [] })
  }

  #tell(reading: string | null): void {
    const { done, total, label } = this.#fetches
    this.#options.onProgress({ results: this.results, reading: reading ?? label, done, total })
  }
}

/** What is missing of a list, in words; null where it is whole. */
function lackOf({ ids, rejected, total }: Read): string | null {
  if (rejected > 0) return unreadable(rejected)
  return total !== null && ids.size < total ? disagrees(total, ids.size) : null
}

function statuses({ connection }: RecordingsOptions): StreamFacts['status'][] {
  return connection.streams.flatMap(({ stream, status }) => (stream.startsWith('recordings/') ? [status] : []))
}

function isSame(known: RecordingFacts, listed: RecordingFacts): boolean {
  const names = ['size', 'start', 'durationMs', 'session', 'user', 'machine'] as const
  return names.every((name) => known[name] === listed[name])
}
