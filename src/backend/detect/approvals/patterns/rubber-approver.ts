import { latencyOf, type Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { approverOf, comparison, groupedSlowly, LEAST, momentOf, type Population } from '../population'
import { standOut } from '../statistics/false-discovery'
import { ascending, quantile } from '../statistics/spread'
import { fisherUpper } from '../statistics/tails'
import { chance, count, many, share, span } from '../words'
import { keyOf } from './key'

export const FAST = 30_000
const FALSE = 0.01
const NEVER_NO = { n: 30, p: 0.01 }

/** Decisions of one approver, or of all: how many have a latency, are fast, or are a no. */
type Tally = { decisions: number; timed: number; fast: number; rejected: number }

type Tested = {
  own: readonly Decided[]
  n: number
  fast: number
  others: readonly Decided[]
  othersTimed: number
  othersFast: number
  isBefore: boolean
  /** Null where there are too few to tell. */
  p: number | null
  /** Chance of so many decisions without a no; null where some were, or where there are too few. */
  neverNo: number | null
}

/** People who decide much faster than others, or never say no. */
export function* rubberStamps({ orgs }: Population): Generator<void, Pattern[]> {
  const tested: Tested[] = []
  for (const org of orgs.values()) {
    const kinds = yield* groupedSlowly(org.decided, ({ type }) => type)
    const before = yield* groupedSlowly(org.before, ({ type }) => type)
    for (const [kind, decided] of kinds) {
      const { all, isBefore } = comparison({ decided, before: before.get(kind) ?? [] })
      const total = tallyOf(all)
      const byApprover = yield* groupedSlowly(all, approverOf)
      for (const [by, own] of yield* groupedSlowly(decided, approverOf)) {
        yield
        tested.push({ ...test(own, { total, same: tallyOf(byApprover.get(by) ?? []) }), others: all, isBefore })
      }
    }
  }
  const asked = tested.filter(({ p }) => p !== null)
  const out = standOut(asked.map(({ p }) => p ?? 1), FALSE)
  const stamps = new Set(asked.filter((_, i) => out[i]))
  const found = tested.filter((one) => stamps.has(one) || (one.neverNo !== null && one.neverNo < NEVER_NO.p))
  return found.flatMap((one) => told(one, { isFast: stamps.has(one), tests: asked.length }) ?? [])
}

function tallyOf(decided: readonly Decided[]): Tally {
  const tally = { decisions: decided.length, timed: 0, fast: 0, rejected: 0 }
  for (const one of decided) {
    const latency = latencyOf(one)
    if (latency !== null) tally.timed++
    if (latency !== null && latency < FAST) tally.fast++
    if (one.decision.outcome === 'rejected') tally.rejected++
  }
  return tally
}

/** `same`: what the approver has in what it is compared with. */
function test(own: readonly Decided[], { total, same }: { total: Tally; same: Tally }): Omit<Tested, 'others' | 'isBefore'> {
  const { timed: n, fast, rejected } = tallyOf(own)
  const [others, othersFast] = [total.timed - same.timed, total.fast - same.fast]
  const p = n < LEAST || others < LEAST ? null : fisherUpper(fast, { all: n + others, marked: fast + othersFast, drawn: n })
  const isNever = own.length >= NEVER_NO.n && rejected === 0 && total.decisions >= LEAST
  const neverNo = isNever ? (1 - total.rejected / total.decisions) ** own.length : null
  return { own, n, fast, othersTimed: others, othersFast, p, neverNo }
}

function told(tested: Tested, { isFast, tests }: { isFast: boolean; tests: number }): Pattern | null {
  const { own, others, othersTimed, isBefore, neverNo } = tested
  const requests = byAsked(own)
  const [first] = requests
  if (!first) return null
  const { name } = first.decision.by
  return {
    rule: 'approval.rubber_stamp.approver',
    level: 'medium',
    key: keyOf(first, name, ...(first.type === 'access' ? [] : [first.type])),
    crossed: Math.min(...own.map(momentOf)),
    ...(isFast ? toldFast(tested, name) : toldNever(tested, name)),
    figures: figuresOf(tested, { isFast, others: others.filter((one) => approverOf(one) !== approverOf(first)) }),
    method: isFast
      ? `Fisher, one-sided, ${tests === 1 ? '1 approver' : `${tests} approvers`} at 1 % false discovery`
      : `chance of no rejection at the share of all, ${chance(neverNo ?? 1)} and so below ${NEVER_NO.p}, from ${NEVER_NO.n} decisions on`,
    baseline: `${many(othersTimed, 'decision')} of others ${isBefore ? 'of the 90 days before' : 'of the range'}`,
    ...namesOf(requests),
    requests: isFast ? requests.filter((one) => (latencyOf(one) ?? FAST) < FAST) : requests,
    chain: null,
    hours: [],
  }
}

function toldFast({ own, n, fast, othersTimed, othersFast }: Tested, name: string): Pick<Pattern, 'title' | 'words'> {
  const rejected = own.filter(({ decision }) => decision.outcome === 'rejected').length
  const no = rejected === 0 ? 'none was rejected' : `${rejected} ${rejected === 1 ? 'was' : 'were'} rejected`
  const others = othersTimed === 0 ? 0 : othersFast / othersTimed
  return {
    title: `${name} decides in ${span(medianOf(own))}`,
    words: `${count(fast)} of ${many(n, 'decision')} of ${name} came within 30 s of the request, and ${no}. Others decide that fast in ${share(others)} of cases.`,
  }
}

function toldNever({ own, neverNo }: Tested, name: string): Pick<Pattern, 'title' | 'words'> {
  return {
    title: `${name} rejects nothing`,
    words: `${name} rejected none of ${many(own.length, 'request')}. At the share of all decisions, so many without a no would be seen in ${share(neverNo ?? 1)} of cases.`,
  }
}

function figuresOf({ own, fast, p, neverNo }: Tested, { isFast, others }: { isFast: boolean; others: readonly Decided[] }): Pattern['figures'] {
  const figures: Pattern['figures'] = [['n', String(own.length)]]
  if (isFast) figures.push(['under 30 s', count(fast)], ['median', span(medianOf(own))], ['others', span(medianOf(others))], ['p', chance(p ?? 1)])
  if (neverNo !== null && neverNo < NEVER_NO.p) figures.push(['rejected', '0'], ['p of no rejection', chance(neverNo)])
  return figures
}

function medianOf(decided: readonly Decided[]): number {
  return quantile(ascending(decided.flatMap((one) => latencyOf(one) ?? [])), 0.5)
}
