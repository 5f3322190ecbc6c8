import type { Request } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { groupedSlowly, LEAST, type Population } from '../population'
import { scaleOf, spreadOf } from '../statistics/spread'
import { many, number } from '../words'
import { keyOf } from './key'

const DAY = 86_400_000
const LAST = 30
const LEAST_OWN = 8
const FAR = 3.5
const TWICE = 2
const RECENT = 90 * DAY
const NEW_ELEMENTS = 3
/** Hours that a grant without end is counted as. */
const ENDLESS_HOURS = 8760
const PRIVILEGED = /admin|root|owner|sudo|wheel/i

/** Machines, three for each privileged role, and the logarithm of the hours. */
export function sizeOf({ hosts, roles, hours }: Pick<Request, 'hosts' | 'roles' | 'hours'>): number {
  const length = Math.min(hours ?? 0, ENDLESS_HOURS)
  return hosts.length + 3 * roles.filter((role) => PRIVILEGED.test(role)).length + Math.log1p(length)
}

type Grown = { request: Request; size: number; median: number; most: number; n: number; fresh: string[] }

/** Requests much wider than the requester's earlier ones. */
export function* scopeGrowth({ ledger, range }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  const teamOf = ({ requester, asked, org }: Request) => (requester !== null && asked < range.to ? org : null)
  for (const team of (yield* groupedSlowly(ledger.requests, teamOf)).values()) {
    const fresh = yield* freshElements(team)
    for (const own of (yield* groupedSlowly(team, ({ requester }) => requester?.key ?? '')).values()) {
      yield
      const grown = own.flatMap((request, at) => {
        if (request.asked < range.from) return []
        const one = judge(own, at, fresh.get(request.key) ?? [])
        return one ? [one] : []
      })
      const pattern = told(grown)
      if (pattern) patterns.push(pattern)
    }
  }
  return patterns
}

/** Of each request what nobody of the team had asked for before; the first ones of a team tell nothing. */
function* freshElements(team: readonly Request[]): Generator<void, Map<string, string[]>> {
  const seen = new Set<string>()
  const fresh = new Map<string, string[]>()
  for (const [at, { key, hosts, roles }] of team.entries()) {
    if (at % 1024 === 0) yield
    const elements = [...hosts, ...roles]
    const news = elements.filter((element) => !seen.has(element))
    if (news.length >= NEW_ELEMENTS && at >= LEAST) fresh.set(key, news)
    for (const element of elements) seen.add(element)
  }
  return fresh
}

export function judge(own: readonly Request[], at: number, fresh: string[]): Grown | null {
  const request = own[at]
  if (!request) return null
  const size = sizeOf(request)
  const most = mostOf(own, at)
  // Most requests are no wider than the last ones: the rest need not be looked at.
  const isWide = at >= LEAST_OWN && Number.isFinite(most) && size >= TWICE * most
  if (!isWide && fresh.length === 0) return null
  const last = own.slice(Math.max(0, at - LAST), at).map(sizeOf)
  const spread = spreadOf(last)
  const scale = scaleOf(spread)
  const isFar = isWide && scale !== null && size > spread.median + FAR * scale
  return isFar || fresh.length > 0 ? { request, size, median: spread.median, most, n: last.length, fresh } : null
}

/** The largest size of the 90 days before; minus infinity where there was none. */
function mostOf(own: readonly Request[], at: number): number {
  const since = (own[at]?.asked ?? 0) - RECENT
  let most = Number.NEGATIVE_INFINITY
  for (let i = at - 1; i >= 0; i--) {
    const one = own[i]
    if (!one || one.asked < since) break
    most = Math.max(most, sizeOf(one))
  }
  return most
}

function told(grown: readonly Grown[]): Pattern | null {
  const [widest] = grown.toSorted((a, b) => b.size - a.size)
  const requests = byAsked(grown.map(({ request }) => request))
  const [first] = requests
  if (!widest || !first?.requester) return null
  const { name } = first.requester
  const { request, size, median, most, n, fresh } = widest
  const news = fresh.length === 0 ? '' : ` ${many(fresh.length, 'machine or role', 'machines or roles')} in it ${fresh.length === 1 ? 'is' : 'are'} new to ${name} and to everybody else of the organisation.`
  return {
    rule: 'approval.scope_growth',
    level: 'medium',
    key: keyOf(first, name),
    crossed: first.asked,
    title: `${name} asked for more than before`,
    words: `${many(requests.length, 'request')} of ${name} ${requests.length === 1 ? 'is' : 'are'} far wider than the ${n} before${request.scope === null ? '' : `: ${request.scope}`}. Its size is ${number(size)}, half of those before are at most ${number(median)}.${news}`,
    figures: [
      ['n', String(n)],
      ['size', number(size)],
      ['median', number(median)],
      ...(Number.isFinite(most) ? [['largest of 90 days', number(most)] satisfies [string, string]] : []),
    ],
    method: 'size above the median by 3.5 scaled median deviations, and twice the largest of 90 days; size is machines + 3 per privileged role + ln(1 + hours)',
    baseline: `the last ${n} requests of ${name}`,
    ...namesOf(requests),
    requests,
    chain: request,
    hours: [],
  }
}
