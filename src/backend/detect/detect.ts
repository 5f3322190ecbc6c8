import type { Instant, TimeRange } from '../../domain'
import type { ReadableStore, StoreView } from '../store'
import type { Detector, RunningDetector } from './analytics'
import { SignInMemory } from './analytics/sign-in-memory'
import { BoundRules } from './bound-rules'
import { Correlation } from './correlate/correlation'
import type { Episode } from './correlate/episodes'
import type { Input } from './correlate/input'
import { EventRow } from './event-row'
import { plannedRows, thinOut, type History } from './history'
import { findingId, inTimeOrder, levelRank, type Finding } from './finding'
import type { RuleWatch } from './rule-watch'
import { LEVELS, type CorrelationRule, type DetectionRule, type Level, type RuleHead, type RuleSet } from './sigma'
import { withSurveys, type Survey } from './survey'
import { whyCrossed, whyMatched } from './why'

/** Rules, and what cannot be said as a rule. */
export type Rules = Pick<RuleSet, 'detections' | 'correlations' | 'quiet'> & { detectors: readonly Detector[]; surveys?: readonly Survey[] }

/** Looks at all events of a range, those that others count left out; null is all time. Findings come in the order of time. */
export function detect(store: ReadableStore, rules: Rules, range: TimeRange | null): Finding[] {
  const steps = withSurveys(new Detection({ store, rules, range, history: null }).steps(), { surveys: rules.surveys ?? [], store, range })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value.findings
  }
}

/** What was found, and rules of which nothing can be told, with the reason. */
export type Found = { findings: Finding[]; inactive: ReadonlyMap<string, string> }

/** Gives how many events were looked at so far, and in the end what was found. */
export type Steps = Generator<number, Found>

/** Events of one step. */
const STEP = 32

/**
 * Looks at all events, a few at a time; good until anything in the store changes. It goes on from the last checkpoint of
 * the history, and leaves checkpoints there itself.
 */
export function detectSteps(store: ReadableStore, rules: Rules, more: Following): Steps {
  return withSurveys(new Detection({ store, rules, range: null, ...more }).steps(), { surveys: rules.surveys ?? [], store, range: null })
}

type Following = { history: History; watch?: RuleWatch | null }
type Looking = { store: ReadableStore; rules: Rules; range: TimeRange | null; history: History | null; watch?: RuleWatch | null }

class Detection {
  readonly #row: EventRow
  readonly #length: number
  readonly #bound: BoundRules
  readonly #correlations: Correlation[]
  readonly #detectors: RunningDetector[]
  /** Rules that correlations or detectors join, and rules that tell what they find. */
  readonly #joined: ReadonlySet<string>
  readonly #quiet: ReadonlySet<string>
  readonly #findings: Finding[]
  readonly #memory: SignInMemory
  readonly #history: History | null
  /** Rows before which a checkpoint is left, and which of them is next. */
  readonly #planned: readonly number[]
  #next = 0
  /** Rows that the history has looked at already, and the time of the last one. */
  readonly #start: number
  #last: Instant
  readonly #perSource: readonly string[]
  /** First instant that was looked at. */
  readonly #from: Instant
  /** Inputs of one instant. */
  #inputs: Input[] = []

