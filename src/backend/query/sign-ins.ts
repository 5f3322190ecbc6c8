import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type Ask, type FirstSeenSources, type SignInSummary } from '../../contract'
import { knownZone, type Outcome, type TimeRange } from '../../domain'
import type { ReadableStore, RowCursor, StoreView } from '../store'
import { bucketsFor } from './buckets'
import { lowerText } from './lower'
import { FirstSeen } from './sign-ins-first-seen'
import { SignInLists } from './sign-ins-lists'
import { noCounts, SignInTallies } from './sign-ins-tally'
import { WeekHours } from './sign-ins-week'

/** Milliseconds of one turn, so that whoever else asks is answered in between, and rows between two looks at the clock. */
const TURN = 8
const LOOK = 512
/** How often reading begins anew where the store changes meanwhile; after that it is done in one turn. */
const TRIES = 3
const MOST_BUCKETS = 96
/** Summaries that are kept, of one state of the store. */
const MOST_KEPT = 8

/** The same words lead to the timeline, so that a chart counts what the timeline shows. */
const SIGN_IN = 'category:authentication action:login'
const WORKED = viewOf(`${SIGN_IN} outcome:success`, null)
const NO_TIME: TimeRange = { from: 0, to: 1 }

/** What is held of sign-ins in counts, kept until the store changes. */
export class SignInSummaries {
  readonly #store: ReadableStore
  #revision = -1
  #firstSeen: { revision: number; found: Promise<FirstSeen> } | null = null
  #kept = new Map<string, Promise<SignInSummary>>()

  constructor(store: ReadableStore) {
    this.#store = store
  }

  async summary({ range, zone }: Ask<'signin.summary'>): Promise<SignInSummary> {
    if (knownZone(zone) === null) throw new BackendFault({ code: 'bad-ask', message: 'There is no zone of that name.' })
    this.#forget()
    const key = JSON.stringify([range, zone])
    const kept = this.#kept.get(key)
    if (kept) return kept
    const made = this.#make(range, zone)
    this.#kept.set(key, made)
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '')
    made.catch(() => this.#kept.delete(key))
    return made
  }

  #forget(): void {
    if (this.#revision === this.#store.revision()) return
    this.#revision = this.#store.revision()
    this.#kept = new Map()
  }

  async #make(asked: TimeRange | null, zone: string): Promise<SignInSummary> {
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt >= TRIES
      const range = asked ?? this.#store.state().range
      const count = new Count(range, zone)
      const isWhole = range === null || (await this.#walk(viewOf(SIGN_IN, asked), isLast, (cursor) => count.add(cursor)))
      const firstSeen = isWhole ? await this.#firstSeenIn(range, isLast) : null
      if (firstSeen) return { ...count.summary(range), held: this.#store.extent(viewOf(SIGN_IN, null)), firstSeen, lists: count.lists.lists(this.#store) }
    }
  }

  /** Sources that were new to their user, some of them. */
  async firstSeen({ range: asked, ...place }: Ask<'signin.firstSeen'>): Promise<FirstSeenSources> {
    for (let attempt = 0; ; attempt++) {
      const range = asked ?? this.#store.state().range ?? NO_TIME
      const found = await this.#readWhole(attempt >= TRIES)
      if (found) return found.page({ ...place, range }, this.#store.cursor(WORKED))
    }
  }

  /** Null where the store changed meanwhile. */
  async #firstSeenIn(range: TimeRange | null, isLast: boolean): Promise<SignInSummary['firstSeen'] | null> {
    const found = await this.#readWhole(isLast)
    return found && found.within(range ?? NO_TIME, this.#store.cursor(WORKED))
  }

  /** Of all that is held; null where the store changed meanwhile. */
  async #readWhole(isLast: boolean): Promise<FirstSeen | null> {
    const revision = this.#store.revision()
    if (this.#firstSeen?.revision !== revision) this.#firstSeen = { revision, found: this.#readFirstSeen(WORKED, isLast) }
    const found = await this.#firstSeen.found
    return this.#store.revision() === revision ? found : null
  }

  async #readFirstSeen(view: StoreView, isLast: boolean): Promise<FirstSeen> {
    const found = new FirstSeen()
    await this.#walk(view, isLast, (cursor, at) => found.add(cursor, at))
    return found
  }

  /** All rows of a view, a few milliseconds at a time. False where the store changed meanwhile. */
  async #walk(view: StoreView, inOneTurn: boolean, take: (cursor: RowCursor, at: number) => void): Promise<boolean> {
    const revision = this.#store.revision()
    const cursor = this.#store.cursor(view)
    let until = performance.now() + TURN
    for (let at = 0; at < cursor.length; at++) {
      cursor.to(at)
      take(cursor, at)
      if (inOneTurn || at % LOOK !== 0 || performance.now() < until) continue
      await nextTurn()
      if (this.#store.revision() !== revision) return false
      until = performance.now() + TURN
    }
    return true
  }
}

class Count {
  readonly lists = new SignInLists()
  readonly #counts = noCounts()
  readonly #tallies = new SignInTallies()
  readonly #week: WeekHours
  readonly #buckets: SignInSummary['buckets'] & Record<Outcome, number[]>
  #secondFactors = 0

  constructor(range: TimeRange | null, zone: string) {
    const { from, step, count } = range ? bucketsFor(range, MOST_BUCKETS) : { from: 0, step: 1, count: 0 }
    const empty = () => Array.from({ length: count }, () => 0)
    this.#buckets = { from, step, failure: empty(), success: empty(), unknown: empty() }
    this.#week = new WeekHours(zone)
  }

  add(cursor: RowCursor): void {
    const outcome = outcomeOf(cursor.text('outcome'))
    const weight = cursor.number('repeat') ?? 1
    const { time } = cursor
    this.#counts[outcome] += weight
    const { from, step } = this.#buckets
    const bucket = Math.floor((time - from) / step)
    this.#buckets[outcome][bucket] = (this.#buckets[outcome][bucket] ?? 0) + weight
    this.#tallies.add(cursor, outcome, weight)
    this.lists.add(cursor, outcome, weight)
    if (outcome === 'failure') this.#week.add(time, weight)
    if (cursor.code('mfa') !== 0) this.#secondFactors += weight
  }

  summary(range: TimeRange | null): Omit<SignInSummary, 'held' | 'firstSeen' | 'lists'> {
    return {
      range,
      counts: this.#counts,
      buckets: this.#buckets,
      tallies: this.#tallies.tallies(),
      week: this.#week.cells(),
      secondFactors: this.#secondFactors,
    }
  }
}

function viewOf(query: string, range: TimeRange | null): StoreView {
  return { ...lowerText(query), range, order: 'asc' }
}

function outcomeOf(text: string | undefined): Outcome {
  return text === 'success' || text === 'failure' ? text : 'unknown'
}
