import type { Instant } from '../../../../domain'
import type { Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { approverOf, groupedSlowly, momentOf, requesterOf, type Org, type Population } from '../population'
import { number } from '../words'
import { keyOf } from './key'

const DAY = 86_400_000
const MOST_APART = DAY
const SPAN = 30 * DAY
const LEAST_PAIRS = 3

type Mutual = { one: Decided; other: Decided; at: Instant }

/** Two people approve each other within a day, again and again. */
export function* reciprocal({ orgs }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  for (const org of orgs.values()) {
    const byWay = yield* groupedSlowly(org.decided, wayOf)
    for (const there of byWay.values()) {
      const [first] = there
      if (!first) continue
      const [a, b] = [requesterOf(first), approverOf(first)]
      const back = a < b ? byWay.get(`${b}\n${a}`) : undefined
      if (!back || Math.min(there.length, back.length) < LEAST_PAIRS) continue
      yield
      const pattern = judge(org, there, back)
      if (pattern) patterns.push(pattern)
    }
  }
  return patterns
}

/** Null where it is no approval of somebody else's request. */
function wayOf(one: Decided): string | null {
  const isWay = one.decision.outcome === 'approved' && approverOf(one) !== requesterOf(one)
  return isWay ? `${requesterOf(one)}\n${approverOf(one)}` : null
}

function judge(org: Org, there: Decided[], back: Decided[]): Pattern | null {
  const pairs = pairUp(there, back)
  const runs = pairs.flatMap((_, from) => (isRun(pairs, from) ? [pairs.slice(from, from + LEAST_PAIRS)] : []))
  const opened = runs[0]?.at(-1)
  const [first] = there
  if (!opened || !first) return null
  const near = [...new Set(runs.flat())]
  const requests = byAsked([...new Set(near.flatMap(({ one, other }) => [one, other]))])
  const [one, other] = [first.requester.name, first.decision.by.name].toSorted()
  const expected = (there.length * back.length) / org.decided.length
  return {
    rule: 'approval.reciprocal',
    level: 'medium',
    key: keyOf(first, one ?? '', other ?? ''),
    crossed: opened.at,
    title: `${one} and ${other} approved each other ${near.length} times`,
    words: `${near.length} times within 30 days ${one} and ${other} approved requests of each other less than 24 h apart. By the number of their approvals, ${number(expected)} such pairs would be expected in all.`,
    figures: [
      ['pairs', String(near.length)],
      ['expected', number(expected)],
      ['n', `${there.length} + ${back.length}`],
    ],
    method: 'at least 3 pairs within 30 days, each within 24 h',
    baseline: `${org.decided.length} decisions of the range`,
    ...namesOf(requests),
    requests,
    chain: null,
    hours: [],
  }
}

/** Whether enough pairs from this one on lie within the span. */
function isRun(pairs: readonly Mutual[], from: number): boolean {
  const [first, last] = [pairs[from], pairs[from + LEAST_PAIRS - 1]]
  return first !== undefined && last !== undefined && last.at - first.at <= SPAN
}

/** Each approval with the first one the other way that is near enough; each stands in one pair. */
export function pairUp(there: readonly Decided[], back: readonly Decided[]): Mutual[] {
  const sorted = (all: readonly Decided[]) => all.toSorted((a, b) => momentOf(a) - momentOf(b))
  const [ones, others] = [sorted(there), sorted(back)]
  const pairs: Mutual[] = []
  let next = 0
  for (const one of ones) {
    while (next < others.length && momentOf(others[next] ?? one) < momentOf(one) - MOST_APART) next++
    const other = others[next]
    if (!other || momentOf(other) > momentOf(one) + MOST_APART) continue
    pairs.push({ one, other, at: Math.max(momentOf(one), momentOf(other)) })
    next++
  }
  return pairs.sort((a, b) => a.at - b.at)
}
