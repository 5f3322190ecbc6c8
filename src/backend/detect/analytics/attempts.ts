import type { Instant, Milliseconds } from '../../../domain'
import { EpisodeTrack, type Episode, type Verdict } from '../correlate/episodes'
import { rowOf, unforgiven, type Input, type SignIn } from '../correlate/input'
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
  /**
   * Attempts of a user no longer count once that user signs in, both from sources where he also did in the 30 days before:
   * people who mistype their own password at their own place.
   */
  forgives?: true
  ofSource?: true
}

type Attempt = { time: Instant; weight: number; at: number; counted: readonly string[]; user: string; ip: string }

type KeyState = {
  values: readonly string[]
  window: SlidingWindow
  tallies: Tally[]
  track: EpisodeTrack
  /** Of a rule that forgives: the attempts that count. */
  attempts: Attempt[]
}

const SWEEP = 20_000
const MOST_ATTEMPTS = 65_536
const BETWEEN = '\0'
const SUCCEEDED = 'auth.succeeded'

const user = fieldNamed('actor')
const ip = fieldNamed('src_ip')

export function attemptDetector(rule: AttemptRule): Detector {
  const timespanMs = rule.counts[0]?.span ?? 0
  const rules = rule.forgives ? [rule.of, SUCCEEDED] : [rule.of]
  return { head: headOf(rule), rules, timespanMs, ...(rule.ofSource ? { ofSource: true } : {}), start: (found) => new RunningAttempts(rule, found) }
}

class RunningAttempts implements RunningDetector {
  readonly #rule: AttemptRule
  readonly #found: (episode: Episode) => void
  readonly #keys = new Map<string, KeyState>()
  readonly #keyFields
  readonly #countFields
  readonly #span: Milliseconds
  /** Of a rule that forgives, by user: the keys of his attempts. */
  readonly #keysOf = new Map<string, Set<string>>()
  #sinceSweep = 0

  constructor(rule: AttemptRule, found: (episode: Episode) => void) {
    this.#rule = rule
    this.#found = found
    this.#keyFields = rule.key.map(fieldNamed)
    this.#countFields = rule.counts.map(({ field }) => fieldNamed(field))
    this.#span = Math.max(...rule.counts.map(({ span }) => span))
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) {
      if (input.rules.includes(this.#rule.of)) this.#attempt(input, rowOf(input, row))
      else if (this.#rule.forgives && input.signIn) this.#forgive(input.time, input.signIn)
    }
    this.#sinceSweep += inputs.length
    const time = inputs[0]?.time
    if (this.#sinceSweep > SWEEP && time !== undefined) this.#sweep(time)
  }

  end(): void {
    for (const { track } of this.#keys.values()) track.close(this.#found)
    this.#keys.clear()
    this.#keysOf.clear()
  }

  copy(found: (episode: Episode) => void): RunningAttempts {
    const copy = new RunningAttempts(this.#rule, found)
    copy.#sinceSweep = this.#sinceSweep
    for (const [key, { values, window, tallies, track, attempts }] of this.#keys) {
      const state = { window: window.copy(), tallies: tallies.map((tally) => tally.copy()), track: track.copy(), attempts: [...attempts] }
      copy.#keys.set(key, { values, ...state })
    }
    for (const [who, keys] of this.#keysOf) copy.#keysOf.set(who, new Set(keys))
    return copy
  }

  #attempt(input: Input, row: EventRow): void {
    const values = this.#keyOf(row)
    const counted = this.#countFields.map((field) => field.first(row)?.toLowerCase())
    if (values === null || !isFull(counted)) return
    const state = this.#stateOf(values)
    const { time, weight, at } = input
    this.#moveTo(state, time)
    const attempt = { time, weight, at, counted, user: '', ip: '' }
    if (this.#rule.forgives) {
      attempt.user = user.first(row)?.toLowerCase() ?? ''
      attempt.ip = ip.first(row)?.toLowerCase() ?? ''
      this.#keep(state, attempt)
      this.#note(attempt.user, values.join(BETWEEN))
    }
    count(state, attempt)
    const verdict = this.#rule.judge(state.tallies)
    if (verdict) state.track.hold({ time, row: at, values }, state.window, verdict)
    else state.track.close(this.#found)
  }

  #keyOf(row: EventRow): readonly string[] | null {
    const values = this.#keyFields.map((field) => field.first(row)?.toLowerCase())
    return isFull(values) ? values : null
  }

  #note(who: string, key: string): void {
    const keys = this.#keysOf.get(who) ?? new Set<string>()
    this.#keysOf.set(who, keys.add(key))
  }

  #keep({ attempts }: KeyState, attempt: Attempt): void {
    const since = attempt.time - this.#span
    const first = attempts.findIndex(({ time }) => time > since)
    attempts.splice(0, first < 0 ? attempts.length : first)
    attempts.push(attempt)
    if (attempts.length > MOST_ATTEMPTS) attempts.splice(0, MOST_ATTEMPTS / 10)
  }

  #forgive(time: Instant, signIn: SignIn): void {
    if (signIn.cameFrom !== 'known') return
    for (const name of signIn.names) {
      for (const key of this.#keysOf.get(name) ?? []) {
        const state = this.#keys.get(key)
        if (state) this.#forgiveIn(state, time, signIn)
      }
    }
  }

  #forgiveIn(state: KeyState, time: Instant, signIn: SignIn): void {
    const left = unforgiven(state.attempts, signIn)
    if (left.length === state.attempts.length) return
    state.attempts = left
    state.window = new SlidingWindow()
    state.tallies = this.#rule.counts.map(({ span }) => new Tally(span))
    for (const attempt of left) count(state, attempt)
    this.#moveTo(state, time)
  }

  #stateOf(values: readonly string[]): KeyState {
    const key = values.join(BETWEEN)
    const known = this.#keys.get(key)
    if (known) return known
    const tallies = this.#rule.counts.map(({ span }) => new Tally(span))
    const state: KeyState = { values, window: new SlidingWindow(), tallies, track: new EpisodeTrack(), attempts: [] }
    this.#keys.set(key, state)
    return state
  }

  #moveTo({ window, tallies }: KeyState, time: Instant): void {
    window.evict(time - (this.#rule.counts[0]?.span ?? 0))
    for (const tally of tallies) tally.moveTo(time)
  }

  #sweep(time: Instant): void {
    this.#sinceSweep = 0
    for (const [key, state] of this.#keys) {
      this.#moveTo(state, time)
      const isIdle = state.window.isEmpty && state.tallies.every((tally) => tally.total === 0)
      if (isIdle && !state.track.isOpen) this.#keys.delete(key)
    }
    this.#keysOf.clear()
    for (const [key, { attempts }] of this.#keys) for (const attempt of attempts) this.#note(attempt.user, key)
  }
}

function count({ window, tallies }: KeyState, { time, weight, at, counted }: Attempt): void {
  window.add(time, weight, at)
  tallies.forEach((tally, i) => tally.add(time, counted[i] ?? '', weight))
}

function isFull(values: readonly (string | undefined)[]): values is readonly string[] {
  return values.every((value) => value !== undefined)
}
