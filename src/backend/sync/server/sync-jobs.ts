import { BackendFault, type SyncJob } from '../../../contract'
import type { Instant, TimeRange } from '../../../domain'
import { BEGINNING } from '../../source'
import { connectionOf, serverOf, serversOf, syncedServers, type ServerConnection } from './connections'
import type { ListRun } from './list-run'
import { Budget, PatientDoor, syncCancelled, type Waiting } from './patient-door'
import { paceOf, reach, type Reached, type ServerContext } from './reach'
import { syncRecordings, type RecordingsProgress } from './sync-recordings'
import { runSync } from './sync-run'
import { Writing } from './writing'

export type SyncAsk = {
  connection?: string
  range?: { from: Instant | null; to: Instant | null }
  stream?: string
  live?: boolean
  /** Started by the clock: less of closed history is compared again, and machines that seem quiet are passed over. */
  scheduled?: boolean
}

/** Pages of closed history compared again by one sync. */
const RECHECK = { asked: 25, scheduled: 5 }

type Under = { job: SyncJob; abort: AbortController; ended: Promise<void>; isFollowed: boolean }

/** What a sync has read so far; `timer` runs while some of it was not told. */
type Reading = { runs: readonly ListRun[]; recordings: RecordingsProgress | null; timer: NodeJS.Timeout | null }

/** The syncs of a workspace: one at a time for each connection, several connections at once. */
export class SyncJobs {
  readonly #context: ServerContext
  readonly #onProgress: (job: SyncJob) => void
  readonly #under = new Map<string, Under>()
  readonly #budgets = new Map<string, Budget>()
  readonly #lastWhole = new Map<string, Instant>()
  /** Connections whose commands were all linked by now: a program that ends early leaves some that are not. */
  readonly #linked = new Set<string>()
  #isClosed = false

  constructor(context: ServerContext, onProgress: (job: SyncJob) => void) {
    this.#context = context
    this.#onProgress = onProgress
  }

