import { flatten, type JsonObject } from '../json'
import { instanceOf, type Ground } from './ground'
import { machineThing } from './machines'
import type { Read } from './page'
import { blankDraft, field, idOf, whenOf } from './row'
import type { Hidden } from './secrets'
import { readWhen } from './time'

/** The others, such as protocol, line, os_user and logout_at, stay as attributes. */
const PLACED: ReadonlySet<string> = new Set(['id', 'agent_id', 'machine_name', 'tenant_id', 'source_ip', 'login_at'])

/** Reads a sign-in to a machine past the portal. Only those that succeeded are listed. */
export function loginReader(ground: Ground): (row: JsonObject, hidden: Hidden) => Read {
  return (row, hidden) => {
    const when = whenOf(row, 'login_at', 'created_at')
    const event = blankDraft(when, flatten(row, { skip: PLACED, hidden }))
    const tenant = field(row, 'tenant_id') ?? ground.machine?.tenant
    event.category = 'authentication'
    event.action = 'login'
    event.actionRaw = 'login'
    // It is listed, so it came about.
    event.outcome = 'success'
    event.outcomeBasis = 'derived'
    const user = field(row, 'os_user')
    if (user !== undefined) event.actor = { name: user, kind: 'user' }
    const id = ground.machine?.agent ?? field(row, 'agent_id', 'machine_id')
    const machine = machineThing(ground.machines, id, field(row, 'machine_name'))
    if (machine) event.machine = machine
    const ip = field(row, 'source_ip')
    if (ip !== undefined) event.ip = ip
    if (tenant !== undefined) event.tenant = tenant
    const end = readWhen(field(row, 'logout_at') ?? '')
    if (end !== null && end.time >= when.time) event.durationMs = end.time - when.time
    const open = end === null && field(row, 'active') !== 'false'
    return { id: idOf(row, 'id'), instance: instanceOf(ground, tenant), event, ...(open && { open }) }
  }
}
