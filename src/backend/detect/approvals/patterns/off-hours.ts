import type { Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { LEAST, momentOf, type Org, type Population } from '../population'
import { hour, list, many } from '../words'
import { keyOf } from './key'

const WEEK = 168
/** Laplace's, of each hour. */
const SMOOTH = 0.5
const RARE = 0.01
/** Decisions from which on hours are known. */
const KNOWN = 50

/** Decisions at hours at which nobody of the organisation decides or asks, or at which this approver hardly ever does. */
export function* offHours({ orgs, localTime, isProduction }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  for (const org of orgs.values()) {
    const week = yield* weekOf(org, localTime)
    for (const [by, decided] of org.decidedBy) {
      yield
      const own = decided.filter(isTimed)
      const known = (org.historyBy.get(by) ?? []).filter(isTimed)
      const hours = hoursOf(known.map((one) => localTime(momentOf(one)).hour))
      const odd = yield* oddOf(own, { week, hours, n: known.length, localTime })
      const pattern = told(odd, { all: own.length, localTime, isProduction, week })
      if (pattern) patterns.push(pattern)
    }
  }
  return patterns
}

/** What the organisation does in each hour of the week, from a Sunday's first on. */
type Week = { counts: number[]; n: number }
type Why = 'organisation' | 'weekend' | 'approver'

function* weekOf({ history }: Org, localTime: Population['localTime']): Generator<void, Week> {
  const counts = Array.from({ length: WEEK }, () => 0)
  let n = 0
  for (const [at, { asked, decision }] of history.entries()) {
    if (at % 1024 === 0) yield
    for (const moment of [asked, decision.at]) {
      if (moment === null) continue
      const { weekday, hour: h } = localTime(moment)
      counts[weekday * 24 + h] = (counts[weekday * 24 + h] ?? 0) + 1
      n++
    }
  }
  return { counts, n }
}

export function hoursOf(hours: readonly number[]): number[] {
  const counts = Array.from({ length: 24 }, () => 0)
  for (const one of hours) counts[one] = (counts[one] ?? 0) + 1
  return counts
}

/** Share of an hour and its two neighbours around the clock, smoothed. */
export function smoothedShare(counts: readonly number[], at: number): number {
  const bins = counts.length
  const near = [-1, 0, 1].reduce((sum, step) => sum + (counts[(at + step + bins) % bins] ?? 0), 0)
  const n = counts.reduce((sum, one) => sum + one, 0)
  return (near + 3 * SMOOTH) / (n + bins * SMOOTH)
}

type Known = { week: Week; hours: readonly number[]; n: number; localTime: Population['localTime'] }

const isTimed = ({ decision }: Decided) => decision.at !== null

function* oddOf(own: readonly Decided[], known: Known): Generator<void, { one: Decided; why: Why }[]> {
  const odd: { one: Decided; why: Why }[] = []
  for (const [at, one] of own.entries()) {
    if (at % 256 === 0) yield
    const why = oddity(one, known)
    if (why !== null) odd.push({ one, why })
  }
  return odd
}

/** What is odd about the time of a decision, which is left out of what it is compared with, as is its request. */
function oddity({ asked, decision }: Decided, { week, hours, n, localTime }: Known): Why | null {
  const { hour: h, weekday } = localTime(decision.at ?? asked)
  const own = localTime(asked)
  if (week.n - 2 >= KNOWN) {
    const isOwn = (d: number, at: number) => (d === weekday && at === h ? 1 : 0) + (d === own.weekday && at === own.hour ? 1 : 0)
    const days = weekday === 0 || weekday === 6 ? [weekday] : [0, 1, 2, 3, 4, 5, 6]
    let near = 0
    for (const day of days) {
      for (const step of [-1, 0, 1]) {
        const bin = (day * 24 + h + step + WEEK) % WEEK
        near += (week.counts[bin] ?? 0) - isOwn(Math.floor(bin / 24), bin % 24)
      }
    }
    if (near < RARE * (week.n - 2)) return days.length === 1 ? 'weekend' : 'organisation'
  }
  if (n < KNOWN) return null
  const others = hours.map((count, at) => (at === h ? count - 1 : count))
  return smoothedShare(others, h) < RARE ? 'approver' : null
}

type Telling = Pick<Population, 'localTime' | 'isProduction'> & { all: number; week: Week }

function told(odd: readonly { one: Decided; why: Why }[], { all, localTime, isProduction, week }: Telling): Pattern | null {
  const requests = byAsked(odd.map(({ one }) => one))
  const [first] = requests
  if (!first) return null
  const { name } = first.decision.by
  const hours = requests.map((one) => localTime(momentOf(one)).hour)
  const isGrave = requests.some((one) => one.roles.length > 0 || (one.machine !== null && isProduction(one.machine)))
  const count = (why: Why) => odd.filter((one) => one.why === why).length
  const reasons = [
    [count('organisation'), 'at hours at which the organisation hardly asks or decides'],
    [count('weekend'), 'on a weekend on which it does not either'],
    [count('approver'), `at hours at which ${name} hardly decides`],
  ].flatMap(([n, text]) => (n === 0 ? [] : [`${n} ${text}`]))
  const at = [...new Set(hours)].sort((a, b) => a - b).map(hour)
  return {
    rule: 'approval.off_hours',
    level: isGrave ? 'medium' : 'low',
    key: keyOf(first, name),
    crossed: Math.min(...requests.map(momentOf)),
    title: `${name} decided at unusual hours ${requests.length === 1 ? 'once' : `${requests.length} times`}`,
    words: `Of ${many(all, 'decision')} of ${name}, ${reasons.join(' and ')}: ${list(at, 6)}.${isGrave ? ' Machines of production or privileged roles are among them.' : ''}`,
    figures: [
      ['n', String(all)],
      ['observed', String(requests.length)],
      ['hours', list(at, 6)],
    ],
    method: `under 1 % of what the organisation does in an hour and its neighbours (from ${KNOWN} on), or of the approver's own decisions (smoothed, from ${KNOWN} on)`,
    baseline: `${many(week.n, 'request and decision', 'requests and decisions')} of the organisation`,
    ...namesOf(requests),
    requests,
    chain: null,
    hours,
  }
}

/** Whether there is enough to know the hours of anybody. */
export function knowsHours(orgs: Iterable<Org>): boolean {
  return [...orgs].some(({ history }) => history.length >= KNOWN / 2 && history.length >= LEAST)
}
