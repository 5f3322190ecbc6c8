import type { GrantOutcome } from '../../../contract'
import type { Instant } from '../../../domain'
import { coveredUntil, Grants, isGranted, standingAt, type Granted } from './grants'
import type { Ledger, Request, Visit } from './model'
import { placesByRequest, spotOf, type ByRequest } from './guarded'

const MINUTE = 60_000
const DAY = 86_400_000
/** A session whose commands nobody wrote down may end so much later than its grant. */
const GRACE = 5 * MINUTE
/** Work elsewhere is laid to a grant that was not used up to so long after it was given. */
const ELSEWHERE = 60 * MINUTE
/** After this a grant that stands and was not used counts as not used. */
const IDLE = 7 * DAY
/** Work past a grant says something where so large a share of sessions has one, or where it is what the grant was for. */
const USUAL = 0.5

/** What goes beyond a grant. */
export type Outside =
  | { kind: 'late'; visit: Visit; commands: number; since: Instant }
  | { kind: 'elsewhere'; visit: Visit }
  | { kind: 'person'; visit: Visit }
  | { kind: 'longer'; hours: number }

export type Use = { visits: Visit[]; outside: Outside[]; outcome: GrantOutcome }

export type Unapproved = { visit: Visit; nearest: Request | null; requests: number }

export type Uses = {
  of(request: Request): Use
  /** Sessions on machines that are worked on by request, which no grant covers, by their beginning. */
  unapproved: readonly Unapproved[]
}

const NOTHING: Use = { visits: [], outside: [], outcome: 'none' }

/** Which sessions used which grants. `now` is when open grants are looked at. */
export function* usesOf(ledger: Ledger, now: Instant): Generator<void, Uses> {
  const { requests, visits, visitsFrom } = ledger
  const book: Book = { grants: new Grants(), uses: new Map(), now }
  yield* book.grants.take(requests)
  const placed: Placed[] = []
  const uncovered = new Set<Visit>()
  for (const [at, visit] of visits.entries()) {
    if (at % 256 === 0) yield
    const one = place(visit, book)
    if (one) placed.push(one)
    else uncovered.add(visit)
  }
  const places = yield* placesByRequest(ledger, uncovered)
  const hasCommands = new Set(visits.flatMap(({ connection, commands }) => (commands.length > 0 ? [connection] : [])))
  for (const [at, one] of placed.entries()) {
    if (at % 256 === 0) yield
    noteLate(one, { book, isUsual: (places.get(spotOf(one.visit))?.share ?? 0) >= USUAL, hasCommands })
  }
  const open = yield* openVisits(uncovered, places)
  for (const [at, { visit }] of open.entries()) {
    if (at % 64 === 0) yield
    goneElsewhere(visit, book)
  }
  for (const [at, request] of requests.entries()) {
    if (at % 512 === 0) yield
    if (isGranted(request)) judge(request, entryOf(book, request), { now, visitsFrom })
  }
  const guarded = open.flatMap(({ visit, isGuarded, since }) => (isGuarded && visit.from >= since ? [visit] : []))
  const unapproved = yield* withNearest(guarded, requests)
  return { of: (request) => book.uses.get(request.key) ?? NOTHING, unapproved }
}

type Book = { grants: Grants; uses: Map<string, Use>; now: Instant }

/** A session and the grant that stood when it began. `until` is when leave ended. */
type Placed = { visit: Visit; request: Granted; until: Instant; isFirst: boolean }

function entryOf({ uses }: Book, { key }: Request): Use {
  const known = uses.get(key)
  if (known) return known
  const use: Use = { visits: [], outside: [], outcome: 'unknown' }
  uses.set(key, use)
  return use
}

/** Lays a session to the grants that it used; null where none stood when it began. */
function place(visit: Visit, book: Book): Placed | null {
  const named = book.grants.named(visit)
  if (named) return placeNamed(visit, named, book)
  const own = book.grants.of(visit)
  const standing = standingAt(own, visit.from)
  const [request] = standing
  if (request) {
    for (const one of standing) entryOf(book, one).visits.push(visit)
    return { visit, request, until: coveredUntil(own, visit.from), isFirst: entryOf(book, request).visits.length === 1 }
  }
  // One that is under way when leave comes uses it all the same.
  const later = own.find(({ grant }) => grant.from > visit.from && grant.from <= visit.last)
  if (later) entryOf(book, later).visits.push(visit)
  return null
}

