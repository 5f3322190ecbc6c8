import { randomUUID } from 'node:crypto'
import { BackendFault, type Fault, type ImportJob, type ImportOptions, type ImportSummary } from '../../../contract'
import type { Instant, Milliseconds } from '../../../domain'
import type { Ports } from '../../ports'
import type { WritableStore } from '../../store'
import type { Plan } from './plan'
import { bytesToRead, runImport } from './run-import'

/** Rejected lines that a summary carries over the wire; all of them can be asked for as a file. */
const SHOWN_REJECTS = 100
/** Milliseconds between two notices of one job. */
const NOTICE_EVERY = 200
/** The first rates tell nothing. */
const FORETELL_AFTER = 500

type Job = {
  shown: ImportJob
  summaries: ImportSummary[]
  abort: AbortController
  ended: Promise<void>
  noticed: number
  /** Start of the second pass, the one that takes the time; null before it. */
  readingSince: Instant | null
}

/** Imports under way and ended ones of this run, one at a time at work. */
export class ImportJobs {
  readonly #store: WritableStore
  readonly #ports: Ports
  readonly #onProgress: (job: ImportJob) => void
  readonly #jobs = new Map<string, Job>()
  #queue: Promise<void> = Promise.resolve()

  constructor(store: WritableStore, ports: Ports, onProgress: (job: ImportJob) => void) {
    this.#store = store
    this.#ports = ports
    this.#onProgress = onProgress
  }

  /** Starts an import, after those before it; `release` is called when it ended in any way. */
  start(plan: Plan, options: ImportOptions, release: () => Promise<void>): string {
    const id = randomUUID()
    const shown: ImportJob = {
      job: id,
      name: plan.name,
      state: 'surveying',
      bytesDone: 0,
      bytesTotal: bytesToRead(plan),
      recordsDone: 0,
      startedAt: this.#ports.clock.now(),
      leftMs: null,
      summaries: [],
      rejects: 0,
      fault: null,
    }
    const job: Job = { shown, summaries: [], abort: new AbortController(), ended: Promise.resolve(), noticed: 0, readingSince: null }
    this.#jobs.set(id, job)
    job.ended = this.#queue.then(() => this.#run(job, plan, options)).then(release, release)
    this.#queue = job.ended.catch(() => undefined)
    this.#notice(job)
    return id
  }

  list(): ImportJob[] {
    return [...this.#jobs.values()].map((job) => job.shown)
  }

  async cancel(id: string): Promise<void> {
    const job = this.#get(id)
    job.abort.abort()
    await job.ended
  }

  /** All rejected lines of a job. */
  rejects(id: string): ImportSummary['rejected'] {
    return this.#get(id).summaries.flatMap((summary) => summary.rejected)
  }

  /** Cuts what is under way; it is kept as far as it came. */
  async close(): Promise<void> {
    for (const job of this.#jobs.values()) job.abort.abort()
    await this.#queue
  }

  async #run(job: Job, plan: Plan, options: ImportOptions): Promise<void> {
    const { clock } = this.#ports
    job.shown = { ...job.shown, startedAt: clock.now() }
    try {
      job.summaries = await runImport({
        store: this.#store,
        plan,
        options,
        now: () => clock.now(),
        signal: job.abort.signal,
        onProgress: (progress) => this.#progress(job, progress),
      })
      const summaries = job.summaries.map((s) => ({ ...s, rejected: s.rejected.slice(0, SHOWN_REJECTS) }))
      const rejects = job.summaries.reduce((sum, summary) => sum + summary.rejected.length, 0)
      job.shown = { ...job.shown, state: 'done', bytesDone: job.shown.bytesTotal, leftMs: 0, summaries, rejects }
    } catch (error) {
      const fault = this.#faultOf(error)
      job.shown = { ...job.shown, state: fault.code === 'cancelled' ? 'cancelled' : 'failed', leftMs: null, fault }
    }
    this.#notice(job)
  }

  #progress(job: Job, progress: Pick<ImportJob, 'state' | 'bytesDone' | 'recordsDone'>): void {
    const now = this.#ports.clock.now()
    if (progress.state === 'importing') job.readingSince ??= now
    job.shown = { ...job.shown, ...progress, leftMs: timeLeft(job, progress.bytesDone, now) }
    if (now - job.noticed >= NOTICE_EVERY) this.#notice(job)
  }

  #notice(job: Job): void {
    job.noticed = this.#ports.clock.now()
    this.#onProgress(job.shown)
  }

  #faultOf(error: unknown): Fault {
    if (error instanceof BackendFault) return error.toFault()
    this.#ports.log.error('An import failed.', error)
    return { code: 'internal', message: 'The import failed. The log has the details.' }
  }

  #get(id: string): Job {
    const job = this.#jobs.get(id)
    if (!job) throw new BackendFault({ code: 'not-found', message: 'There is no such import.' })
    return job
  }
}

function timeLeft(job: Job, bytesDone: number, now: Instant): Milliseconds | null {
  const elapsed = now - (job.readingSince ?? now)
  if (elapsed < FORETELL_AFTER || bytesDone === 0) return null
  return Math.round((elapsed / bytesDone) * (job.shown.bytesTotal - bytesDone))
}
