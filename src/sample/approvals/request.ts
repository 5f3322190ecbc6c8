import { HOUR } from '../data/calendar'
import { TENANTS } from '../data/names'
import { hex8, mix } from '../data/random'
import type { World } from '../data/world'
import type { Plan } from '../options'
import { recordBytes } from '../render/awkward'
import { stampOf } from '../render/scene'

/** A request for access to a machine, with all that becomes of it. Times are UTC milliseconds. */
export type AccessRequest = {
  /** No other has it; below `PLANTED` it was nobody's plan. */
  serial: number
  /** Number of a person. */
  requester: number
  /** Number of a machine. */
  machine: number
  note: string
  /** 0: without end. */
  hours: number
  asked: number
  decided?: { by: number; at: number; isApproved: boolean; comment?: string }
  revoked?: { by: number; at: number }
}

export const STATUSES = ['pending', 'approved', 'expired', 'rejected', 'revoked'] as const
export type Status = (typeof STATUSES)[number]

/** Spaces of serial numbers; those of sessions are below. */
export const SERIALS = { refused: 0x50000000, planted: 0x60000000 } as const
/** Nobody answered it: it runs out. */
const UNANSWERED = 24 * HOUR

/** End of what was granted; null where it has none. */
export function endOf({ decided, hours }: AccessRequest): number | null {
  return decided?.isApproved && hours > 0 ? decided.at + hours * HOUR : null
}

type State = { status: Status; since: number }

export function stateOf(request: AccessRequest, now: number): State {
  const { asked, decided, revoked } = request
  if (!decided || decided.at > now) {
    return asked + UNANSWERED <= now ? { status: 'expired', since: asked + UNANSWERED } : { status: 'pending', since: asked }
  }
  if (!decided.isApproved) return { status: 'rejected', since: decided.at }
  if (revoked && revoked.at <= now) return { status: 'revoked', since: revoked.at }
  const end = endOf(request)
  return end !== null && end <= now ? { status: 'expired', since: end } : { status: 'approved', since: decided.at }
}

/** 24 hexadecimal digits, as MongoDB's ids look. */
export function requestId({ seed }: Plan, { serial, asked }: AccessRequest): string {
  return hex8(Math.floor(asked / 1000)) + hex8(mix(seed ^ 0xacce55, serial)) + hex8(serial)
}

/** The exact JSON of a request as the list has it now. */
export function requestBytes(world: World, request: AccessRequest, now: number): string {
  const row = requestRow(world, request, now)
  // What was planted is told plainly.
  return request.serial >= SERIALS.planted ? JSON.stringify(row) : recordBytes(row, mix(world.plan.seed ^ 0x7e9, request.serial), 'request_note')
}

function requestRow(world: World, request: AccessRequest, now: number): Record<string, unknown> {
  const { people, machines } = world.organisation
  const machine = machines[request.machine]
  const requester = people[request.requester]
  const owner = people[machine?.owner ?? -1]
  const { status, since } = stateOf(request, now)
  return {
    id: requestId(world.plan, request),
    machine_id: machine?.id,
    machine_name: machine?.name,
    machine_agent_id: machine?.agentId,
    requester_id: requester?.id,
    requester_username: requester?.username,
    requester_email: requester?.email,
    tenant_id: TENANTS[machine?.tenant ?? -1]?.id,
    owner_id: owner?.id,
    owner_email: owner?.email,
    request_note: request.note,
    duration_hours: request.hours,
    status,
    ...decisionOf(world, request, now),
    requested_at: stampOf(world, request.asked),
    updated_at: stampOf(world, since),
  }
}

function decisionOf(world: World, request: AccessRequest, now: number): Record<string, unknown> {
  const { decided, revoked } = request
  const name = (person: number) => world.organisation.people[person]?.username
  if (!decided || decided.at > now) return {}
  const { by, at, isApproved, comment } = decided
  if (!isApproved) return { rejected_by: name(by), ...(comment !== undefined && { reject_comment: comment }) }
  const end = endOf(request)
  return {
    approved_by: name(by),
    approved_at: stampOf(world, at),
    ...(end !== null && { expires_at: stampOf(world, end) }),
    ...(revoked && revoked.at <= now && { revoked_by: name(revoked.by), revoked_at: stampOf(world, revoked.at) }),
  }
}
