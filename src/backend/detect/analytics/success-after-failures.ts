import type { Instant } from '../../../domain'
import { EpisodeTrack, type Episode, type Verdict } from '../correlate/episodes'
import { rowOf, type Input, type SignIn } from '../correlate/input'
import { SlidingWindow } from '../correlate/window'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { headOf, type Detector, type RunningDetector } from './detector'

const HOUR = 3_600_000
const FAILED = 'auth.failed'
const SUCCEEDED = 'auth.succeeded'

const SPAN = HOUR
/**
 * A: of the same user from the same source, where the user did not sign in from before. B: of the same user from any. C: of
 * other users from the same source.
 */
const LEAST = { same: 5, user: 10, others: 5 }

const MOST_FAILURES = 10_000
const SWEEP = 20_000
const BETWEEN = '\0'

type Failure = { time: Instant; weight: number; at: number; user: string | undefined; ip: string | undefined }

/** A sign-in that worked soon after many that failed. */
export const SUCCESS_AFTER_FAILURES: Detector = {
  head: headOf({
    id: 'auth.success_after_failures',
    title: 'Sign-in that worked after many that failed',
    description:
      'Within an hour before a sign-in, many failed: of this user, at least 5 from the same source or 10 where the user signed in ' +
      'from it in the 30 days before, or 5 of others from the same source. Failures of others do not count once they sign in too, ' +
      'both from sources where they also did in the 30 days before.',
    level: 'high',
  }),
  rules: [FAILED, SUCCEEDED],
  timespanMs: SPAN,
  start: (found) => new Successes(found),
}

class Successes implements RunningDetector {
  readonly #found: (episode: Episode) => void
  readonly #byUser = new Map<string, Failure[]>()
  readonly #byIp = new Map<string, Failure[]>()
  readonly #tracks = new Map<string, EpisodeTrack>()
  readonly #userField = fieldNamed('actor')
  readonly #ipField = fieldNamed('src_ip')
  #sinceSweep = 0

  constructor(found: (episode: Episode) => void) {
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) {
      const isFailure = input.rules.includes(FAILED)
      if (!isFailure && !input.rules.includes(SUCCEEDED)) continue
      const here = rowOf(input, row)
      const user = this.#userField.first(here)?.toLowerCase()
      const ip = this.#ipField.first(here)?.toLowerCase()
      if (isFailure) this.#fail({ time: input.time, weight: input.weight, at: input.at, user, ip })
      else if (user !== undefined) this.#succeed(input, user, ip)
    }
    this.#sinceSweep += inputs.length
    const time = inputs[0]?.time
    if (this.#sinceSweep > SWEEP && time !== undefined) this.#sweep(time)
  }

  copy(found: (episode: Episode) => void): Successes {
    const copy = new Successes(found)
    copy.#sinceSweep = this.#sinceSweep
    for (const [user, failures] of this.#byUser) copy.#byUser.set(user, [...failures])
    for (const [ip, failures] of this.#byIp) copy.#byIp.set(ip, [...failures])
    for (const [key, track] of this.#tracks) copy.#tracks.set(key, track.copy())
    return copy
  }

  end(): void {
    for (const track of this.#tracks.values()) track.close(this.#found)
    this.#tracks.clear()
  }

  #fail(failure: Failure): void {
    const { user, ip } = failure
    if (user !== undefined) keep(this.#byUser, user, failure)
    if (ip !== undefined) keep(this.#byIp, ip, failure)
  }

  #succeed({ time, at, weight, signIn }: Input, user: string, ip: string | undefined): void {
    const values = ip === undefined ? [user] : [user, ip]
    const key = values.join(BETWEEN)
    const names = [...new Set([user, ...(signIn?.names ?? [])])]
    const ofUser = names.flatMap((name) => recent(this.#byUser, name, time))
    const ofIp = ip === undefined ? [] : recent(this.#byIp, ip, time)
    const isKnown = ip === undefined || signIn?.cameFrom === 'known'
    if (isKnown && signIn) this.#forgive(ofUser, signIn, time)
    const found = judge(
      {
        same: ip === undefined ? [] : ofUser.filter((failure) => failure.ip === ip),
        user: ofUser,
        others: ofIp.filter((failure) => failure.user !== undefined && !names.includes(failure.user)),
      },
      isKnown,
    )
    const track = this.#tracks.get(key)
    if (!found) {
      if (track) track.close(this.#found)
      this.#tracks.delete(key)
      return
    }
    const window = new SlidingWindow()
    for (const failure of found.evidence) window.add(failure.time, failure.weight, failure.at)
    window.add(time, weight, at)
    const held = track ?? new EpisodeTrack()
    this.#tracks.set(key, held)
    held.hold({ time, row: at, values }, window, found.verdict)
  }

  #forgive(ofUser: readonly Failure[], { names, knows }: SignIn, time: Instant): void {
    const sources = new Set(ofUser.flatMap(({ ip }) => (ip !== undefined && knows(ip) ? ip : [])))
    for (const source of sources) forgive(recent(this.#byIp, source, time), names)
  }

  #sweep(time: Instant): void {
    this.#sinceSweep = 0
    for (const failures of [this.#byUser, this.#byIp]) {
      for (const key of failures.keys()) if (recent(failures, key, time).length === 0) failures.delete(key)
    }
  }
}

type Cases = Record<keyof typeof LEAST, readonly Failure[]>
const CASES = ['same', 'user', 'others'] as const

const WORDS: Record<keyof typeof LEAST, string> = {
  same: 'of this user from this source',
  user: 'of this user from any source',
  others: 'of other users from this source',
}

function judge(cases: Cases, isKnown: boolean): { verdict: Verdict; evidence: Failure[] } | null {
  // Who mistypes at the usual place does so a few times.
  const least = { ...LEAST, same: isKnown ? LEAST.user : LEAST.same }
  const held = CASES.filter((name) => sum(cases[name]) >= least[name])
  if (held.length === 0) return null
  const isHigh = held.some((name) => name !== 'user') || !isKnown
  const why = held.map((name) => `${sum(cases[name])} failed sign-ins ${WORDS[name]}`).join('; ')
  const first = isKnown ? '' : '; this user did not sign in from here in the 30 days before'
  const evidence = [...new Set(held.flatMap((name) => cases[name]))].toSorted((a, b) => a.time - b.time || a.at - b.at)
  const value = Math.max(...held.map((name) => sum(cases[name])))
  return { verdict: { value, level: isHigh ? 'high' : 'medium', why: `${why} in the hour before${first}` }, evidence }
}

function sum(failures: readonly Failure[]): number {
  return failures.reduce((total, { weight }) => total + weight, 0)
}

function keep(failures: Map<string, Failure[]>, key: string, failure: Failure): void {
  const held = recent(failures, key, failure.time)
  held.push(failure)
  if (held.length > MOST_FAILURES) held.splice(0, MOST_FAILURES / 10)
  failures.set(key, held)
}

/** What a person mistypes at his own place says nothing of the next one there. */
function forgive(failures: Failure[], names: readonly string[]): void {
  for (let at = failures.length - 1; at >= 0; at--) if (names.includes(failures[at]?.user ?? '')) failures.splice(at, 1)
}

/** Those in the window that ends at `time`; the others are let go of. */
function recent(failures: Map<string, Failure[]>, key: string, time: Instant): Failure[] {
  const held = failures.get(key)
  if (!held) return []
  const first = held.findIndex((failure) => failure.time > time - SPAN)
  if (first < 0) held.length = 0
  else if (first > 0) held.splice(0, first)
  return held
}
