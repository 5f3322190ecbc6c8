import type { Change } from '../../../domain'
import { elements, member, text, type JsonObject, type JsonValue } from '../json'
import { field } from './row'
import type { Hidden } from './secrets'

/** What a row says was changed: its list of changes, else what the request set. */
export function changesOf(row: JsonObject, hidden: Hidden): Change[] {
  const changes = elements(member(row, 'changes'))
  const listed = changes.length === 0 ? [] : changes.flatMap((one) => changeOf(one, hidden))
  if (listed.length > 0) return listed
  const details = member(row, 'details')
  const role = text(member(details, 'new_role')) ?? text(member(details, 'role')) ?? roleIn(member(row, 'request_body'))
  if (role === undefined || role === '') return []
  const before = text(member(details, 'old_role'))
  return [{ field: 'role', ...(before && { old: before }), new: role }]
}

function changeOf(one: JsonValue, hidden: Hidden): Change[] {
  if (one.kind !== 'object') return []
  const name = field(one, 'field')
  if (name === undefined) return []
  const value = (of: string) => {
    const found = member(one, of)
    return (found && hidden.get(found)) ?? text(found)
  }
  const before = value('old')
  const after = value('new')
  return [{ field: name, ...(before !== undefined && { old: before }), ...(after !== undefined && { new: after }) }]
}

function roleIn(body: JsonValue | undefined): string | undefined {
  return text(member(body, 'role')) ?? text(member(body, 'machine_role'))
}

/** Names of what was set, in lower case. */
export function fieldsSet(row: JsonObject, changes: readonly Change[]): string[] {
  const body = member(row, 'request_body')
  const sent = body?.kind === 'object' ? body.members.map(({ name }) => name) : []
  return [...sent, ...changes.map((change) => change.field)].map((name) => name.toLowerCase())
}

/** Whether a role is one that rules others. */
export function isRulingRole(role: string | undefined): boolean {
  return role !== undefined && /admin|owner|root/i.test(role)
}
