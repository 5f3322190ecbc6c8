import type { Instant } from '../../../domain'
import type { EventRow } from '../event-row'
import { fieldNamed, type Field } from '../fields'
import { compare, type CorrelationRule, type Operator } from '../sigma'
import { EpisodeTrack, type Episode } from './episodes'
import { rowOf, type Input } from './input'
import { LastSeen, OrderedSteps, SlidingWindow } from './window'

type KeyState = {
  values: readonly string[]
  window: SlidingWindow
  track: EpisodeTrack
  /** What the type of the rule needs beside the events themselves. */
  seen: LastSeen | null
  steps: OrderedSteps | null
  sums: SlidingWindow | null
}

/** What each correlation groups by, by its id. */
export type GroupNames = ReadonlyMap<string, readonly string[]>

/** How often keys that nothing happens to any more are let go of, in inputs. */
const SWEEP = 20_000
const BETWEEN = '\0'

/** Follows one correlation through inputs in the order of time. */
export class Correlation {
  readonly rule: CorrelationRule
  readonly #rules: ReadonlySet<string>
  readonly #keys = new Map<string, KeyState>()
  readonly #keyFields: Map<string, KeyField[]>
  readonly #valueFields: Field[]
  readonly #groupNames: GroupNames
  readonly #found: (episode: Episode) => void
  #sinceSweep = 0

  constructor(rule: CorrelationRule, groupNames: GroupNames, found: (episode: Episode) => void) {
    this.rule = rule
    this.#groupNames = groupNames
    this.#rules = new Set(rule.rules)
    this.#keyFields = new Map(rule.rules.map((id) => [id, rule.groupBy.map((name) => keyField(rule, id, name))]))
    this.#valueFields = rule.fields.map(fieldNamed)
    this.#found = found
  }

  /** Inputs of one instant, in order. Those at which the rule holds are told so, for correlations of correlations. */
  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) this.#take(input, row)
    this.#sinceSweep += inputs.length
    const time = inputs[0]?.time
    if (this.#sinceSweep > SWEEP && time !== undefined) this.#sweep(time)
  }

  /** The same as it stands now, to go on from later. */
  copy(found: (episode: Episode) => void): Correlation {
    const copy = new Correlation(this.rule, this.#groupNames, found)
    copy.#sinceSweep = this.#sinceSweep
    for (const [key, { values, window, track, seen, steps, sums }] of this.#keys) {
      const state = { window: window.copy(), track: track.copy(), seen: seen?.copy() ?? null, steps: steps?.copy() ?? null, sums: sums?.copy() ?? null }
      copy.#keys.set(key, { values, ...state })
    }
    return copy
  }

  end(): void {
    for (const { track } of this.#keys.values()) track.close(this.#found)
    this.#keys.clear()
  }

  #take(input: Input, row: EventRow): void {
    const id = input.rules.find((rule) => this.#rules.has(rule))
    if (id === undefined) return
    const values = this.#keyOf(id, input, row)
    const value = values && this.#valueOf(input, row)
    if (values === null || value === null) return
    const state = this.#stateOf(values)
    this.#forget(state, input.time)
    this.#add(state, input, value)
    if (this.rule.type !== 'temporal_ordered' || input.rules.includes(this.rule.rules.at(-1) ?? '')) this.#judge(state, input)
  }

  /** Values of the group; null where the event lacks one. */
  #keyOf(id: string, input: Input, row: EventRow): readonly string[] | null {
    const values: string[] = []
    for (const { name, field } of this.#keyFields.get(id) ?? []) {
      const level = input.levels?.get(id)
      const place = level ? (this.#groupNames.get(id)?.indexOf(name) ?? -1) : -1
      const value = place >= 0 ? level?.[place] : field.first(rowOf(input, row))
      if (value === undefined) return null
      values.push(value.toLowerCase())
    }
    return values
  }

  #valueOf(input: Input, row: EventRow): string | null {
    const texts = this.#valueFields.map((field) => field.first(rowOf(input, row)))
    if (!texts.every((text) => text !== undefined)) return null
    const value = texts.join(BETWEEN).toLowerCase()
    return this.rule.type === 'value_sum' && (value === '' || !Number.isFinite(Number(value))) ? null : value
  }

  #stateOf(values: readonly string[]): KeyState {
    const key = values.join(BETWEEN)
    const known = this.#keys.get(key)
    if (known) return known
    const { type, rules } = this.rule
    const state: KeyState = {
      values,
      window: new SlidingWindow(),
      track: new EpisodeTrack(),
      seen: type === 'value_count' || type === 'temporal' ? new LastSeen() : null,
      steps: type === 'temporal_ordered' ? new OrderedSteps(rules.length) : null,
      sums: type === 'value_sum' ? new SlidingWindow() : null,
    }
    this.#keys.set(key, state)
    return state
  }

  #forget(state: KeyState, time: Instant): void {
    const limit = time - this.rule.timespanMs
    state.window.evict(limit)
    state.seen?.evict(limit)
    state.sums?.evict(limit)
  }

  #judge(state: KeyState, input: Input): void {
    const value = this.#measure(state, input.time)
    if (value === null) {
      state.track.close(this.#found)
      return
    }
    input.rules.push(this.rule.head.id)
    input.levels ??= new Map()
    input.levels.set(this.rule.head.id, state.values)
    state.track.hold({ time: input.time, row: input.at, values: state.values }, state.window, { value })
  }

  #add({ window, seen, steps, sums }: KeyState, input: Input, value: string): void {
    window.add(input.time, input.weight, input.at)
    switch (this.rule.type) {
      case 'value_count':
        return seen?.add(value, input.time)
      case 'value_sum':
        return sums?.add(input.time, Number(value), input.at)
      case 'temporal':
        return this.rule.rules.filter((id) => input.rules.includes(id)).forEach((id) => seen?.add(id, input.time))
      case 'temporal_ordered':
        return this.#addSteps(steps, input)
      case 'event_count':
    }
  }

  /** From the last to the first, so that no event is two steps of one sequence. */
  #addSteps(steps: OrderedSteps | null, { rules, time }: Input): void {
    for (let step = this.rule.rules.length - 1; step >= 0; step--) {
      if (rules.includes(this.rule.rules[step] ?? '')) steps?.add(step, time)
    }
  }

  /** What the window comes to; null where the rule does not hold. */
  #measure({ window, seen, steps, sums }: KeyState, time: Instant): number | null {
    const { type, condition, rules, timespanMs } = this.rule
    if (type === 'temporal') return seen?.size === new Set(rules).size ? window.weight : null
    if (type === 'temporal_ordered') return steps?.holds(time, timespanMs) ? window.weight : null
    const value = type === 'event_count' ? window.weight : ((type === 'value_count' ? seen?.size : sums?.weight) ?? 0)
    return condition.every(([operator, bound]: [Operator, number]) => compare(operator, value, bound)) ? value : null
  }

  #sweep(time: Instant): void {
    this.#sinceSweep = 0
    for (const [key, state] of this.#keys) {
      this.#forget(state, time)
      if (state.window.isEmpty && !state.track.isOpen) this.#keys.delete(key)
    }
  }
}

type KeyField = { name: string; field: Field }

/** An alias names another field for each rule. */
function keyField({ aliases }: CorrelationRule, id: string, name: string): KeyField {
  return { name, field: fieldNamed(aliases.get(name)?.get(id) ?? name) }
}