  /** Begins syncs where none is under way; answers the connections that are being synced. Throws `not-found`. */
  start(ask: SyncAsk): string[] {
    const named = ask.connection === undefined ? syncedServers(this.#context.store) : [serverOf(this.#context, ask.connection)]
    for (const connection of named) {
      if (!this.#isClosed && !this.#isRunning(connection.name)) this.#begin(connection, ask)
      else if (!ask.live) this.#beginAfterLook({ ...ask, connection: connection.name })
    }
    return named.map(({ name }) => name)
  }

  /** A look of the live view is short and is no answer to somebody who asks for a sync. */
  #beginAfterLook(ask: SyncAsk & { connection: string }): void {
    const under = this.#under.get(ask.connection)
    if (!under?.job.live || under.isFollowed) return
    under.isFollowed = true
    void under.ended.then(() => {
      const connection = serversOf(this.#context.store).find(({ name }) => name === ask.connection)
      const isNext = this.#under.get(ask.connection) === under
      if (connection && isNext && !this.#isClosed && !under.abort.signal.aborted) this.#begin(connection, ask)
    })
  }

  /** Resolves when it has ended; what was read is kept. */
  async cancel(connection: string): Promise<void> {
    const under = this.#under.get(connection)
    under?.abort.abort()
    await under?.ended
  }

  /** When the last sync ended that was no look of the live view: not yet while any is under way; null before the first. */
  lastWhole(connection: string): Instant | null {
    return this.#isRunning(connection) ? Infinity : (this.#lastWhole.get(connection) ?? null)
  }

  list(): SyncJob[] {
    return [...this.#under.values()].map(({ job }) => job)
  }

  /** Resolves with the last state when the sync of a connection has ended. */
  async ended(connection: string): Promise<SyncJob> {
    const under = this.#under.get(connection)
    if (!under) throw new BackendFault({ code: 'not-found', message: `${connection} is not being synced.` })
    await under.ended
    return under.job
  }

  /** Forgets a connection that is no more. */
  async forget(connection: string): Promise<void> {
    await this.cancel(connection)
    this.#under.delete(connection)
    this.#lastWhole.delete(connection)
    this.#linked.delete(connection)
  }

  /** Nothing begins any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#under.keys()].map((name) => this.cancel(name)))
  }

  #isRunning(connection: string): boolean {
    const state = this.#under.get(connection)?.job.state
    return state === 'running' || state === 'waiting'
  }

  #begin(connection: ServerConnection, ask: SyncAsk): void {
    const abort = new AbortController()
    const { pace, budget } = this.#paceOf(connection.name)
    const now = this.#context.ports.clock.now()
    const job: SyncJob = {
      connection: connection.name,
      state: 'running',
      live: ask.live ?? false,
      startedAt: now,
      endedAt: null,
      reading: null,
      recordsDone: 0,
      recordsTotal: null,
      leftMs: null,
      waitingUntil: null,
      waitingFor: null,
      requests: 0,
      budget: { spent: budget.spent(now), limit: pace.hourly },
      streams: [],
      fault: null,
    }
    const under: Under = { job, abort, ended: Promise.resolve(), isFollowed: false }
    this.#under.set(connection.name, under)
    under.ended = this.#run(under, ask, connection).then(
      () => this.#end(under, 'done', null),
      (error: unknown) => this.#end(under, abort.signal.aborted ? 'cancelled' : 'failed', error),
    )
    this.#tell(under, {})
  }

  async #run(under: Under, ask: SyncAsk, connection: ServerConnection): Promise<void> {
    const reached = await orAborted(reach(this.#context, connection), under.abort.signal)
    const door = this.#patient(under, reached)
    const { source, server } = reached
    const lists = await source.lists(door, server)
    const { live = false, stream } = ask
    const recheckPages = live || ask.range ? 0 : ask.scheduled ? RECHECK.scheduled : RECHECK.asked
    const { signal } = under.abort
    const way = { store: this.#context.store, door, source, connection: connectionOf(this.#context, connection.name), lists, signal }
    const now = () => this.#context.ports.clock.now()
    const wanted = stream === undefined ? {} : { stream }
    const reading: Reading = { runs: [], recordings: null, timer: null }
    const linking = new Writing()
    const wasLinked = this.#linked.delete(connection.name)
    const linkAll = !wasLinked && !live && stream === undefined
    try {
      const results = await runSync({
        ...way,
        unsure: source.unsureLists(lists),
        ask: { range: rangeOf(ask.range), live, recheckPages, sparing: ask.scheduled ?? false, ...wanted },
        linkAll,
        linking,
        now,
        onProgress: (runs) => this.#progressSoon(under, Object.assign(reading, { runs })),
      })
      const onProgress = (recordings: RecordingsProgress) => this.#progressSoon(under, Object.assign(reading, { recordings }))
      await syncRecordings({ ...way, results, ask: { live, ...wanted }, now, onProgress })
    } finally {
      if (reading.timer) this.#progress(under, reading)
      await linking.end()
      if (wasLinked || linkAll) this.#linked.add(connection.name)
    }
  }

  #patient(under: Under, { door, renew }: Reached): PatientDoor {
    const { pace, budget } = this.#paceOf(under.job.connection)
    const { ports } = this.#context
    const onWait = (waiting: Waiting | null) =>
      this.#tell(under, { state: waiting ? 'waiting' : 'running', waitingUntil: waiting?.until ?? null, waitingFor: waiting?.why ?? null })
    return new PatientDoor({ door, pace, signal: under.abort.signal, now: () => ports.clock.now(), onWait, renew }, budget)
  }

  #paceOf(connection: string): { pace: ReturnType<typeof paceOf>; budget: Budget } {
    const budget = this.#budgets.get(connection) ?? new Budget()
    this.#budgets.set(connection, budget)
    return { pace: paceOf(this.#context), budget }
  }

  #progressSoon(under: Under, reading: Reading): void {
    reading.timer ??= setTimeout(() => this.#progress(under, reading), paceOf(this.#context).progressMs)
  }

  #progress(under: Under, reading: Reading): void {
    const { runs, recordings, timer } = reading
    if (timer) clearTimeout(timer)
    reading.timer = null
    const { ports } = this.#context
    const now = ports.clock.now()
    const { budget, pace } = this.#paceOf(under.job.connection)
    // Pages overlap and are read again: what was seen twice is no more than there is to see.
    const recordsDone = runs.reduce((sum, run) => sum + Math.min(run.seen, run.toSee), recordings?.done ?? 0)
    const recordsTotal = runs.reduce((sum, run) => sum + run.toSee, recordings?.total ?? 0)
    const results = [...runs.map(({ result }) => result), ...(recordings?.results ?? [])]
    const spent = now - under.job.startedAt
    this.#tell(under, {
      reading: recordings?.reading ?? runs.at(-1)?.result.label ?? null,
      recordsDone,
      recordsTotal,
      leftMs: recordsDone > 0 && spent > 1000 ? (spent * (recordsTotal - recordsDone)) / recordsDone : null,
      requests: results.reduce((sum, result) => sum + result.requests, 0),
      budget: { spent: budget.spent(now), limit: pace.hourly },
      streams: results.map((result) => ({ ...result })),
    })
  }

  #end(under: Under, state: SyncJob['state'], error: unknown): void {
    const { ports } = this.#context
    if (error !== null && !(error instanceof BackendFault)) ports.log.error(`the sync of ${under.job.connection} failed`, error)
    const fault =
      error instanceof BackendFault
        ? { code: error.code, message: error.message }
        : { code: 'internal', message: 'The sync ended because of an unexpected error. The log has the details.' }
    const endedAt = ports.clock.now()
    if (!under.job.live) this.#lastWhole.set(under.job.connection, endedAt)
    const ended = { state, endedAt, reading: null, leftMs: null, waitingUntil: null, waitingFor: null }
    this.#tell(under, { ...ended, fault: state === 'failed' ? fault : null })
  }

  #tell(under: Under, news: Partial<SyncJob>): void {
    under.job = { ...under.job, ...news }
    this.#onProgress(under.job)
  }
}

/** The same, unless it is cancelled first: a sign-in on its way waits for nobody. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(syncCancelled()), { once: true })
    work.then(resolve, reject)
  })
}

function rangeOf(range: SyncAsk['range']): TimeRange | null {
  if (!range || (range.from === null && range.to === null)) return null
  return { from: range.from ?? BEGINNING, to: range.to ?? Infinity }
}

/** Syncs and waits for the end, as the command line does. */
export async function syncServers(
  context: ServerContext,
  ask: Pick<SyncAsk, 'connection' | 'range'> & { signal?: AbortSignal; onProgress?: (job: SyncJob) => void },
): Promise<SyncJob[]> {
  const { signal, onProgress = () => {}, ...wanted } = ask
  const jobs = new SyncJobs(context, onProgress)
  const stop = () => void jobs.close()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const started = jobs.start(wanted)
    if (signal?.aborted) stop()
    return await Promise.all(started.map((name) => jobs.ended(name)))
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
