import { KINDS, NOBODY } from '../data/facts'
import type { Machine } from '../data/organisation'
import { auditView, tenantOf, type World } from '../data/world'
import type { Shelf } from '../data/shelf'
import type { Viewer } from './tokens'

/** Numbers of the machines that an account may list. */
export function machinesFor(world: World, viewer: Viewer, now: number): number[] {
  return world.organisation.machines.flatMap((machine, number) => {
    const own = viewer.role !== 'user' || isCrew(viewer, machine)
    return own && isThere(world, machine, now) && inTenant(viewer, machine) ? [number] : []
  })
}

export function isThere({ plan }: World, { removed }: Machine, now: number): boolean {
  return removed === undefined || now < plan.origin - removed
}

function inTenant({ role, tenant }: Viewer, machine: Machine): boolean {
  return role === 'super_admin' || machine.tenant === tenant
}

function isCrew({ person }: Viewer, machine: Machine): boolean {
  return machine.owner === person || machine.allowed.includes(person)
}

/** In the server dialect even administrators read only where they are the owner or let in by name. */
export function mayRead({ plan }: World, viewer: Viewer, machine: Machine): boolean {
  if (!inTenant(viewer, machine)) return false
  return isCrew(viewer, machine) || (plan.dialect === 'documented' && viewer.role !== 'user')
}

export type AuditFilter = { tenant: number | null; user: string; action: string }

/** The audit as an account sees it: everything, or its tenant. Null: it may not see it. */
export function auditFor(world: World, viewer: Viewer, filter: AuditFilter): Shelf | null {
  if (viewer.role === 'user') return null
  const tenant = viewer.role === 'super_admin' ? filter.tenant : viewer.tenant
  const { user, action } = filter
  if (tenant === null && user === '' && action === '') return world.audit
  return auditView(world, JSON.stringify([tenant, user, action]), (number) => {
    if (tenant !== null && tenantOf(world, number) !== tenant) return false
    return (user === '' || userIdOf(world, number) === user) && (action === '' || actionOf(world, number) === action)
  })
}

function userIdOf({ facts, organisation }: World, number: number): string {
  const user = facts.user[number] as number
  return user === NOBODY ? '' : (organisation.people[user]?.id ?? '')
}

/** Only the documented dialect filters by action, so these are its names. */
function actionOf({ facts, requests }: World, number: number): string {
  const kind = KINDS[facts.kind[number] as number] as string
  return kind === 'request' ? (requests[facts.text[number] as number]?.action ?? '') : kind
}
