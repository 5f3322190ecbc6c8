import type { Thing } from '../../../domain'
import { member, text, type JsonObject } from '../json'
import { machineThing, type Machines } from './machines'
import { field } from './row'

type Things = { target: Thing | undefined; machine: Thing | undefined }

/** What a row is about, and the machine it concerns. */
export function thingsOf(row: JsonObject, machines: Machines): Things {
  const target = targetOf(row)
  const id =
    (target?.kind === 'machine' || target?.kind === 'terminal' ? target.id : undefined) ??
    machineOfPath(field(row, 'endpoint')) ??
    field(row, 'agent_id', 'machine_id')
  const machine = machineThing(machines, id, field(row, 'machine_name'))
  if (target?.kind === 'machine' && machine?.name !== undefined) target.name = machine.name
  return { target, machine }
}

function targetOf(row: JsonObject): Thing | undefined {
  const resource = field(row, 'resource')
  const type = field(row, 'resource_type')
  const id = field(row, 'resource_id')
  if (type !== undefined || id !== undefined) {
    const name = type === 'user' ? userIn(row) : undefined
    return thing(type === 'unknown' ? undefined : type, id, name)
  }
  // `machine:ID`, `machine/ID` or a kind alone.
  const parts = /^([a-z_-]+)(?:[:/](.+))?$/i.exec(resource ?? '')
  if (parts) return thing(parts[1]?.toLowerCase(), parts[2])
  return resource === undefined ? undefined : { name: resource }
}

function thing(kind?: string, id?: string, name?: string): Thing | undefined {
  if (kind === undefined && id === undefined) return undefined
  const made: Thing = {}
  if (kind !== undefined) made.kind = kind
  if (id !== undefined) made.id = id
  if (name !== undefined) made.name = name
  return made
}

/** The person a request makes or changes. */
function userIn(row: JsonObject): string | undefined {
  const body = member(row, 'request_body')
  return text(member(body, 'username')) || text(member(body, 'email')) || undefined
}

function machineOfPath(endpoint: string | undefined): string | undefined {
  const found = /\/(?:machines\/([^/?]+)|terminal\/([^/?]+)\/ws)/.exec(endpoint ?? '')
  const id = found?.[1] ?? found?.[2]
  if (id === undefined) return undefined
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
