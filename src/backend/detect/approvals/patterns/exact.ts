import type { Instant } from '../../../../domain'
import type { Decided, RoleChange } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { approverOf, grouped, groupedSlowly, momentOf, requesterOf, type Population } from '../population'
import { list, many } from '../words'
import { keyOf } from './key'

const DAY = 86_400_000
const FRESH = 7 * DAY
const RULING = /admin|owner|root|approv/i

/** A decision came from the address that its request came from. */
export function* sameSource({ decided }: Population): Generator<void, Pattern[]> {
  const isSame = (one: Decided) => one.ip !== null && one.decision.ip === one.ip && approverOf(one) !== requesterOf(one)
  const groups = yield* groupedSlowly(decided, (one) => (isSame(one) ? pairOf(one) : null))
  return [...groups.values()].flatMap((group) => {
    const own = byAsked(group)
    const [first] = own
    if (!first) return []
    const [by, asked] = [first.decision.by.name, first.requester.name]
    const sources = [...new Set(own.flatMap(({ ip }) => ip ?? []))]
    return {
      rule: 'approval.same_source',
      level: 'high',
      key: keyOf(first, by, asked),
      crossed: momentOf(first),
      title: `${by} decided from the address that ${asked} asked from`,
      words: `${many(own.length, 'decision')} of ${by} came from the same address as the request of ${asked}: ${list(sources)}.`,
      figures: [['n', String(own.length)]],
      method: 'exact: same address, different people',
      baseline: null,
      ...namesOf(own),
      requests: own,
      chain: first,
      hours: [],
    }
  })
}

/** Whoever decides got the role for it shortly before, from the one who asked. */
export function* freshApprover({ decided, ledger }: Population): Generator<void, Pattern[]> {
  const changes = grouped(ledger.roleChanges.filter(({ by, role }) => by !== null && RULING.test(role)), ({ to }) => to.key)
  const changeOf = (one: Decided) => changes.get(approverOf(one))?.find((role) => isFrom(role, one))
  const groups = yield* groupedSlowly(decided, (one) => (changeOf(one) ? pairOf(one) : null))
  return [...groups.values()].flatMap((group) => {
    const own = byAsked(group)
    const [first] = own
    const change = first && changeOf(first)
    if (!first || !change) return []
    const [by, asked] = [first.decision.by.name, first.requester.name]
    return {
      rule: 'approval.fresh_approver',
      level: 'high',
      key: keyOf(first, by, asked),
      crossed: momentOf(first),
      title: `${asked} made ${by} an approver and asked ${by}`,
      words: `${asked} gave ${by} the role ${change.role}, and within 7 days ${by} decided ${many(own.length, 'request')} of ${asked}.`,
      figures: [['n', String(own.length)], ['role', change.role]],
      method: 'exact: role at most 7 days old, given by who asked',
      baseline: null,
      ...namesOf(own),
      requests: own,
      chain: first,
      hours: [],
    }
  })
}

function pairOf(one: Decided): string {
  return `${one.org}\n${approverOf(one)}\n${requesterOf(one)}`
}

function isFrom({ at, by }: RoleChange, one: Decided): boolean {
  const decided: Instant = momentOf(one)
  return by?.key === requesterOf(one) && at <= decided && decided - at <= FRESH
}
