import { placeOf, type Span, type Shelf } from '../data/shelf'
import { TENANTS } from '../data/names'
import { json, refusal, type Answer } from './answer'
import type { Ask, Desk } from './desk'
import { listAnswer, pageFacts, pagingOf } from './pages'
import { auditFor } from './sight'

const FORBIDDEN = refusal(403, 'Insufficient permissions')

/** `/api/audit` as documented. Ours: `from` and `to` are both inclusive, and no limit is too high. */
export function documentedAudit(desk: Desk, ask: Ask): Answer {
  const { viewer, url } = ask
  const { ignoresWindow } = desk.faults
  const asked = (name: string) => url.searchParams.get(name) ?? ''
  const tenant = asked('tenant_id') === '' ? null : TENANTS.findIndex(({ id }) => id === asked('tenant_id'))
  const action = ignoresWindow ? '' : asked('action')
  const shelf = auditFor(desk.world, viewer, { tenant, user: asked('user_id'), action })
  if (!shelf) return FORBIDDEN
  const from = Date.parse(asked('from'))
  const to = Date.parse(asked('to'))
  if ((asked('from') && Number.isNaN(from)) || (asked('to') && Number.isNaN(to))) {
    return refusal(400, 'from and to must be ISO 8601')
  }
  const span = ignoresWindow ? { low: 0, high: shelf.size } : windowOf(desk, shelf, { from, to })
  const paging = pagingOf(desk, ask, { normal: 50, most: Infinity })
  const total = desk.faults.total(span.high - span.low)
  const numbers = pageFacts(desk, { shelf, span, paging })
  return listAnswer(desk, ask, { name: 'logs', numbers, rest: { total, ...paging } })
}

function windowOf({ world }: Desk, shelf: Shelf, { from, to }: { from: number; to: number }): Span {
  const low = Number.isNaN(from) ? 0 : placeOf(world.facts, shelf, from)
  const high = Number.isNaN(to) ? shelf.size : placeOf(world.facts, shelf, to + 1)
  return { low, high: Math.max(low, high) }
}

/** `/api/audit-logs` as the source has it: no window, no filter but the tenant. */
export function serverAudit(desk: Desk, ask: Ask): Answer {
  const wanted = ask.url.searchParams.get('tenant_id') ?? ''
  const tenant = wanted === '' ? null : TENANTS.findIndex(({ id }) => id === wanted)
  const shelf = auditFor(desk.world, ask.viewer, { tenant, user: '', action: '' })
  if (!shelf) return FORBIDDEN
  const paging = pagingOf(desk, ask, { normal: 25, most: 200 })
  const total = desk.faults.total(shelf.size)
  const numbers = pageFacts(desk, { shelf, span: { low: 0, high: shelf.size }, paging })
  const total_pages = Math.ceil(total / paging.limit)
  return listAnswer(desk, ask, { name: 'logs', numbers, rest: { total, ...paging, total_pages } })
}

/** The source gives all tenants to every administrator; the documentation only their own. */
export function auditTenants({ world }: Desk, { viewer }: Ask): Answer {
  if (viewer.role === 'user') return FORBIDDEN
  const all = viewer.role === 'super_admin' || world.plan.dialect === 'server'
  const tenants = TENANTS.filter((_, number) => all || number === viewer.tenant)
  return json({ tenants: tenants.map(({ id, name }) => ({ tenant_id: id, tenant_name: name })) })
}
