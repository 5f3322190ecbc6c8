import type { Instant } from '../../../domain'
import { rowOf, type Input, type SignIn } from '../correlate/input'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { networkOf } from '../sigma/address'

const DAY = 24 * 3_600_000
/** How long a source, and a network, that the user signed in from before is known. */
const KNOWN = { source: 30 * DAY, network: 90 * DAY }
/** A user of whom so little is known comes from nowhere new. */
const LEAST = { signIns: 10, span: 14 * DAY }
/** Bits that a network has in common. */
const NETWORK = { four: 24, six: 48 }
/** Of fewer users an office is most. */
const PROXY = { users: 10, share: 0.6 }
const NAMES = ['actorName', 'actorEmail', 'actorId'] as const
const MOST_NAMES = 8
const SUCCEEDED = 'auth.succeeded'
const SWEEP = 20_000

type Memory = {
  /** All that the user was called so far; some sign-ins tell the name alone. */
  names: string[]
  first: Instant
  signIns: number
  /** Last sign-in by source and by network. */
  sources: Map<string, Instant>
  networks: Map<string, Instant>
}

/** Remembers where users signed in from, and notes on each sign-in that worked whether they did before. */
export class SignInMemory {
  readonly #users = new Map<string, Memory>()
  readonly #userField = fieldNamed('actor')
  readonly #ipField = fieldNamed('src_ip')
  #sinceSweep = 0
  #last: Instant = 0

  /** Inputs of one instant, in order. */
  note(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) if (input.rules.includes(SUCCEEDED)) input.signIn = this.#signIn(input, rowOf(input, row))
    const time = inputs[0]?.time
    if (this.#sinceSweep > SWEEP && time !== undefined) this.#sweep(time)
  }

  /** Why what one source does says nothing, where nearly everybody comes from one: a proxy in front of the server. Else null. */
  sharedSource(): string | null {
    const since = this.#last - KNOWN.source
    const users = new Map<string, number>()
    let all = 0
    for (const { sources } of this.#users.values()) {
      const recent = [...sources].filter(([, last]) => isWithin(last, since))
      if (recent.length > 0) all++
      for (const [source] of recent) users.set(source, (users.get(source) ?? 0) + 1)
    }
    if (all < PROXY.users) return null
    for (const [source, count] of users) {
      if (count > PROXY.share * all) return `${count} of ${all} users signed in from ${source} in the last 30 days: it looks like a proxy`
    }
    return null
  }

  copy(): SignInMemory {
    const copy = new SignInMemory()
    copy.#sinceSweep = this.#sinceSweep
    copy.#last = this.#last
    for (const [user, { names, sources, networks, ...memory }] of this.#users) {
      copy.#users.set(user, { ...memory, names: [...names], sources: new Map(sources), networks: new Map(networks) })
    }
    return copy
  }

  #signIn({ time }: Input, row: EventRow): SignIn {
    const user = this.#userField.first(row)?.toLowerCase()
    const ip = this.#ipField.first(row)?.toLowerCase()
    const called = NAMES.flatMap((column) => row.text(column)?.toLowerCase() ?? [])
    if (user === undefined || ip === undefined) return { cameFrom: 'other', names: called, knows: () => false }
    this.#sinceSweep++
    this.#last = time
    const memory: Memory = this.#users.get(user) ?? { names: [], first: time, signIns: 0, sources: new Map(), networks: new Map() }
    this.#users.set(user, memory)
    for (const name of called) if (memory.names.length < MOST_NAMES && !memory.names.includes(name)) memory.names.push(name)
    const network = networkOf(ip, NETWORK) ?? ip
    const isOften = memory.signIns >= LEAST.signIns && time - memory.first >= LEAST.span && row.text('actorKind') !== 'service'
    const { names, sources } = memory
    const since = time - KNOWN.source
    const isKnown = isWithin(sources.get(ip), since)
    const isNetwork = isWithin(memory.networks.get(network), time - KNOWN.network)
    memory.signIns++
    sources.set(ip, time)
    memory.networks.set(network, time)
    return { cameFrom: isKnown ? 'known' : isOften && !isNetwork ? 'new' : 'other', names, knows: (source) => isWithin(sources.get(source), since) }
  }

  #sweep(time: Instant): void {
    this.#sinceSweep = 0
    for (const { sources, networks } of this.#users.values()) {
      for (const [source, last] of sources) if (!isWithin(last, time - KNOWN.source)) sources.delete(source)
      for (const [network, last] of networks) if (!isWithin(last, time - KNOWN.network)) networks.delete(network)
    }
  }
}

function isWithin(last: Instant | undefined, since: Instant): boolean {
  return last !== undefined && last >= since
}
