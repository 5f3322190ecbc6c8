import type { Instant } from '../../../domain'
import { isGranted } from './grants'
import type { Ledger, Visit } from './model'

/**
 * People are let in to a machine by request from so many grants on, of so many people, and where so large a share of the
 * sessions of those who ask for access at all has one. It is worked on by request where that share is also so many times
 * the share of all machines.
 */
export const BY_REQUEST = { grants: 3, people: 2, share: 0.1, times: 1.5 }

export type ByRequest = {
  since: Instant
  /** Of sessions, those that a grant covers. */
  share: number
  isAsked: boolean
  isGuarded: boolean
}

type Counts = { grants: number; people: Set<string>; since: Instant; visits: number; covered: number }

export function spotOf({ connection, place }: { connection: string; place: string }): string {
  return `${connection}\n${place}`
}

/** What is known of the machines that requests name. */
export function* placesByRequest({ requests, visits }: Pick<Ledger, 'requests' | 'visits'>, uncovered: ReadonlySet<Visit>): Generator<void, Map<string, ByRequest>> {
  const places = new Map<string, Counts>()
  const asking = new Set<string>()
  for (const [at, request] of requests.entries()) {
    if (at % 1024 === 0) yield
    const { connection, requester, place } = request
    if (!requester) continue
    asking.add(`${connection}\n${requester.key}`)
    if (!isGranted(request) || place === null) continue
    const spot = spotOf({ connection, place })
    const known = places.get(spot) ?? { grants: 0, people: new Set(), since: request.grant.from, visits: 0, covered: 0 }
    places.set(spot, known)
    known.grants++
    known.people.add(requester.key)
    known.since = Math.min(known.since, request.grant.from)
  }
  const all = { visits: 0, covered: 0 }
  for (const [at, visit] of visits.entries()) {
    if (at % 1024 === 0) yield
    const known = places.get(spotOf(visit))
    if (!asking.has(`${visit.connection}\n${visit.user.key}`)) continue
    const covered = uncovered.has(visit) ? 0 : 1
    all.visits++
    all.covered += covered
    if (!known || visit.from < known.since) continue
    known.visits++
    known.covered += covered
  }
  const usual = all.covered / Math.max(1, all.visits)
  return new Map([...places].map(([spot, { grants, people, since, visits: n, covered }]): [string, ByRequest] => {
    const share = covered / Math.max(1, n)
    const isAsked = grants >= BY_REQUEST.grants && people.size >= BY_REQUEST.people && share >= BY_REQUEST.share
    return [spot, { since, share, isAsked, isGuarded: isAsked && share >= Math.min(0.5, BY_REQUEST.times * usual) }]
  }))
}
