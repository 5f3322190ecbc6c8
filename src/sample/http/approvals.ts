import { requestBytes, requestId, STATUSES, stateOf, type AccessRequest, type Status } from '../approvals/request'
import { TENANTS } from '../data/names'
import { loginRecord, outsideLogins } from '../data/outside'
import type { World } from '../data/world'
import type { SampleRecord } from '../options'
import { stampOf } from '../render/scene'
import { json, refusal, type Answer } from './answer'
import type { Ask, Desk } from './desk'
import { openMachine } from './machines'
import { pagingOf } from './pages'
import type { Viewer } from './tokens'

// Ours, as only the fields of a request are known: newest first, `approved_by` and its like are user names, and whoever is
// no administrator is refused the whole list.

/** The requests in one state, in pages. */
export function requestList(desk: Desk, ask: Ask): Answer {
  const { viewer, url, now } = ask
  const { world, faults } = desk
  if (viewer.role === 'user') return refusal(403, 'Insufficient permissions')
  const status = url.searchParams.get('status') ?? ''
  if (!isStatus(status)) return refusal(400, 'status must be one of pending, approved, expired, rejected, revoked')
  const search = (url.searchParams.get('search') ?? '').toLowerCase()
  const tenant = viewer.role === 'super_admin' ? (url.searchParams.get('tenant_id') ?? '') : ''
  const fits = (request: AccessRequest) => stateOf(request, now).status === status && isIn(world, request, { search, tenant })
  const found = seenRequests(desk, viewer, now).filter(fits)
  const { page, limit } = pagingOf(desk, ask, { normal: 25, most: 200 })
  const total = faults.total(found.length)
  const rows = found.slice((page - 1) * limit, page * limit)
  const rest = JSON.stringify({ total, page, limit, total_pages: Math.ceil(total / limit) })
  return { ...json(null), body: `{"requests":${rowsOf(world, rows, now)},${rest.slice(1)}` }
}

/** The viewer's own, whatever their state, as a plain list. */
export function ownRequests(desk: Desk, { viewer, now }: Ask): Answer {
  const own = desk.requests.upTo(now).filter(({ requester }) => requester === viewer.person)
  return { ...json(null), body: rowsOf(desk.world, own, now) }
}

/** What an account finds: an administrator those of its tenants' machines, others their own. */
export function seenRequests({ world, requests }: Desk, { role, tenant, person }: Viewer, now: number): AccessRequest[] {
  const { machines } = world.organisation
  const all = requests.upTo(now)
  if (role === 'super_admin') return all
  return all.filter(({ requester, machine }) => (role === 'user' ? requester === person : machines[machine]?.tenant === tenant))
}

export function requestRecord(world: World, request: AccessRequest, now: number): SampleRecord {
  const time = Date.parse(stampOf(world, request.asked))
  return { stream: 'approvals', id: requestId(world.plan, request), time, bytes: requestBytes(world, request, now) }
}

/** Sign-ins to a machine past the portal, newest first, all of them. */
export function machineLogins(desk: Desk, ask: Ask, agentId: string): Answer {
  const number = openMachine(desk, ask, agentId)
  if (typeof number !== 'number') return number
  const rows = outsideLogins(desk.world, number, ask.now).map((login) => loginRecord(desk.world, login, ask.now).bytes)
  return { ...json(null), body: `{"events":[${rows.join(',')}],"total":${rows.length}}` }
}

function rowsOf(world: World, requests: readonly AccessRequest[], now: number): string {
  return `[${requests.map((request) => requestBytes(world, request, now)).join(',')}]`
}

function isStatus(text: string): text is Status {
  return STATUSES.some((status) => status === text)
}

function isIn({ organisation }: World, { requester, machine }: AccessRequest, { search, tenant }: { search: string; tenant: string }): boolean {
  const place = organisation.machines[machine]
  const names = [place?.name, organisation.people[requester]?.username]
  return names.some((name) => name?.includes(search)) && (tenant === '' || TENANTS[place?.tenant ?? -1]?.id === tenant)
}
