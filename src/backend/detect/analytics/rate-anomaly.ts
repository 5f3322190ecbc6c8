import { EpisodeTrack, type Episode } from '../correlate/episodes'
import { rowOf, unforgiven, type Input, type SignIn } from '../correlate/input'
import { SlidingWindow } from '../correlate/window'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { headOf, type Detector, type RunningDetector } from './detector'

const HOUR = 3_600_000
const FAILED = 'auth.failed'
const SUCCEEDED = 'auth.succeeded'

const user = fieldNamed('actor')
const ip = fieldNamed('src_ip')

/** Of the mean over days at one hour of the day: weight of the latest day. */
const LATEST = 0.2
/** The square root below has a standard deviation of about 1. */
const ALARM = { above: 4, least: 20 }
/** Days at an hour of the day before its mean says anything. */
const LEAST_DAYS = 7

/** Far more failed sign-ins in an hour than at this hour of the day (Roberts 1959; NIST/SEMATECH 6.3.2.4). */
export const RATE_ANOMALY: Detector = {
  head: headOf({
    id: 'auth.rate_anomaly',
    title: 'Far more failed sign-ins than at this hour of the day',
    description:
      'Failed sign-ins of an hour against the days before at the same hour (UTC): square roots after Anscombe, a moving mean ' +
      'of weight 0.2, and an alarm from 4 standard deviations and 20 failures on, after at least 7 days. Failures of users who ' +
      'then sign in do not count, both from sources where they also did in the 30 days before.',
    level: 'medium',
  }),
  rules: [FAILED, SUCCEEDED],
  timespanMs: LEAST_DAYS * 24 * HOUR,
  start: (found) => new RunningRate(found),
}

/** Of one hour of the day. */
type Mean = { value: number; days: number }
type Failure = { time: number; weight: number; at: number; user: string; ip: string }

/** Failures of one hour that can be forgiven later. */
const MOST = 65_536

class RunningRate implements RunningDetector {
  readonly #found: (episode: Episode) => void
  readonly #means: (Mean | null)[] = Array.from({ length: 24 }, () => null)
  #hour = Number.NEGATIVE_INFINITY
  #window = new SlidingWindow()
  /** Of this hour, while there are not too many. */
  #failures: Failure[] = []
  #users = new Set<string>()
  #track = new EpisodeTrack()

  constructor(found: (episode: Episode) => void) {
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) {
      if (input.rules.includes(FAILED)) this.#count(input, rowOf(input, row))
      else if (input.signIn?.cameFrom === 'known') this.#forgive(input.signIn)
    }
  }

  end(): void {
    this.#track.close(this.#found)
  }

  copy(found: (episode: Episode) => void): RunningRate {
    const copy = new RunningRate(found)
    this.#means.forEach((mean, i) => (copy.#means[i] = mean))
    copy.#hour = this.#hour
    copy.#window = this.#window.copy()
    copy.#failures = [...this.#failures]
    copy.#users = new Set(this.#users)
    copy.#track = this.#track.copy()
    return copy
  }

  #count({ time, at, weight }: Input, row: EventRow): void {
    const hour = Math.floor(time / HOUR)
    if (hour !== this.#hour) this.#begin(hour)
    this.#window.add(time, weight, at)
    if (this.#failures.length < MOST) {
      const who = lower(user.first(row))
      this.#failures.push({ time, weight, at, user: who, ip: lower(ip.first(row)) })
      this.#users.add(who)
    }
    const mean = this.#means[ofDay(hour)]
    const count = this.#window.weight
    if (!mean || !isAlarm(count, mean)) return
    const usual = Math.max(0, (mean.value / 2) ** 2 - 3 / 8)
    const why = `${count} failed sign-ins in this hour; usual at this hour of the day: ${usual.toFixed(1)}`
    this.#track.hold({ time, row: at, values: [] }, this.#window, { value: count, why })
  }

  /** Ends the hour before, and all the hours without a failure since. */
  #begin(hour: number): void {
    if (Number.isFinite(this.#hour)) {
      this.#learn(ofDay(this.#hour), this.#window.weight)
      for (let i = 0; i < 24; i++) this.#idle(i, hoursBetween(this.#hour, hour, i))
    }
    this.#track.close(this.#found)
    this.#hour = hour
    this.#window = new SlidingWindow()
    this.#failures = []
    this.#users = new Set()
  }

  #forgive(signIn: SignIn): void {
    if (this.#failures.length === MOST || !signIn.names.some((name) => this.#users.has(name))) return
    const left = unforgiven(this.#failures, signIn)
    if (left.length === this.#failures.length) return
    this.#failures = left
    this.#window = new SlidingWindow()
    for (const { time, weight, at } of left) this.#window.add(time, weight, at)
  }

  #learn(of: number, count: number): void {
    const mean = this.#means[of]
    const y = root(count)
    if (!mean) this.#means[of] = { value: y, days: 1 }
    // The mean stands still during an alarm.
    else if (!isAlarm(count, mean)) this.#means[of] = { value: LATEST * y + (1 - LATEST) * mean.value, days: mean.days + 1 }
  }

  /** So many days on which nothing failed at that hour. */
  #idle(of: number, days: number): void {
    if (days <= 0) return
    const none = root(0)
    const mean = this.#means[of]
    const value = none + ((mean?.value ?? none) - none) * (1 - LATEST) ** days
    this.#means[of] = { value, days: (mean?.days ?? 0) + days }
  }
}

function lower(text: string | undefined): string {
  return (text ?? '').toLowerCase()
}

function isAlarm(count: number, { value, days }: Mean): boolean {
  return days >= LEAST_DAYS && count >= ALARM.least && root(count) - value > ALARM.above
}

/** After Anscombe: of a count with any mean, of about the same spread. */
function root(count: number): number {
  return 2 * Math.sqrt(count + 3 / 8)
}

function ofDay(hour: number): number {
  return ((hour % 24) + 24) % 24
}

/** How many hours strictly between two are this one of their days. */
function hoursBetween(from: number, to: number, of: number): number {
  const first = from + 1 + ofDay(of - from - 1)
  return first >= to ? 0 : 1 + Math.floor((to - 1 - first) / 24)
}
