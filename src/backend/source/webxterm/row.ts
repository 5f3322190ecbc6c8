import type { Actor, AuditEvent } from '../../../domain'
import { member, text, type JsonObject } from '../json'
import { readWhen, type When } from './time'

/** An event while its row is being read. */
export type Draft = Omit<AuditEvent, 'key'>

/** An element of a list that cannot be made a record. */
export class Unreadable extends Error {}

/** Text of the first of these fields that has one. */
export function field(row: JsonObject, ...names: string[]): string | undefined {
  for (const name of names) {
    const found = text(member(row, name))
    if (found !== undefined && found !== '') return found
  }
  return undefined
}

/** The row's time under the first of these names that has one. */
export function whenOf(row: JsonObject, ...names: string[]): When {
  const written = field(row, ...names)
  if (written === undefined) throw new Unreadable(`no ${names[0]}`)
  const when = readWhen(written)
  if (when === null) throw new Unreadable(`a ${names[0]} that is no time: ${written.slice(0, 60)}`)
  return when
}

export function idOf(row: JsonObject, ...names: string[]): string {
  const id = field(row, ...names)
  if (id === undefined) throw new Unreadable(`no ${names[0]}`)
  return id
}

/** MongoDB's id of nothing. */
const NOBODY = '0'.repeat(24)

/** The person of a row; undefined where it names nobody. */
export function actorOf(row: JsonObject, subject?: string, email?: string): Actor | undefined {
  const id = field(row, 'user_id')
  const name = subject ?? field(row, 'username')
  const actor: Actor = {}
  if (id !== undefined && id !== NOBODY) actor.id = id
  if (name !== undefined) actor.name = name
  if (email !== undefined) actor.email = email
  if (actor.id === undefined && actor.name === undefined && actor.email === undefined) return undefined
  actor.kind = 'user'
  return actor
}

/** What every row begins with. */
export function blankDraft(when: When, attributes: Draft['attributes']): Draft {
  const draft: Draft = {
    time: when.time,
    sequence: when.sequence,
    timePrecision: when.timePrecision,
    category: 'other',
    action: 'other',
    actionRaw: '',
    outcome: 'unknown',
    outcomeBasis: 'assumed',
    severity: 'info',
    severityBasis: 'derived',
    repeat: 1,
    attributes,
  }
  if (when.zoneAssumed) draft.zoneAssumed = true
  return draft
}

/** Who asked from where, which rows of every list tell alike. */
export function setCaller(draft: Draft, row: JsonObject, tenant: string | undefined): void {
  const ip = field(row, 'ip_address')
  const userAgent = field(row, 'user_agent')
  const client = field(row, 'source')
  const session = field(row, 'session_id')
  if (ip !== undefined) draft.ip = ip
  if (userAgent !== undefined) draft.userAgent = userAgent
  if (client !== undefined) draft.client = client
  if (session !== undefined) draft.session = session
  if (tenant !== undefined) draft.tenant = tenant
}

/** Browser and system as one line, where the row has no User-Agent of its own. */
export function programOf(row: JsonObject): string | undefined {
  const parts = [field(row, 'browser'), field(row, 'os', 'os_info')].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(' / ')
}
