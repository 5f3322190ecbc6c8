import type { Instant, Milliseconds } from '../../../domain'
import { EpisodeTrack, type Episode, type Verdict } from '../correlate/episodes'
import { rowOf, type Input } from '../correlate/input'
import { SlidingWindow } from '../correlate/window'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { headOf, type Detector, type DetectorHead, type RunningDetector } from './detector'
import { Tally } from './tally'

/** A judgement over counts of attempts in windows that slide. */
export type AttemptRule = DetectorHead & {
  /** Id of the rule whose events are the attempts. */
  of: string
  /** Fields that attempts of one window share. */
  key: readonly string[]
  /** What is counted per value, each in a window of its own; the first is the window of the finding. */
  counts: readonly { field: string; span: Milliseconds }[]
  /** Null where it does not hold. */
  judge(tallies: readonly Tally[]): Verdict | null
}

type KeyState = { values: readonly string[]; window: SlidingWindow; tallies: Tally[]; track: EpisodeTrack }

const SWEEP = 20_000
const BETWEEN = '\0'

export function attemptDetector(rule: AttemptRule): Detector {
  const timespanMs = rule.counts[0]?.span ?? 0
  return { head: headOf(rule), rules: [rule.of], timespanMs, start: (found) => new RunningAttempts(rule, found) }
}

class RunningAttempts implements RunningDetector {
  readonly #rule: AttemptRule
  readonly #found: (episode: Episode) => void
  readonly #keys = new Map<string, KeyState>()
  readonly #keyFields
  readonly #countFields
  #sinceSweep = 0

  constructor(rule: AttemptRule, found: (episode: Episode) => void) {
    this.#rule = rule
    this.#found = found
    this.#keyFields = rule.key.map(fieldNamed)
    this.#countFields = rule.counts.map(({ field }) => fieldNamed(field))
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) if (input.rules.includes(this.#rule.of)) this.#attempt(input, rowOf(input, row))
    this.#sinceSweep += inputs.length
    const time = inputs[0]?.time
    if (this.#sinceSweep > SWEEP && time !== undefined) this.#sweep(time)
  }

  end(): void {
    for (const { track } of this.#keys.values()) this.#close(track)
    this.#keys.clear()
  }

  #attempt(input: Input, row: EventRow): void {
    const values = this.#keyFields.map((field) => field.first(row)?.toLowerCase())
    const counted = this.#countFields.map((field) => field.first(row)?.toLowerCase())
    if (!isFull(values) || !isFull(counted)) return
    const state = this.#stateOf(values)
    const { time, weight, at } = input
    this.#moveTo(state, time)
    state.window.add(time, weight, at)
    state.tallies.forEach((tally, i) => tally.add(time, counted[i] ?? '', weight))
    const verdict = this.#rule.judge(state.tallies)
    if (verdict) state.track.hold({ time, row: at, values }, state.window, verdict)
    else this.#close(state.track)
  }

  #stateOf(values: readonly string[]): KeyState {
    const key = values.join(BETWEEN)
    const known = this.#keys.get(key)
    if (known) return known
    const tallies = this.#rule.counts.map(({ span }) => new Tally(span))
    const state = { values, window: new SlidingWindow(), tallies, track: new EpisodeTrack() }
    this.#keys.set(key, state)
    return state
  }

  #moveTo({ window, tallies }: KeyState, time: Instant): void {
    window.evict(time - (this.#rule.counts[0]?.span ?? 0))
    for (const tally of tallies) tally.moveTo(time)
  }

  #close(track: EpisodeTrack): void {
    const episode = track.close()
    if (episode) this.#found(episode)
  }

  #sweep(time: Instant): void {
    this.#sinceSweep = 0
    for (const [key, state] of this.#keys) {
      this.#moveTo(state, time)
      const isIdle = state.window.isEmpty && state.tallies.every((tally) => tally.total === 0)
      if (isIdle && !state.track.isOpen) this.#keys.delete(key)
    }
  }
}

function isFull(values: readonly (string | undefined)[]): values is readonly string[] {
  return values.every((value) => value !== undefined)
}
