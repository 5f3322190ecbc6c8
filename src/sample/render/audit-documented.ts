import { KINDS } from '../data/facts'
import { commandOf, sceneOf, type Scene, type Stage } from './scene'
import { TENANTS } from '../data/names'
import type { RequestRow, World } from '../data/world'

export type Row = Record<string, unknown>

/**
 * A row of `/api/audit` as documented. Ours, as nobody documents them: the status `failure`, `command` and
 * `resource: "machine:AGENT_ID"` of command_executed, `changes` of user_updated.
 */
export function documentedRow(stage: Stage, number: number): Row {
  const { world } = stage
  const kind = KINDS[world.facts.kind[number] as number] as (typeof KINDS)[number]
  const id = `audit_${100_001 + (world.facts.serial[number] as number)}`
  const scene = sceneOf(stage, number)
  if (kind === 'request') return requestRow(id, world.requests[world.facts.text[number] as number] as RequestRow, scene)
  const { person, client, address, stamp } = scene
  const tried = world.facts.texts[world.facts.text[number] as number] as string
  return {
    id,
    user_id: person?.id ?? '',
    username: person?.username ?? tried,
    tenant_id: person ? TENANTS[person.tenant]?.id : '',
    action: kind,
    resource: resourceOf(world, scene),
    ip_address: address,
    user_agent: client.agent,
    source: client.source,
    status: world.facts.failed[number] === 1 ? 'failure' : 'success',
    timestamp: stamp,
    ...(kind === 'command_executed' && { command: commandOf(world, number, scene.machine) }),
    ...(kind === 'user_updated' && { changes: changesOf(tried) }),
  }
}

function resourceOf({ facts, organisation }: World, { number, machine }: Scene): string {
  if (machine) return `machine:${machine.agentId}`
  const other = organisation.people[facts.other[number] as number]
  return other ? `user:${other.id}` : 'auth'
}

function changesOf(text: string): object[] {
  if (text === 'company_admin') return [{ field: 'role', old: 'user', new: text }]
  if (text !== '') return [{ field: 'must_reset_password', old: 'false', new: 'true' }]
  return [{ field: 'display_name', old: 'A. N.', new: 'A. Name' }]
}

function requestRow(id: string, row: RequestRow, { stamp }: Scene): Row {
  const tried = row.body?.['email']
  return {
    id,
    user_id: row.userId,
    username: row.username === '' && typeof tried === 'string' ? tried : row.username,
    tenant_id: row.tenant,
    action: row.action,
    resource: row.resourceType,
    ip_address: row.address,
    user_agent: row.agent,
    source: row.source,
    status: row.status < 400 ? 'success' : 'failure',
    timestamp: stamp,
  }
}

