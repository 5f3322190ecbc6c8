import type { Instant, Milliseconds } from '../../domain'
import type { ChangeMark, ReadableStore, StoreView } from '../store'
import { detectSteps, type Found, type Rules, type Steps } from './detect'
import { forgetFrom, noHistory, type History } from './history'
import { BUDGET, RuleWatch } from './rule-watch'

export type RunnerContext = {
  store: ReadableStore
  rules: Rules
  now(): Instant
  /** More was looked at. */
  onProgress(progress: { done: number; total: number }): void
  /** What `state` or `findings` say has changed. */
  onChange(): void
  onError(error: unknown): void
  /** Milliseconds since somebody asked the backend, whose answers go first. */
  sinceAsked?(): Milliseconds
  pace?: Pace
}

/** In milliseconds. */
export type Pace = {
  /** One go; whoever else asks the backend waits that long. */
  slice: Milliseconds
  /** Who asked within this may well ask again: between two goes there is a wait. */
  atWork: Milliseconds
  giveWay: Milliseconds
  /** Who asked within this waits for the screen to show it: the wait goes on, for so long at most. */
  answer: Milliseconds
  mostWait: Milliseconds
  /** How long nothing may have changed before a run begins: a run that is cut goes back to its last checkpoint. */
  quiet: Milliseconds
  /** Least time between two runs. */
  rest: Milliseconds
  /** Least time between two reports. */
  tell: Milliseconds
}

const PACE: Pace = { slice: 8, atWork: 1000, giveWay: 50, answer: 150, mostWait: 1000, quiet: 2000, rest: 3000, tell: 200 }
/** A run begins again no sooner than after this many times what the last one took. */
const RESTS = 3
/** Runs that may fail before it is waited for another change. */
const TRIES = 2

const ALL: StoreView = { filter: { kind: 'all' }, range: null, order: 'asc', companions: false }

export type RunState = {
  state: 'running' | 'waiting' | 'done' | 'failed'
  done: number
  total: number
  /** When the findings were found; null while no run has ended. */
  asOf: Instant | null
  isStale: boolean
}

/** What was found, where the slice was the last one. */
type Slice = { found: Found | null }
/** `worked`: milliseconds. */
type Run = { steps: Steps; worked: number; told: number }

/** Looks at all that is held that can have changed, a little at a time, when somebody asks and something changed since the last look. */
export class DetectionRunner {
  readonly #context: RunnerContext
  readonly #pace: Pace
  readonly #stopListening: () => void
  #found: Found = { findings: [], inactive: new Map() }
  /** What runs left, and what was held when the last one began. */
  #history: History = noHistory()
  #mark: ChangeMark | null = null
  /** Rules that took too long, with the reason; none of them runs again. */
  readonly #stopped = new Map<string, string>()
  /** Where people added rules. */
  readonly #watch: RuleWatch | null
  #asOf: Instant | null = null
  #isStale = true
  #failures = 0
  #progress = { done: 0, total: 0 }
  #run: Run | null = null
  #turn: NodeJS.Immediate | null = null
  #pause: NodeJS.Timeout | null = null
  #timer: NodeJS.Timeout | null = null
  /** When the next run may begin, on the clock of `performance`. */
  #notBefore = 0
  #isClosed = false

