import type { Actor } from '../../../domain'
import { flatten, type JsonObject } from '../json'
import { instanceOf, type Ground } from './ground'
import { machineThing } from './machines'
import type { Read } from './page'
import { blankDraft, field, idOf, whenOf, type Draft } from './row'
import type { Hidden } from './secrets'
import { readWhen } from './time'

/** The others stay as attributes, who decided and when among them. */
const PLACED: ReadonlySet<string> = new Set([
  'id',
  'machine_name',
  'machine_agent_id',
  'requester_id',
  'requester_username',
  'requester_email',
  'tenant_id',
  'request_note',
  'requested_at',
  'status',
])

/** Attribute with the time of the decision, in the server's own words. */
const DECIDED_AT = 'decided_at'

type Verdict = Pick<Draft, 'action' | 'outcome' | 'outcomeBasis'> & { reason?: string; decision?: string }

/** Reads a request for access in the state that it is in by now. */
export function approvalReader(ground: Ground): (row: JsonObject, hidden: Hidden) => Read {
  return (row, hidden) => {
    const id = idOf(row, 'id')
    const event = blankDraft(whenOf(row, 'requested_at', 'created_at'), flatten(row, { skip: PLACED, hidden }))
    const agent = field(row, 'machine_agent_id', 'machine_id')
    const machine = machineThing(ground.machines, agent, field(row, 'machine_name'))
    const tenant = field(row, 'tenant_id') ?? ground.machines.get(agent ?? '')?.tenant
    event.category = 'approval'
    event.approval = id
    if (tenant !== undefined) event.tenant = tenant
    const actor = requesterOf(row)
    if (actor) event.actor = actor
    if (machine) {
      event.machine = machine
      event.target = { ...machine }
    }
    const note = field(row, 'request_note')
    if (note !== undefined) event.justification = note
    const scope = scopeOf(row, machine?.name ?? machine?.id)
    if (scope !== undefined) event.scope = scope
    setDecision(event, row)
    return { id, instance: instanceOf(ground, tenant), event }
  }
}

function requesterOf(row: JsonObject): Actor | undefined {
  const actor: Actor = {}
  const id = field(row, 'requester_id')
  const name = field(row, 'requester_username')
  const email = field(row, 'requester_email')
  if (id !== undefined) actor.id = id
  if (name !== undefined) actor.name = name
  if (email !== undefined) actor.email = email
  if (Object.keys(actor).length === 0) return undefined
  actor.kind = 'user'
  return actor
}

function setDecision(event: Draft, row: JsonObject): void {
  const written = field(row, 'status')
  const status = written?.toLowerCase() ?? guessed(row)
  const verdict = verdictOf(status, row)
  event.actionRaw = written ?? status
  event.action = verdict.action
  event.outcome = verdict.outcome
  event.outcomeBasis = written === undefined ? 'derived' : verdict.outcomeBasis
  if (verdict.reason !== undefined) event.reason = verdict.reason
  if (verdict.decision !== undefined) event.decision = verdict.decision
  const approver = field(row, 'approved_by', 'rejected_by')
  if (approver !== undefined) event.approver = approver
  // Of a refusal the row has no other time than that of its last change.
  const decidedAt = decisionTime(row, status === 'rejected' ? 'updated_at' : 'approved_at')
  if (decidedAt !== undefined) event.attributes[DECIDED_AT] = decidedAt
  if (verdict.reason === 'denied') event.severity = 'warning'
}

/** Where the row has no state, who is named tells it. */
function guessed(row: JsonObject): string {
  if (field(row, 'revoked_by') !== undefined) return 'revoked'
  if (field(row, 'rejected_by') !== undefined) return 'rejected'
  return field(row, 'approved_by') === undefined ? 'pending' : 'approved'
}

/** `decision` is what somebody decided last: a grant that ran out was still approved, and a request may run out undecided. */
function verdictOf(status: string, row: JsonObject): Verdict {
  switch (status) {
    case 'pending':
      return { action: 'approval.request', outcome: 'unknown', outcomeBasis: 'reported', reason: 'pending' }
    case 'approved':
      return { action: 'approval.approve', outcome: 'success', outcomeBasis: 'reported', decision: 'approved' }
    case 'rejected':
      return { action: 'approval.reject', outcome: 'failure', outcomeBasis: 'reported', reason: 'denied', decision: 'rejected' }
    case 'revoked':
      return { action: 'approval.revoke', outcome: 'success', outcomeBasis: 'derived', decision: 'revoked' }
    case 'expired':
      if (field(row, 'approved_by') === undefined) return { action: 'approval.expire', outcome: 'failure', outcomeBasis: 'derived', reason: 'expired' }
      return { action: 'approval.expire', outcome: 'success', outcomeBasis: 'derived', decision: 'approved' }
    default:
      return { action: 'approval.request', outcome: 'unknown', outcomeBasis: 'assumed' }
  }
}

/** Go writes the year 1 where there is no time. */
function decisionTime(row: JsonObject, name: string): string | undefined {
  const written = field(row, name)
  return written !== undefined && readWhen(written) !== null ? written : undefined
}

/** `MACHINE, 4 h`: what was asked for. No hours are no end. */
function scopeOf(row: JsonObject, machine: string | undefined): string | undefined {
  const hours = field(row, 'duration_hours')
  const length = hours === undefined ? undefined : Number(hours) === 0 ? 'no end' : `${hours} h`
  const parts = [machine, length].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}