  constructor({ store, rules, range, history, watch = null }: Looking) {
    const view: StoreView = { filter: { kind: 'all' }, range, order: 'asc', companions: false }
    const cursor = store.cursor(view)
    this.#length = cursor.length
    this.#row = new EventRow(cursor)
    this.#bound = new BoundRules(rules.detections, watch)
    this.#from = Math.max(range?.from ?? Number.NEGATIVE_INFINITY, store.extent({ ...view, range: null })?.from ?? 0)
    const groupNames = new Map(rules.correlations.map(({ head, groupBy }) => [head.id, groupBy]))
    const levels = levelsOf(rules)
    const from = history?.checkpoints.at(-1)
    this.#history = history
    this.#planned = history ? plannedRows(store, view) : []
    const { done, last, told, memory } = from ?? NOTHING
    this.#start = done
    this.#last = last
    this.#findings = history?.told ?? []
    this.#findings.length = told
    this.#memory = memory?.copy() ?? new SignInMemory()
    this.#correlations = rules.correlations.map((rule, i) => {
      const found = (episode: Episode) => this.#crossed(rule, levels.get(rule.head.id) ?? 'informational', episode)
      return from?.correlations[i]?.copy(found) ?? new Correlation(rule, groupNames, found)
    })
    this.#detectors = rules.detectors.map((detector, i) => {
      const found = (episode: Episode) => this.#told(detector, episode)
      return from?.detectors[i]?.copy(found) ?? detector.start(found)
    })
    this.#perSource = perSource(rules)
    this.#joined = new Set([...rules.correlations, ...rules.detectors].flatMap((joining) => joining.rules))
    this.#quiet = rules.quiet
  }

  *steps(): Steps {
    const row = this.#row
    while ((this.#planned[this.#next] ?? Number.POSITIVE_INFINITY) <= this.#start) this.#next++
    for (let at = this.#start; at < this.#length; at++) {
      if (at > this.#start && at % STEP === 0) yield at
      row.to(at)
      if (this.#last !== row.time) {
        this.#flush()
        if (this.#isDue(at)) yield* this.#keep(at)
        row.to(at)
        this.#last = row.time
      }
      const matches = this.#bound.matches(row)
      if (matches.length > 0) this.#matched(matches)
    }
    this.#flush()
    if (this.#length > this.#start) yield* this.#keep(this.#length)
    if (this.#history) thinOut(this.#history, this.#planned)
    for (const correlation of this.#correlations) correlation.end()
    for (const detector of this.#detectors) detector.end()
    return this.#found()
  }

  #isDue(at: number): boolean {
    return at > this.#start && at >= (this.#planned[this.#next] ?? Number.POSITIVE_INFINITY)
  }

  /** Between two instants: what is known by now, a rule at a time where that takes long. */
  *#keep(done: number): Generator<number, void> {
    while ((this.#planned[this.#next] ?? Number.POSITIVE_INFINITY) <= done) this.#next++
    if (!this.#history) return
    const rest = pauses(done)
    const kept = { done, last: this.#last, told: this.#findings.length, memory: this.#memory.copy() }
    const correlations: Correlation[] = []
    const detectors: RunningDetector[] = []
    for (const correlation of this.#correlations) {
      yield* rest()
      correlations.push(correlation.copy(ignore))
    }
    for (const detector of this.#detectors) {
      yield* rest()
      detectors.push(detector.copy(ignore))
    }
    this.#history.checkpoints.push({ ...kept, correlations, detectors })
  }

  #found(): Found {
    const shared = this.#memory.sharedSource()
    const inactive = new Map(shared === null ? [] : this.#perSource.map((id): [string, string] => [id, shared]))
    return { findings: inTimeOrder(this.#findings.filter(({ rule }) => !inactive.has(rule))), inactive }
  }

  #matched(matches: readonly DetectionRule[]): void {
    const row = this.#row
    const rules: string[] = []
    for (const rule of matches) {
      const { id } = rule.head
      if (!this.#quiet.has(id)) this.#findings.push(matchFinding(rule, row))
      if (this.#joined.has(id)) rules.push(id)
    }
    if (rules.length === 0) return
    const { at, time } = row
    this.#inputs.push({ at, time, sequence: row.cursor.sequence, weight: row.repeat, rules, levels: null, signIn: null })
  }

  #flush(): void {
    const inputs = this.#inputs.length > 1 ? this.#ordered(this.#inputs) : this.#inputs
    if (inputs.length === 0) return
    this.#inputs = []
    this.#memory.note(inputs, this.#row)
    for (const correlation of this.#correlations) correlation.take(inputs, this.#row)
    for (const detector of this.#detectors) detector.take(inputs, this.#row)
  }

  /** Events of one instant: in the order of their source, then by key, which is the same wherever they are held. */
  #ordered(inputs: Input[]): Input[] {
    const keys = new Map(inputs.map(({ at }) => [at, this.#keyOf(at)]))
    const keyOf = ({ at }: Input) => keys.get(at) ?? ''
    return inputs.toSorted((a, b) => a.sequence - b.sequence || (keyOf(a) < keyOf(b) ? -1 : 1))
  }

  #keyOf(at: number): string {
    if (this.#row.at !== at) this.#row.to(at)
    return this.#row.key()
  }

  #crossed(rule: CorrelationRule, level: Level, episode: Episode): void {
    if (this.#quiet.has(rule.head.id)) return
    this.#push(rule, { ...episode, level, why: whyCrossed(rule, episode) })
  }

  #told(detector: Detector, episode: Episode): void {
    this.#push(detector, { ...episode, level: episode.level ?? detector.head.level ?? 'informational', why: episode.why ?? '' })
  }

  #push({ head, timespanMs }: { head: RuleHead; timespanMs: number }, episode: Episode & { level: Level; why: string }): void {
    const { level, values, start, crossed, end, value, events, first, last, why } = episode
    const key = values.join(', ')
    const sample = [...new Set([...first, ...last])].map((at) => this.#keyOf(at))
    this.#findings.push({
      id: findingId(head.id, key, crossed),
      rule: head.id,
      level,
      title: head.title,
      key,
      start,
      crossed,
      end,
      peak: value,
      events,
      sample,
      why,
      ...(start - this.#from < timespanMs ? { mayBeginEarlier: true } : {}),
    })
  }
}

/** Milliseconds that copying takes in one go. */
const COPYING = 4

/** Yields where the time for one go is over. */
function pauses(done: number): () => Generator<number, void> {
  let began = performance.now()
  return function* () {
    if (performance.now() - began < COPYING) return
    yield done
    began = performance.now()
  }
}

const NOTHING = { done: 0, last: Number.NEGATIVE_INFINITY, told: 0, memory: null }

function ignore(): void {}

/** Own rules that count what one source does. */
function perSource({ correlations, detectors }: Rules): string[] {
  const counting = correlations.filter(({ head, groupBy }) => head.place === 'own' && groupBy.includes('src_ip'))
  return [...counting, ...detectors.filter(({ ofSource }) => ofSource)].map(({ head }) => head.id)
}

function matchFinding(rule: DetectionRule, row: EventRow): Finding {
  const { id, level, title } = rule.head
  const { time } = row
  const key = row.key()
  return {
    id: findingId(id, key, time),
    rule: id,
    level: level ?? 'informational',
    title,
    key,
    start: time,
    crossed: time,
    end: time,
    peak: 1,
    events: 1,
    sample: [key],
    why: whyMatched(rule, row),
  }
}

/** A correlation's own level, else the highest of the rules it joins. */
function levelsOf({ detections, correlations }: Rules): Map<string, Level> {
  const levels = new Map(detections.map(({ head }): [string, Level] => [head.id, head.level ?? 'informational']))
  for (const { head, rules } of correlations) {
    const highest = Math.max(0, ...rules.map((id) => levelRank(levels.get(id) ?? 'informational')))
    levels.set(head.id, head.level ?? LEVELS[highest] ?? 'informational')
  }
  return levels
}
