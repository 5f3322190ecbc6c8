import { hash } from 'node:crypto'
import type { Thing } from '../../../domain'
import { flatten, JsonFault, member, readJson, text, type JsonObject, type JsonValue } from '../json'
import { deedOf } from './actions'
import { changesOf, fieldsSet } from './changes'
import { instanceOf, type Ground } from './ground'
import { verdictOf } from './outcome'
import type { Read } from './page'
import { actorOf, blankDraft, field, idOf, setCaller, whenOf, type Draft } from './row'
import { isCommandPlace, type Hidden } from './secrets'
import { isRole, severityOf } from './severity'
import { thingsOf } from './target'

/** Fields that have a place of their own in an event. */
const PLACED: ReadonlySet<string> = new Set([
  'id',
  'user_id',
  'username',
  'tenant_id',
  'action',
  'timestamp',
  'ip_address',
  'user_agent',
  'source',
  'session_id',
  'command',
])

const OWN_NAME = 'Recount'
/** Attribute of rows that our own reading caused. */
const OWN = 'recount.own'
/** Attribute with the hex SHA-256 of a command that was not kept, to find it again in a machine's log. */
const COMMAND_SHA256 = 'command_sha256'

/** Reads a row of either dialect of the audit list. */
export function auditReader(ground: Ground): (row: JsonObject, hidden: Hidden) => Read {
  return (row, hidden) => {
    const id = idOf(row, 'id')
    const draft = blankDraft(whenOf(row, 'timestamp'), flatten(row, { skip: PLACED, hidden }))
    const { target, machine } = thingsOf(row, ground.machines)
    if (target) draft.target = target
    if (machine) draft.machine = machine
    const tenant = field(row, 'tenant_id') ?? tenantOfMachine(machine, ground)
    setCaller(draft, row, tenant)
    setContents(row, draft, hidden)
    classify(row, draft)
    draft.severity = severityOf(draft)
    return { id, instance: instanceOf(ground, tenant), event: draft }
  }
}

function setContents(row: JsonObject, draft: Draft, hidden: Hidden): void {
  const command = field(row, 'command') ?? (text(member(member(row, 'details'), 'command')) || undefined)
  if (command !== undefined) draft.command = command
  const changes = changesOf(row, hidden)
  if (changes.length > 0) draft.changes = changes
  if (draft.client === OWN_NAME || draft.userAgent?.startsWith(`${OWN_NAME}/`)) draft.attributes[OWN] = 'yes'
  const sha256 = commandHash(row)
  if (sha256 !== undefined) draft.attributes[COMMAND_SHA256] = sha256
}

function classify(row: JsonObject, draft: Draft): void {
  const action = field(row, 'action') ?? ''
  const said = action.toLowerCase()
  const path = (field(row, 'endpoint') ?? '').split('?', 1)[0] ?? ''
  const resource = (field(row, 'resource_type') ?? draft.target?.kind ?? '').toLowerCase()
  const method = (field(row, 'method') ?? '').toLowerCase()
  const deed = deedOf({ action: said, resource, method, path })
  const verdict = verdictOf(row, said)
  draft.actionRaw = action
  draft.category = deed.category
  draft.action = deed.action === 'user_change' ? changeOf(row, draft, path) : deed.action
  draft.outcome = verdict.outcome
  draft.outcomeBasis = verdict.basis
  if (verdict.reason !== undefined) draft.reason = verdict.reason
  if (draft.action === 'role_change') draft.category = 'privilege'
  signedIn(row, draft)
}

/** What kind of change to a person it is. */
function changeOf(row: JsonObject, draft: Draft, path: string): string {
  if (draft.changes?.some((change) => isRole(change.field))) return 'role_change'
  const names = fieldsSet(row, draft.changes ?? [])
  if (names.some((name) => name.includes('password')) || /password/.test(path)) return 'password_change'
  return names.includes('email') ? 'email_change' : 'user_change'
}

/** Who acted; of a failed sign-in, who it was tried as. A wrong code is a failed sign-in too. */
function signedIn(row: JsonObject, draft: Draft): void {
  const signIn = draft.action === 'login' || draft.action === 'verify_otp'
  if (draft.action === 'verify_otp') {
    draft.mfa = 'otp'
    if (draft.outcome === 'failure') draft.action = 'login'
  }
  const body = signIn ? member(row, 'request_body') : undefined
  const email = text(member(body, 'email')) || undefined
  const subject = field(row, 'username') ?? email ?? (text(member(body, 'username')) || undefined)
  const actor = actorOf(row, subject, email ?? field(row, 'email', 'user_email'))
  if (actor) draft.actor = actor
}

function tenantOfMachine(machine: Thing | undefined, { machines }: Ground): string | undefined {
  return machine?.id === undefined ? undefined : machines.get(machine.id)?.tenant
}

function commandHash(row: JsonObject): string | undefined {
  const body = member(row, 'request_body')
  if (!body || !isCommandPlace(field(row, 'endpoint'))) return undefined
  const command = text(member(body.kind === 'string' ? within(body.text) : body, 'command'))
  return command ? hash('sha256', command, 'hex') : undefined
}

/** A body that was stored as its text. */
function within(written: string): JsonValue | undefined {
  try {
    return readJson(Buffer.from(written))
  } catch (error) {
    if (error instanceof JsonFault) return undefined
    throw error
  }
}
