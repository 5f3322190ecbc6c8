import type { Instant } from '../../../domain'
import type { Episode } from '../correlate/episodes'
import { rowOf, type Input } from '../correlate/input'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { networkOf } from '../sigma/address'
import { headOf, type Detector, type RunningDetector } from './detector'
import { episodeOf, type Place } from './moments'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SUCCEEDED = 'auth.succeeded'
const CREATED = 'token.created'

const user = fieldNamed('actor')
const ip = fieldNamed('src_ip')

/** A sign-in from a network that the user never came from; who rarely signs in comes from nowhere new. */
export const NEW_SOURCE: Detector = {
  head: headOf({
    id: 'auth.new_source',
    title: 'Sign-in from a network that is new for the user',
    description:
      'The /24 (version 4) or /48 (version 6) is unseen for the user in 90 days, and the user signed in at least 10 times ' +
      'over at least 14 days before. Service accounts are left out.',
    level: 'low',
  }),
  rules: [SUCCEEDED],
  timespanMs: 0,
  start: (found) => new NewSources(found),
}

class NewSources implements RunningDetector {
  readonly #found: (episode: Episode) => void

  constructor(found: (episode: Episode) => void) {
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) {
      if (input.signIn?.cameFrom !== 'new') continue
      const here = rowOf(input, row)
      const values = [user.first(here) ?? '', ip.first(here) ?? ''].map((value) => value.toLowerCase())
      this.#found(episodeOf([input], values, { value: 1, why: `${values[0]} did not sign in from the network of ${values[1]} in the 90 days before` }))
    }
  }

  end(): void {}

  copy(found: (episode: Episode) => void): NewSources {
    return new NewSources(found)
  }
}

/** What somebody who took an account does to keep it. */
export const TOKEN_AFTER_NEW_SOURCE: Detector = {
  head: headOf({
    id: 'token.created_after_new_source',
    title: 'Token or key created after a sign-in from a new network',
    description: 'Within an hour after a sign-in from a network that is new for the user, the user creates a token or key.',
    level: 'high',
  }),
  rules: [SUCCEEDED, CREATED],
  timespanMs: HOUR,
  start: (found) => new TokensAfter(found),
}

class TokensAfter implements RunningDetector {
  readonly #found: (episode: Episode) => void
  /** Last sign-in from a new network, by user. */
  readonly #signIns = new Map<string, Place>()

  constructor(found: (episode: Episode) => void) {
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) {
      const isNew = input.signIn?.cameFrom === 'new'
      if (!isNew && !input.rules.includes(CREATED)) continue
      const who = user.first(rowOf(input, row))?.toLowerCase()
      if (who === undefined) continue
      if (isNew) this.#signIns.set(who, { time: input.time, at: input.at })
      else this.#created(who, input)
    }
  }

  end(): void {}

  copy(found: (episode: Episode) => void): TokensAfter {
    const copy = new TokensAfter(found)
    for (const [who, place] of this.#signIns) copy.#signIns.set(who, place)
    return copy
  }

  #created(who: string, input: Input): void {
    const signIn = this.#signIns.get(who)
    if (!signIn) return
    if (input.time - signIn.time >= HOUR) {
      this.#signIns.delete(who)
      return
    }
    const minutes = Math.round((input.time - signIn.time) / MINUTE)
    this.#found(episodeOf([signIn, input], [who], { value: 1, why: `a token or key ${minutes} minutes after a sign-in from a new network` }))
  }
}

const APART = 10 * MINUTE
/** Bits that two networks of one place have in common. */
const REGION = { four: 16, six: 32 }

/** Travel that nobody can have made, as far as can be told without a map. */
export const TWO_NETWORKS: Detector = {
  head: headOf({
    id: 'auth.impossible_travel',
    title: 'One user signs in from two far networks within minutes',
    description:
      'Two sign-ins that worked, from different /16 (version 4) or /32 (version 6), at most 10 minutes apart, unless the user came ' +
      'from both addresses in the 30 days before, as from an office and a telephone. Networks say little of places. Service accounts ' +
      'are left out.',
    level: 'low',
  }),
  rules: [SUCCEEDED],
  timespanMs: APART,
  start: (found) => new TwoNetworks(found),
}

type SignIn = Place & { network: string; ip: string; isUsual: boolean }

class TwoNetworks implements RunningDetector {
  readonly #found: (episode: Episode) => void
  /** The last one by user. */
  readonly #last = new Map<string, SignIn>()
  #swept: Instant = 0

  constructor(found: (episode: Episode) => void) {
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) if (input.rules.includes(SUCCEEDED)) this.#signIn(input, rowOf(input, row))
    const time = inputs[0]?.time ?? 0
    if (time - this.#swept > HOUR) this.#sweep(time)
  }

  end(): void {}

  copy(found: (episode: Episode) => void): TwoNetworks {
    const copy = new TwoNetworks(found)
    for (const [who, signIn] of this.#last) copy.#last.set(who, signIn)
    copy.#swept = this.#swept
    return copy
  }

  #signIn({ time, at, signIn }: Input, row: EventRow): void {
    const who = user.first(row)?.toLowerCase()
    const from = ip.first(row)?.toLowerCase()
    const network = from === undefined ? null : networkOf(from, REGION)
    if (who === undefined || from === undefined || network === null || row.text('actorKind') === 'service') return
    const before = this.#last.get(who)
    const here = { time, at, network, ip: from, isUsual: signIn?.cameFrom === 'known' }
    this.#last.set(who, here)
    // Two versions of an address say nothing of each other.
    const isOther = before && before.network !== network && before.ip.includes(':') === from.includes(':')
    if (!isOther || time - before.time > APART || (before.isUsual && here.isUsual)) return
    const minutes = Math.round((time - before.time) / MINUTE)
    this.#found(episodeOf([before, here], [who], { value: 2, why: `from ${before.ip} and ${minutes} minutes later from ${from}` }))
  }

  #sweep(time: Instant): void {
    this.#swept = time
    for (const [who, last] of this.#last) if (time - last.time > APART) this.#last.delete(who)
  }
}
