import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Instant, Milliseconds, TimeRange } from '../../../domain'
import type { ReadableStore } from '../../store'
import { analyse, readApprovals, type Analysis, type Approvals } from './analyse'
import type { Request } from './model'
import type { Judged } from './summary'
import { byRequest, judgePatterns } from './summary/judged'

/** One go; whoever else asks the backend waits that long. */
const SLICE: Milliseconds = 8
/** How often reading begins anew where the store changes meanwhile; after that it is done in one turn. */
const TRIES = 3
/** What grants are not used changes with time alone. */
const FRESH: Milliseconds = 3_600_000
/** Looks that are kept: one person changes between a few. */
const KEPT = 4

export type LookAsked = { range: TimeRange | null; zone: string; production: string }

type Read = { approvals: Approvals; mark: ReturnType<ReadableStore['mark']>; looks: Map<string, Promise<Analysis | null>> }

/** What is held about requests, read when it is asked for and kept until the store changes. */
export class ApprovalDesk {
  readonly #store: ReadableStore
  readonly #now: () => Instant
  #read: Read | null = null
  #reading: Promise<Read> | null = null
  #wanted: { read: Read; asked: string; all: readonly Request[] } | null = null

  constructor(store: ReadableStore, now: () => Instant) {
    this.#store = store
    this.#now = now
  }

  async approvals(): Promise<Approvals> {
    return (await this.#upToDate()).approvals
  }

  /** Null where no request is held. Throws a `RangeError` for a zone that is not known. */
  async judged(asked: LookAsked): Promise<{ approvals: Approvals; judged: Judged | null }> {
    const { approvals, analysis } = await this.#look(asked)
    if (!analysis) return { approvals, judged: null }
    const settings = this.#store.settings()
    const all = judgePatterns(analysis.patterns, settings, this.#now())
    return { approvals, judged: { population: analysis.population, patterns: { all, byRequest: byRequest(all) } } }
  }

  /** What these steps gave when they were asked for last, as long as what is held has not changed. */
  async requests(asked: string, steps: () => Generator<unknown, Request[]>): Promise<readonly Request[]> {
    const read = await this.#upToDate()
    if (this.#wanted?.read === read && this.#wanted.asked === asked) return this.#wanted.all
    const all = (await inSlices(steps(), () => true)) ?? []
    this.#wanted = { read, asked, all }
    return all
  }

  async #look({ range, zone, production }: LookAsked): Promise<{ approvals: Approvals; analysis: Analysis | null }> {
    const { approvals, looks } = await this.#upToDate()
    const window = range ?? approvals.extent
    if (!window || !approvals.extent) return { approvals, analysis: null }
    const asked = JSON.stringify([window, zone, production])
    const known = looks.get(asked)
    if (known) return { approvals, analysis: await known }
    const look = inSlices(analyse(approvals, { range: window, zone, production }), () => true)
    looks.set(asked, look)
    const [oldest] = looks.keys()
    if (looks.size > KEPT && oldest !== undefined) looks.delete(oldest)
    look.catch(() => looks.delete(asked))
    return { approvals, analysis: await look }
  }

  async #upToDate(): Promise<Read> {
    const read = this.#read
    if (read && this.#store.changedSince(read.mark) === null && this.#now() - read.approvals.now < FRESH) return read
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null))
    return this.#reading
  }

  async #readAll(): Promise<Read> {
    for (let attempt = 0; ; attempt++) {
      const mark = this.#store.mark()
      const revision = this.#store.revision()
      const isStill = () => this.#store.revision() === revision
      const steps = readApprovals(this.#store, this.#now())
      const approvals = attempt < TRIES ? await inSlices(steps, isStill) : drained(steps)
      if (approvals === null) {
        // Whoever asks is told of changes, and asks again when they are over.
        if (attempt + 1 === TRIES && this.#read) return this.#read
        continue
      }
      this.#read = { approvals, mark, looks: new Map() }
      return this.#read
    }
  }
}

/** Null where it is no longer wanted. */
export async function inSlices<T>(steps: Generator<unknown, T>, isStill: () => boolean): Promise<T | null> {
  for (;;) {
    const until = performance.now() + SLICE
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < until)
    await nextTurn()
    if (!isStill()) return null
  }
}

function drained<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
