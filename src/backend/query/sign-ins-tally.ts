import type { SignInCounts, SignInField, SignInTally, SignInValue } from '../../contract'
import type { Outcome } from '../../domain'
import type { RowCursor, TextColumn } from '../store'
import { FoldedTexts, Pairs } from './sign-ins-fold'

/** Values that a chart names. */
const MOST_VALUES = 12
/** More verbs than this do not make a filter that reads well. */
const MOST_VERBS = 8

const COLUMNS: Record<SignInField, TextColumn[]> = {
  user: ['actorName', 'actorEmail', 'actorId'],
  ip: ['ip'],
  method: ['authMethod', 'mfa'],
  machine: ['machineName', 'machineId'],
}

export function noCounts(): SignInCounts {
  return { failure: 0, success: 0, unknown: 0 }
}

/** Counts sign-ins by who, from where, how and to which machine. */
export class SignInTallies {
  readonly #texts: Record<SignInField, FoldedTexts>
  readonly #counts: Record<SignInField, SignInCounts[]> = { user: [], ip: [], method: [], machine: [] }
  readonly #userIp = new Pairs()
  readonly #methodUser = new Pairs()
  readonly #methodIp = new Pairs()
  readonly #machineUser = new Pairs()
  readonly #machineIp = new Pairs()
  readonly #verbs = new FoldedTexts(['actionRaw'])
  readonly #methodVerb = new Pairs()
  /** Verbs by method. */
  readonly #verbsOf = new Map<number, Set<number>>()
  readonly #methodless = new Set<number>()

  constructor() {
    this.#texts = {
      user: new FoldedTexts(COLUMNS.user),
      ip: new FoldedTexts(COLUMNS.ip),
      method: new FoldedTexts(COLUMNS.method),
      machine: new FoldedTexts(COLUMNS.machine),
    }
  }

  add(cursor: RowCursor, outcome: Outcome, weight: number): void {
    const count = (field: SignInField) => {
      const group = this.#texts[field].of(cursor)
      const counts = (this.#counts[field][group] ??= noCounts())
      counts[outcome] += weight
      return group
    }
    const user = count('user')
    const ip = count('ip')
    const method = count('method')
    const machine = count('machine')
    this.#noteVerb(method, this.#verbs.of(cursor))
    if (outcome !== 'failure') return
    this.#userIp.add(user, ip)
    this.#methodUser.add(method, user)
    this.#methodIp.add(method, ip)
    this.#machineUser.add(machine, user)
    this.#machineIp.add(machine, ip)
  }

  tallies(): SignInTally[] {
    return [
      this.#tally('user', (group) => ({ users: 1, addresses: this.#userIp.ofLeft(group), verbs: null })),
      this.#tally('ip', (group) => ({ users: this.#userIp.ofRight(group), addresses: 1, verbs: null })),
      this.#tally('method', (group) => ({
        users: this.#methodUser.ofLeft(group),
        addresses: this.#methodIp.ofLeft(group),
        verbs: this.#verbsThatMean(group),
      })),
      this.#tally('machine', (group) => ({ users: this.#machineUser.ofLeft(group), addresses: this.#machineIp.ofLeft(group), verbs: null })),
    ]
  }

  #noteVerb(method: number, verb: number): void {
    if (method === 0) {
      this.#methodless.add(verb)
      return
    }
    this.#methodVerb.add(method, verb)
    const verbs = this.#verbsOf.get(method)
    if (verbs) verbs.add(verb)
    else this.#verbsOf.set(method, new Set([verb]))
  }

  #verbsThatMean(method: number): readonly string[] | null {
    const verbs = [...(this.#verbsOf.get(method) ?? [])]
    const isOwn = verbs.every((verb) => verb !== 0 && this.#methodVerb.ofRight(verb) === 1 && !this.#methodless.has(verb))
    if (verbs.length === 0 || verbs.length > MOST_VERBS || !isOwn) return null
    return verbs.flatMap((verb) => this.#verbs.name(verb) ?? [])
  }

  #tally(field: SignInField, about: (group: number) => Pick<SignInValue, 'users' | 'addresses' | 'verbs'>): SignInTally {
    const [none, ...counts] = this.#counts[field]
    const values: SignInValue[] = mostFailed(counts).map((at) => {
      return { value: this.#texts[field].name(at + 1), ...(counts[at] ?? noCounts()), ...about(at + 1) }
    })
    if (none) values.push({ value: null, ...none, users: 0, addresses: 0, verbs: null })
    return { field, distinct: counts.length, failing: counts.filter(({ failure }) => failure > 0).length, values }
  }
}

/** Places of those to name, found without sorting the rest: of addresses there can be very many. */
function mostFailed(counts: readonly SignInCounts[]): number[] {
  const best: { at: number; count: SignInCounts }[] = []
  for (const [at, count] of counts.entries()) {
    const last = best.at(-1)
    if (last && best.length === MOST_VALUES && byFailures(last.count, count) <= 0) continue
    const place = best.findIndex((other) => byFailures(other.count, count) > 0)
    best.splice(place < 0 ? best.length : place, 0, { at, count })
    if (best.length > MOST_VALUES) best.pop()
  }
  return best.map(({ at }) => at)
}

function byFailures(a: SignInCounts, b: SignInCounts): number {
  return b.failure - a.failure || b.success - a.success || b.unknown - a.unknown
}
