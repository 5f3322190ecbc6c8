import { isDecided, isSelf, type Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { approverOf, groupedSlowly, LEAST, momentOf, requesterOf, type Population } from '../population'
import { binomialUpper } from '../statistics/tails'
import { chance, many, number } from '../words'
import { keyOf } from './key'

/** Who asked, or who prepared a request, decided it too. */
export function* selfDecided({ window, orgs }: Population): Generator<void, Pattern[]> {
  const groups = yield* groupedSlowly(window, (one) => (isSelf(one) ? `${one.org}\n${one.decision?.by?.key ?? ''}` : null))
  return [...groups.values()].flatMap((all) => {
    const found = all.filter(isDecided)
    const own = byAsked(found)
    const [first] = own
    if (!first) return []
    const { name, key } = first.decision.by
    const org = orgs.get(first.org)
    const { n, observed, expected, p } = shareOf(org?.decided ?? own, key)
    const isPreparer = own.every(({ requester }) => requester.key !== key)
    const approved = own.filter(({ decision }) => decision.outcome === 'approved').length
    const did = approved === own.length ? 'approved' : 'decided'
    const words = isPreparer
      ? `${name} decided ${many(own.length, 'request')} that ${name} had prepared.`
      : `Of the ${many(n, 'decided request')} ${name} made, ${name} decided ${observed}.${expected === null ? '' : ` At ${name}'s share of all other decisions, ${number(expected)} would be expected.`}`
    const figures: Pattern['figures'] = [['n', String(n)], ['observed', String(observed)]]
    if (expected !== null) figures.push(['expected', number(expected)])
    if (p !== null) figures.push(['p', chance(p)])
    return {
      rule: 'approval.self',
      level: 'high',
      key: keyOf(first, name),
      crossed: momentOf(first),
      title: `${name} ${did} ${own.length === 1 ? 'an own request' : `own requests ${own.length} times`}`,
      words,
      figures: isPreparer ? [['n', String(own.length)]] : figures,
      method: p === null ? 'exact: who asked is who decided' : 'exact: who asked is who decided; binomial, one-sided',
      baseline: expected === null ? null : 'decisions on requests of others',
      ...namesOf(own),
      requests: own,
      chain: own.find(({ grant }) => grant !== null) ?? first,
      hours: [],
    }
  })
}

function shareOf(decided: readonly Decided[], person: string): { n: number; observed: number; expected: number | null; p: number | null } {
  const own = decided.filter((one) => requesterOf(one) === person)
  const observed = own.filter((one) => approverOf(one) === person).length
  const others = decided.length - own.length
  if (others < LEAST) return { n: own.length, observed, expected: null, p: null }
  const elsewhere = decided.filter((one) => requesterOf(one) !== person && approverOf(one) === person).length
  const share = elsewhere / others
  const p = own.length >= 10 && observed >= 5 ? binomialUpper(observed, own.length, share) : null
  return { n: own.length, observed, expected: share * own.length, p }
}
