import { latencyOf, type Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { approverOf, comparison, grouped, groupedSlowly, LEAST, momentOf, type Population } from '../population'
import { quantile, ascending, modifiedZ, spreadOf, type Spread } from '../statistics/spread'
import { many, number, span } from '../words'
import { keyOf } from './key'

const AT_ONCE = 10_000
const FAR = -3.5

/** Decisions that came much faster than decisions do. */
export function* quickDecisions({ decided, before }: Population): Generator<void, Pattern[]> {
  const kindOf = ({ connection, type }: Decided) => `${connection}\n${type}`
  const compared = new Map<string, { spread: Spread; isBefore: boolean } | null>()
  const window = yield* groupedSlowly(decided, kindOf)
  const earlier = yield* groupedSlowly(before, kindOf)
  for (const [kind, own] of window) {
    yield
    const { all, isBefore } = comparison({ decided: own, before: earlier.get(kind) ?? [] })
    const logs = all.flatMap((one) => lnSeconds(latencyOf(one)) ?? [])
    yield
    compared.set(kind, logs.length < LEAST ? null : { spread: spreadOf(logs), isBefore })
  }
  const found: { one: Decided; latency: number; z: number | null }[] = []
  for (const [at, one] of decided.entries()) {
    if (at % 2048 === 0) yield
    const latency = latencyOf(one)
    const ln = lnSeconds(latency)
    if (latency === null || ln === null) continue
    const against = compared.get(kindOf(one))
    const z = against ? modifiedZ(ln, against.spread) : null
    if (latency < AT_ONCE || (z !== null && z < FAR)) found.push({ one, latency, z })
  }
  yield
  const groups = grouped(found, ({ one }) => `${one.org}\n${one.type}\n${approverOf(one)}`)
  return [...groups.values()].flatMap((group): Pattern[] => {
    const own = byAsked(group.map(({ one }) => one))
    const [first] = own
    if (!first) return []
    const against = compared.get(kindOf(first))
    const { name } = first.decision.by
    const median = quantile(ascending(group.map(({ latency }) => latency)), 0.5)
    const lowest = Math.min(...group.map(({ z }) => z ?? Number.POSITIVE_INFINITY))
    const fast = group.filter(({ latency }) => latency < AT_ONCE).length
    const usual = against ? Math.exp(against.spread.median) * 1000 : null
    const figures: Pattern['figures'] = [['n', String(own.length)], ['under 10 s', String(fast)], ['median', span(median)]]
    if (usual !== null) figures.push(['usual', span(usual)])
    if (Number.isFinite(lowest)) figures.push(['lowest z', number(lowest)])
    return [
      {
        rule: 'approval.rubber_stamp.decision',
        level: 'medium',
        key: keyOf(first, name, ...(first.type === 'access' ? [] : [first.type])),
        crossed: Math.min(...own.map(momentOf)),
        title: `${name} decided ${many(own.length, 'request')} within ${span(Math.max(...group.map(({ latency }) => latency)))}`,
        words: `${many(own.length, 'decision')} of ${name} came unusually soon after the request, half of them within ${span(median)}.${usual === null ? '' : ` Half of all decisions take longer than ${span(usual)}.`}`,
        figures,
        method: 'under 10 s, or modified z of the logarithm of the time below -3.5 within the kind of request',
        baseline: against ? `${many(against.spread.n, 'decision')} ${against.isBefore ? 'of the 90 days before' : 'of the range'}` : null,
        ...namesOf(own),
        requests: own,
        chain: null,
        hours: [],
      },
    ]
  })
}

/** Nothing is faster than the clocks can tell. */
function lnSeconds(latency: number | null): number | null {
  return latency === null ? null : Math.log(Math.max(latency, 1) / 1000)
}
