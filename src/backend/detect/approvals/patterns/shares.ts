import type { Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { approverOf, grouped, groupedSlowly, LEAST, momentOf, requesterOf, type Org, type Population } from '../population'
import { standOut } from '../statistics/false-discovery'
import { concentration } from '../statistics/spread'
import { binomialUpper } from '../statistics/tails'
import { chance, many, number, share } from '../words'
import { keyOf } from './key'

const DAY = 86_400_000
const QUARTER = 90 * DAY
const TOP_SHARE = 0.5
const RISE = 0.15
/** Of two people one has at least half. */
const LEAST_APPROVERS = 3

/** Decisions of an organisation lie with one person, or with fewer than in the quarter before. */
export function* concentrated({ orgs, range }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  for (const org of orgs.values()) {
    yield
    const pattern = concentratedIn(org, range.to)
    if (pattern) patterns.push(pattern)
  }
  return patterns
}

function concentratedIn({ decided, decidedBy: groups, history }: Org, to: number): Pattern | null {
  const [top = []] = [...groups.values()].toSorted((a, b) => b.length - a.length)
  const [first] = byAsked(top)
  if (!first || decided.length < LEAST) return null
  const part = top.length / decided.length
  const index = concentration([...groups.values()].map(({ length }) => length))
  const rise = riseOf(history, to)
  const isTop = part > TOP_SHARE && groups.size >= LEAST_APPROVERS
  if (!isTop && (rise === null || rise <= RISE)) return null
  const { name } = first.decision.by
  const isRise = rise !== null && rise > RISE
  const more = isRise ? ` In the last 90 days the concentration rose by ${number(rise)} against the 90 days before.` : ''
  return {
    rule: 'approval.concentration',
    level: isRise ? 'medium' : 'informational',
    key: keyOf(first, name),
    crossed: momentOf(first),
    title: `${name} decides ${share(part)} of the requests`,
    words: `${name} made ${top.length} of ${many(decided.length, 'decision')} of ${many(groups.size, 'approver')}, as if there were ${number(1 / index)} approvers with equal parts.${more}`,
    figures: [
      ['n', String(decided.length)],
      ['share', share(part)],
      ['HHI', number(index)],
      ['effective approvers', number(1 / index)],
      ...(isRise ? [['rise', number(rise)] satisfies [string, string]] : []),
    ],
    method: 'Herfindahl-Hirschman; share above 0.5 of three approvers or more, or a rise above 0.15 in a quarter',
    baseline: isRise ? 'the 90 days before' : null,
    ...namesOf(top),
    requests: byAsked(top),
    chain: null,
    hours: [],
  }
}

/** Null where one of the quarters has too few decisions. */
function riseOf(history: readonly Decided[], to: number): number | null {
  const quarter = (back: number) => history.filter(({ asked }) => asked >= to - (back + 1) * QUARTER && asked < to - back * QUARTER)
  const [now, before] = [quarter(0), quarter(1)]
  if (now.length < LEAST || before.length < LEAST) return null
  const index = (all: readonly Decided[]) => concentration([...grouped(all, approverOf).values()].map(({ length }) => length))
  return index(now) - index(before)
}

const LEAST_OF_PAIR = 5
const LEAST_OF_REQUESTER = 10
const FALSE = 0.01

type Pair = { own: Decided[]; n: number; expected: number; p: number }

/** One approver decides for one requester much more often than for all others. */
export function* pairs({ orgs }: Population): Generator<void, Pattern[]> {
  const tested: Pair[] = []
  /** All pairs that could have stood out, also those that never met. */
  let tests = 0
  for (const { decided, decidedBy: byApprover } of orgs.values()) {
    if (decided.length < LEAST) continue
    for (const [requester, theirs] of yield* groupedSlowly(decided, requesterOf)) {
      const others = decided.length - theirs.length
      if (theirs.length < LEAST_OF_REQUESTER || others < LEAST) continue
      yield
      tests += byApprover.size
      for (const [by, own] of grouped(theirs, approverOf)) {
        const part = ((byApprover.get(by)?.length ?? 0) - own.length) / others
        const p = binomialUpper(own.length, theirs.length, part)
        if (by !== requester) tested.push({ own, n: theirs.length, expected: part * theirs.length, p })
      }
    }
  }
  const out = standOut(tested.map(({ p }) => p), FALSE, tests)
  return tested.filter(({ own }, i) => out[i] && own.length >= LEAST_OF_PAIR).flatMap((pair) => toldPair(pair, tests) ?? [])
}

function toldPair({ own, n, expected, p }: Pair, tests: number): Pattern | null {
  const requests = byAsked(own)
  const [first] = requests
  if (!first) return null
  const [by, asked] = [first.decision.by.name, first.requester.name]
  return {
    rule: 'approval.pair',
    level: 'medium',
    key: keyOf(first, by, asked),
    crossed: momentOf(first),
    title: `${by} decided ${own.length} of ${n} requests of ${asked}`,
    words: `Of the ${n} decided requests ${asked} made, ${by} decided ${own.length}. At ${by}'s share of all other decisions, ${number(expected)} would be expected.`,
    figures: [
      ['n', String(n)],
      ['observed', String(own.length)],
      ['expected', number(expected)],
      ['p', chance(p)],
    ],
    method: `binomial, one-sided, 1 of ${many(tests, 'pair')} at 1 % false discovery`,
    baseline: 'decisions on requests of others',
    ...namesOf(own),
    requests,
    chain: null,
    hours: [],
  }
}

/** Whether any organisation has a requester of whom pairs can be told. */
export function hasPairs(orgs: Iterable<Org>): boolean {
  return [...orgs].some(({ decided }) => decided.length >= LEAST && [...grouped(decided, requesterOf).values()].some(({ length }) => length >= LEAST_OF_REQUESTER))
}
