import type { Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { groupedSlowly, LEAST, momentOf, type Population } from '../population'
import { negativeBinomialUpper, poissonUpper } from '../statistics/tails'
import { chance, day as dayText, many, number } from '../words'
import { keyOf } from './key'

const DAY = 86_400_000
const BACK = 20
const LEAST_COUNT = 5
const LEAST_MEAN = 0.5
const OVERDISPERSED = 1.5
const RARE = 1e-4

export type Busy = { count: number; mean: number; p: number; isPoisson: boolean }

/** Days on which somebody decided far more than on the twenty working days before. */
export function* volume({ orgs, localTime, range }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  for (const { history, historyBy } of orgs.values()) {
    const [first] = history
    if (!first) continue
    const since = localTime(first.asked).day
    for (const all of historyBy.values()) {
      yield
      const own = all.filter(({ decision }) => decision.at !== null)
      if (own.length < LEAST) continue
      const byDay = yield* groupedSlowly(own, (one) => String(localTime(momentOf(one)).day))
      const busy = [...byDay].flatMap(([day, decided]) => {
        const judged = isOfRange(decided, range) ? judge(Number(day), { since, countOn: (at) => byDay.get(String(at))?.length ?? 0 }) : null
        return judged ? [{ day: Number(day), decided, ...judged }] : []
      })
      const pattern = told(busy)
      if (pattern) patterns.push(pattern)
    }
  }
  return patterns
}

function isOfRange(decided: readonly Decided[], { from, to }: Population['range']): boolean {
  return decided.some(({ asked }) => asked >= from && asked < to)
}

/** Null where the day is none to speak of: no working day, too little before it, or not unusual. */
export function judge(day: number, { since, countOn }: { since: number; countOn: (day: number) => number }): Busy | null {
  const count = countOn(day)
  if (count < LEAST_COUNT || !isWorkday(day)) return null
  const before: number[] = []
  for (let at = day - 1; at >= since && before.length < BACK; at--) if (isWorkday(at)) before.push(countOn(at))
  if (before.length < BACK) return null
  const sum = before.reduce((total, one) => total + one, 0)
  // Fewer than statistics need.
  if (sum + count < LEAST) return null
  const mean = sum / BACK
  const variance = before.reduce((total, one) => total + (one - mean) ** 2, 0) / (BACK - 1)
  const expected = Math.max(LEAST_MEAN, mean)
  const isPoisson = !(mean > 0 && variance / mean > OVERDISPERSED && variance > expected)
  const p = isPoisson ? poissonUpper(count, expected) : negativeBinomialUpper(count, expected, variance)
  return p < RARE ? { count, mean: expected, p, isPoisson } : null
}

/** Days count from 1970, a Thursday. */
function isWorkday(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday > 0 && weekday < 6
}

function told(busy: readonly (Busy & { day: number; decided: Decided[] })[]): Pattern | null {
  const sorted = busy.toSorted((a, b) => a.p - b.p)
  const [worst] = sorted
  const requests = byAsked(busy.flatMap(({ decided }) => decided))
  const [first] = requests
  if (!worst || !first) return null
  const { name } = first.decision.by
  const opened = Math.min(...busy.map(({ decided }) => Math.min(...decided.map(momentOf))))
  return {
    rule: 'approval.volume',
    level: 'medium',
    key: keyOf(first, name),
    crossed: opened,
    title: `${name} made ${worst.count} decisions on one day`,
    words: `On ${dayText(worst.day * DAY)} ${name} made ${many(worst.count, 'decision')}. The twenty working days before have ${number(worst.mean)} a day.${busy.length > 1 ? ` So it is on ${busy.length} days.` : ''}`,
    figures: [
      ['n', String(requests.length)],
      ['observed', String(worst.count)],
      ['expected', number(worst.mean)],
      ['p', chance(worst.p)],
    ],
    method: worst.isPoisson ? 'Poisson, upper tail below 1e-4' : 'negative binomial, upper tail below 1e-4',
    baseline: 'the last 20 working days of the approver',
    ...namesOf(requests),
    requests,
    chain: null,
    hours: [],
  }
}
