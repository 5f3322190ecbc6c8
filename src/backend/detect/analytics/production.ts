import { productionTest, type Instant } from '../../../domain'
import { EpisodeTrack, type Episode, type Verdict } from '../correlate/episodes'
import { rowOf, type Input } from '../correlate/input'
import { SlidingWindow } from '../correlate/window'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { headOf, type Detector, type DetectorHead, type RunningDetector } from './detector'
import { episodeOf } from './moments'

const DAY = 24 * 3_600_000
const SUDO = 'access.sudo'
const SESSION = 'access.session'
const ROOT = 'access.command_root'

/** How long a visit counts as one that was before, and how much must be held before the first one says anything. */
const FIRST = { within: 90 * DAY, held: 30 * DAY }

const user = fieldNamed('actor')
const machine = fieldNamed('machine')

/** What is done on machines of production, as `list` names them. */
export function productionDetectors(list: string): Detector[] {
  const isProduction = remembered(productionTest(list))
  return [
    daily({ id: 'prod.sudo', title: 'sudo on a machine of production', description: ONE_A_DAY, level: 'medium' }, SUDO, isProduction),
    daily({ id: 'prod.session', title: 'Session on a machine of production', description: ONE_A_DAY, level: 'medium' }, SESSION, isProduction),
    daily({ id: 'prod.command_root', title: 'Commands as root on a machine of production', description: ONE_A_DAY, level: 'medium' }, ROOT, isProduction),
    {
      head: headOf({
        id: 'prod.first_time',
        title: 'First privileged access of a user to a machine of production',
        description:
          'sudo or commands as root, by somebody who did neither on this machine in the 90 days before; told only where at ' +
          'least 30 days before it are held.',
        level: 'high',
      }),
      rules: [SUDO, ROOT],
      timespanMs: FIRST.held,
      start: (found) => new FirstTimes(isProduction, found),
    },
  ]
}

const ONE_A_DAY = 'One finding for each user, machine and day (UTC).'

function daily(head: DetectorHead, of: string, isProduction: (machine: string) => boolean): Detector {
  return { head: headOf(head), rules: [of], timespanMs: 0, start: (found) => new Daily({ of, isProduction, found }) }
}

type Wanted = { of: string; isProduction: (machine: string) => boolean; found: (episode: Episode) => void }
type DayState = { values: readonly string[]; window: SlidingWindow; track: EpisodeTrack }

class Daily implements RunningDetector {
  readonly #wanted: Wanted
  /** Of the day, by user and machine. */
  readonly #keys = new Map<string, DayState>()
  #day = Number.NEGATIVE_INFINITY

  constructor(wanted: Wanted) {
    this.#wanted = wanted
  }

  take(inputs: readonly Input[], row: EventRow): void {
    const day = Math.floor((inputs[0]?.time ?? 0) / DAY)
    if (day !== this.#day) this.end()
    this.#day = day
    for (const input of inputs) if (input.rules.includes(this.#wanted.of)) this.#take(input, rowOf(input, row))
  }

  end(): void {
    for (const { track } of this.#keys.values()) track.close(this.#wanted.found)
    this.#keys.clear()
  }

  copy(found: (episode: Episode) => void): Daily {
    const copy = new Daily({ ...this.#wanted, found })
    for (const [key, { values, window, track }] of this.#keys) copy.#keys.set(key, { values, window: window.copy(), track: track.copy() })
    copy.#day = this.#day
    return copy
  }

  #take({ time, at, weight }: Input, row: EventRow): void {
    const values = whoWhere(row, this.#wanted.isProduction)
    if (!values) return
    const key = values.join('\0')
    const state = this.#keys.get(key) ?? { values, window: new SlidingWindow(), track: new EpisodeTrack() }
    this.#keys.set(key, state)
    state.window.add(time, weight, at)
    const { weight: value } = state.window
    state.track.hold({ time, row: at, values }, state.window, { value, why: `${value} on this day` })
  }
}

class FirstTimes implements RunningDetector {
  readonly #isProduction: (machine: string) => boolean
  readonly #found: (episode: Episode) => void
  /** Last privileged access, by user and machine. */
  readonly #last = new Map<string, Instant>()
  /** First event of any rule that was looked at. */
  #since: Instant = Number.POSITIVE_INFINITY

  constructor(isProduction: (machine: string) => boolean, found: (episode: Episode) => void) {
    this.#isProduction = isProduction
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    this.#since = Math.min(this.#since, inputs[0]?.time ?? this.#since)
    for (const input of inputs) if (input.rules.includes(SUDO) || input.rules.includes(ROOT)) this.#access(input, rowOf(input, row))
  }

  end(): void {}

  copy(found: (episode: Episode) => void): FirstTimes {
    const copy = new FirstTimes(this.#isProduction, found)
    for (const [key, last] of this.#last) copy.#last.set(key, last)
    copy.#since = this.#since
    return copy
  }

  #access(input: Input, row: EventRow): void {
    const values = whoWhere(row, this.#isProduction)
    if (!values) return
    const { time } = input
    const key = values.join('\0')
    const last = this.#last.get(key) ?? Number.NEGATIVE_INFINITY
    this.#last.set(key, time)
    if (time - this.#since < FIRST.held || time - last < FIRST.within) return
    const days = Math.min(90, Math.floor((time - this.#since) / DAY))
    const verdict: Verdict = { value: 1, why: `nothing privileged by ${values[0]} on ${values[1]} in the ${days} days before` }
    this.#found(episodeOf([input], values, verdict))
  }
}

const MOST_NAMES = 10_000

/** A long list of globs is not gone through for every event. */
function remembered(test: (machine: string) => boolean): (machine: string) => boolean {
  const known = new Map<string, boolean>()
  return (machine) => {
    const answer = known.get(machine) ?? test(machine)
    if (known.size < MOST_NAMES) known.set(machine, answer)
    return answer
  }
}

function whoWhere(row: EventRow, isProduction: (machine: string) => boolean): [user: string, machine: string] | null {
  const where = machine.first(row)
  const who = user.first(row)
  return who === undefined || where === undefined || !isProduction(where) ? null : [who.toLowerCase(), where.toLowerCase()]
}