function placeNamed(visit: Visit, request: Granted, book: Book): Placed {
  const use = entryOf(book, request)
  use.visits.push(visit)
  if (request.requester?.key !== visit.user.key) use.outside.push({ kind: 'person', visit })
  else if (request.place !== visit.place) use.outside.push({ kind: 'elsewhere', visit })
  return { visit, request, until: request.grant.end, isFirst: true }
}

type Late = { book: Book; isUsual: boolean; hasCommands: ReadonlySet<string> }

function noteLate({ visit, request, until, isFirst }: Placed, { book, isUsual, hasCommands }: Late): void {
  if (!isFirst && !isUsual) return
  const commands = visit.commands.filter((time) => time >= until).length
  const isLong = !hasCommands.has(visit.connection) && visit.to !== null && visit.to > until + GRACE
  if (commands > 0 || isLong) entryOf(book, request).outside.push({ kind: 'late', visit, commands, since: until })
}

/** Sessions that no grant covers, of people on machines that people are let in to by request. */
function* openVisits(uncovered: Iterable<Visit>, places: ReadonlyMap<string, ByRequest>): Generator<void, Open[]> {
  const open: Open[] = []
  let at = 0
  for (const visit of uncovered) {
    if (at++ % 1024 === 0) yield
    const known = places.get(spotOf(visit))
    if (known?.isAsked && !visit.isService) open.push({ visit, isGuarded: known.isGuarded, since: known.since })
  }
  return open
}

type Open = { visit: Visit; isGuarded: boolean; since: Instant }

/** Work on another machine than the one of a grant that was not used. */
function goneElsewhere(visit: Visit, book: Book): void {
  const unused = book.grants.ofPerson(visit).findLast((request) => {
    const { from, end } = request.grant
    // Who may come yet has not gone elsewhere instead.
    const isOver = end <= book.now || book.now - from >= IDLE
    return isOver && from <= visit.from && visit.from < Math.min(end, from + ELSEWHERE) && entryOf(book, request).visits.length === 0
  })
  if (unused) entryOf(book, unused).outside.push({ kind: 'elsewhere', visit })
}

function judge({ grant, hours }: Granted, use: Use, { now, visitsFrom }: { now: Instant; visitsFrom: Instant | null }): void {
  const given = grant.to === null ? Number.POSITIVE_INFINITY : (grant.to - grant.from) / 3_600_000
  if (hours !== null && given > hours + MINUTE / 3_600_000) use.outside.push({ kind: 'longer', hours: given })
  if (use.outside.length > 0) use.outcome = 'outside'
  else if (use.visits.length > 0) use.outcome = 'used'
  else if (visitsFrom === null || grant.end <= visitsFrom) use.outcome = 'unknown'
  else use.outcome = grant.end <= now || now - grant.from >= IDLE ? 'never-used' : 'not-used-yet'
}

function* withNearest(open: readonly Visit[], requests: readonly Request[]): Generator<void, Unapproved[]> {
  const byHolder = new Map<string, Request[]>()
  const byPlace = new Map<string, number>()
  for (const [at, request] of requests.entries()) {
    if (at % 1024 === 0) yield
    const { connection, requester, place: where } = request
    if (!requester || where === null) continue
    const key = `${connection}\n${requester.key}\n${where}`
    const list = byHolder.get(key)
    if (list) list.push(request)
    else byHolder.set(key, [request])
    const spot = spotOf({ connection, place: where })
    byPlace.set(spot, (byPlace.get(spot) ?? 0) + 1)
  }
  const nearest: Unapproved[] = []
  for (const [at, visit] of open.entries()) {
    if (at % 256 === 0) yield
    const { connection, user, place: where, from } = visit
    const own = byHolder.get(`${connection}\n${user.key}\n${where}`) ?? []
    const near = own.reduce<Request | null>((best, one) => (best === null || Math.abs(one.asked - from) < Math.abs(best.asked - from) ? one : best), null)
    nearest.push({ visit, nearest: near, requests: byPlace.get(spotOf(visit)) ?? 0 })
  }
  return nearest
}
