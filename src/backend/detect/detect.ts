import type { Instant, TimeRange } from '../../domain'
import type { ReadableStore, StoreView } from '../store'
import { startDetectors, type Detector, type RunningDetector } from './analytics'
import { BoundRules } from './bound-rules'
import { Correlation } from './correlate/correlation'
import type { Episode } from './correlate/episodes'
import type { Input } from './correlate/input'
import { EventRow } from './event-row'
import { findingId, inTimeOrder, type Finding } from './finding'
import { LEVELS, type CorrelationRule, type DetectionRule, type Level, type RuleHead, type RuleSet } from './sigma'
import { whyCrossed, whyMatched } from './why'

/** Rules, and what cannot be said as a rule. */
export type Rules = Pick<RuleSet, 'detections' | 'correlations' | 'quiet'> & { detectors: readonly Detector[] }

/** Looks at all events of a range, those that others count left out; null is all time. Findings come in the order of time. */
export function detect(store: ReadableStore, rules: Rules, range: TimeRange | null): Finding[] {
  const steps = detectSteps(store, rules, range)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Gives how many events were looked at so far, and in the end what was found. */
export type Steps = Generator<number, Finding[]>

/** Events of one step. */
const STEP = 32

/** The same, a few events at a time; good until anything in the store changes. */
export function* detectSteps(store: ReadableStore, rules: Rules, range: TimeRange | null): Steps {
  return yield* new Detection(store, rules, range).steps()
}

class Detection {
  readonly #row: EventRow
  readonly #length: number
  readonly #bound: BoundRules
  readonly #correlations: Correlation[]
  readonly #detectors: RunningDetector[]
  /** Rules that correlations or detectors join, and rules that tell what they find. */
  readonly #joined: ReadonlySet<string>
  readonly #quiet: ReadonlySet<string>
  readonly #findings: Finding[] = []
  /** First instant that was looked at. */
  readonly #from: Instant
  /** Inputs of one instant. */
  #inputs: Input[] = []

  constructor(store: ReadableStore, rules: Rules, range: TimeRange | null) {
    const view: StoreView = { filter: { kind: 'all' }, range, order: 'asc', companions: false }
    const cursor = store.cursor(view)
    this.#length = cursor.length
    this.#row = new EventRow(cursor)
    this.#bound = new BoundRules(rules.detections)
    this.#from = Math.max(range?.from ?? Number.NEGATIVE_INFINITY, store.extent({ ...view, range: null })?.from ?? 0)
    const groupNames = new Map(rules.correlations.map(({ head, groupBy }) => [head.id, groupBy]))
    const levels = levelsOf(rules)
    this.#correlations = rules.correlations.map((rule) => {
      return new Correlation(rule, groupNames, (episode) => this.#crossed(rule, levels.get(rule.head.id) ?? 'informational', episode))
    })
    this.#detectors = startDetectors(rules.detectors, (detector, episode) => this.#told(detector, episode))
    this.#joined = new Set([...rules.correlations, ...rules.detectors].flatMap((joining) => joining.rules))
    this.#quiet = rules.quiet
  }

  *steps(): Steps {
    const row = this.#row
    for (let at = 0; at < this.#length; at++) {
      if (at > 0 && at % STEP === 0) yield at
      row.to(at)
      if (this.#inputs.length > 0 && this.#inputs[0]?.time !== row.time) {
        this.#flush()
        row.to(at)
      }
      const matches = this.#bound.matches(row)
      if (matches.length > 0) this.#matched(matches)
    }
    this.#flush()
    for (const correlation of this.#correlations) correlation.end()
    for (const detector of this.#detectors) detector.end()
    return inTimeOrder(this.#findings)
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
    this.#inputs.push({ at, time, sequence: row.cursor.sequence, weight: row.repeat, rules, levels: null })
  }

  #flush(): void {
    const inputs = this.#inputs.length > 1 ? this.#ordered(this.#inputs) : this.#inputs
    if (inputs.length === 0) return
    this.#inputs = []
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
    const highest = Math.max(0, ...rules.map((id) => LEVELS.indexOf(levels.get(id) ?? 'informational')))
    levels.set(head.id, head.level ?? LEVELS[highest] ?? 'informational')
  }
  return levels
}