  constructor(context: RunnerContext) {
    this.#context = context
    this.#pace = context.pace ?? PACE
    this.#watch = context.rules.detections.some(({ head }) => head.place !== 'own') ? new RuleWatch() : null
    this.#stopListening = context.store.onChange((tables) => {
      if (tables.includes('event')) this.#changed()
    })
  }

  /** The same as long as nothing else was found. */
  found(): Found {
    return this.#found
  }

  state(): RunState {
    const word = this.#run ? 'running' : this.#timer ? 'waiting' : this.#failures > 0 ? 'failed' : 'done'
    return { state: word, ...this.#progress, asOf: this.#asOf, isStale: this.#isStale }
  }

  /** Begins a run where what was found may no longer be all, now or as soon as it is due. */
  want(): void {
    const isDue = this.#isStale && this.#failures < TRIES
    if (this.#isClosed || !isDue || this.#run || this.#timer) return
    const wait = this.#notBefore - performance.now()
    if (wait <= 0) this.#begin()
    else this.#timer = setTimeout(() => this.#begin(), wait)
  }

  close(): void {
    this.#isClosed = true
    this.#stopListening()
    this.#cut()
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #changed(): void {
    this.#isStale = true
    this.#failures = 0
    // A sync that brought nothing new leaves the rows as they are.
    if (this.#run && this.#context.store.changedSince(this.#mark) === null) return
    const wasAtWork = this.#run !== null || this.#timer !== null
    this.#cut()
    this.#notBefore = Math.max(this.#notBefore, performance.now() + (this.#asOf === null && !wasAtWork ? 0 : this.#pace.quiet))
    if (!wasAtWork) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.want()
  }

  #cut(): void {
    if (this.#turn) clearImmediate(this.#turn)
    if (this.#pause) clearTimeout(this.#pause)
    this.#turn = null
    this.#pause = null
    this.#run = null
  }

  #begin(): void {
    this.#timer = null
    const { store, rules } = this.#context
    this.#isStale = false
    this.#progress = { done: 0, total: store.length(ALL) }
    const earliest = store.changedSince(this.#mark)
    if (earliest !== null) forgetFrom(this.#history, earliest)
    this.#mark = store.mark()
    this.#watch?.reset()
    const detections = rules.detections.filter(({ head }) => !this.#stopped.has(head.id))
    const steps = detectSteps(store, { ...rules, detections }, { history: this.#history, watch: this.#watch })
    this.#run = { steps, worked: 0, told: performance.now() }
    this.#turn = setImmediate(() => this.#go())
    this.#context.onChange()
  }

  #go(): void {
    const run = this.#run
    if (!run) return
    const slice: Slice = { found: null }
    const began = performance.now()
    try {
      const isWhole = this.#within(() => this.#goOn(run, slice))
      run.worked += performance.now() - began
      if (!isWhole) return this.#stop(this.#watch?.rule ?? null, `took longer than ${BUDGET.once} ms for one event`)
    } catch (error) {
      return this.#fail(error)
    }
    const slow = this.#watch?.slow() ?? null
    if (slow !== null) return this.#stop(slow, `took longer than ${BUDGET.run / 1000} s for all events`)
    if (slice.found) return this.#end(run, slice.found)
    if (this.#sinceAsked() < this.#pace.atWork) this.#wait(0)
    else this.#turn = setImmediate(() => this.#go())
    this.#tell(run)
  }

  #wait(waited: Milliseconds): void {
    const { giveWay, answer, mostWait } = this.#pace
    const goOn = () => {
      const now = waited + giveWay
      if (this.#sinceAsked() < answer && now < mostWait) this.#wait(now)
      else this.#go()
    }
    this.#pause = setTimeout(goOn, giveWay)
  }

  #sinceAsked(): Milliseconds {
    return this.#context.sinceAsked?.() ?? Infinity
  }

  #within(act: () => void): boolean {
    if (this.#watch) return this.#watch.within(this.#pace.slice, act)
    act()
    return true
  }

  #goOn({ steps }: Run, slice: Slice): void {
    const until = performance.now() + this.#pace.slice
    do {
      const step = steps.next()
      if (step.done) {
        slice.found = step.value
        return
      }
      this.#progress.done = step.value
    } while (performance.now() < until)
  }

  /** Nothing that the rule had a part in can be gone on from. */
  #stop(rule: string | null, reason: string): void {
    if (rule === null) return this.#fail(new Error('a slice of a run took too long, and no added rule was at work'))
    this.#stopped.set(rule, `stopped: it ${reason}`)
    this.#cut()
    this.#history = noHistory()
    this.#mark = null
    this.#begin()
  }

  #tell(run: Run): void {
    const now = performance.now()
    if (now - run.told < this.#pace.tell) return
    run.told = now
    this.#context.onProgress({ ...this.#progress })
  }

  #end(run: Run, found: Found): void {
    this.#cut()
    this.#found = this.#stopped.size === 0 ? found : { ...found, inactive: new Map([...found.inactive, ...this.#stopped]) }
    this.#failures = 0
    this.#progress = { ...this.#progress, done: this.#progress.total }
    this.#asOf = this.#context.now()
    this.#notBefore = performance.now() + Math.max(this.#pace.rest, RESTS * run.worked)
    this.#context.onChange()
  }

  #fail(error: unknown): void {
    this.#cut()
    this.#history = noHistory()
    this.#mark = null
    this.#isStale = true
    this.#failures++
    this.#notBefore = performance.now() + this.#pace.rest
    this.#context.onError(error)
    this.#context.onChange()
  }
}
