import { isIP } from 'node:net'
import { thingLabel, type Actor, type AuditEvent, type Thing } from '../../../domain'
import { present } from './text'

// Objects of OCSF 1.8.0: each says enough for its own constraint, also where a record says little.

/** Names a thing that the record does not name, where the schema wants one. */
const UNKNOWN = 'Unknown'

const USER_TYPES = { user: [1, 'User'], system: [3, 'System'], service: [4, 'Service'], token: [99, 'Token'], agent: [99, 'Agent'] } as const

// What the schema's types `email_t` and `ip_t` hold.
const EMAIL = /^[a-z\d!#$%&'*+,\-./=?^_`{|}~]+@[a-z\d-]+\.[a-z\d.-]+$/i
const LONGEST_ADDRESS = 40

/** The actor's address, unless the schema's type cannot hold it. */
export function ocsfEmail(actor: Actor | undefined): string | undefined {
  return actor?.email !== undefined && EMAIL.test(actor.email) ? actor.email : undefined
}

/** At least one of name and uid. */
export function ocsfUser(actor: Actor | undefined): object {
  const [typeId, type] = actor?.kind === undefined ? [0, UNKNOWN] : USER_TYPES[actor.kind]
  const name = actor?.name ?? (actor?.id === undefined ? (actor?.email ?? UNKNOWN) : undefined)
  return present({ uid: actor?.id, name, email_addr: ocsfEmail(actor), type_id: typeId, type })
}

/** Who a change is made to: the target where it is a person, else whoever acted. */
export function ocsfSubject(event: AuditEvent): object {
  return ocsfTargetUser(event) ?? ocsfUser(event.actor)
}

/** The target where it is a person, or nothing says that it is not. */
function ocsfTargetUser({ target }: AuditEvent): object | undefined {
  const { kind, id, name } = target ?? {}
  if ((id === undefined && name === undefined) || (kind !== undefined && kind !== 'user')) return undefined
  return ocsfUser(present({ id, name }))
}

export function ocsfActor(event: AuditEvent): object {
  return present({ user: ocsfUser(event.actor), session: sessionOf(event), app_name: event.client })
}

export function sessionOf({ session }: AuditEvent): object | undefined {
  return session === undefined ? undefined : { uid: session }
}

/** Where it came from: an address, else a host's name. */
export function ocsfSource({ ip }: AuditEvent): object {
  if (ip === undefined) return { name: UNKNOWN }
  return isIP(ip) === 0 || ip.length > LONGEST_ADDRESS ? { hostname: ip } : { ip }
}

export function ocsfMachine(machine: Thing | undefined): object | undefined {
  const name = machine?.name ?? machine?.id
  return name === undefined ? undefined : present({ uid: machine?.id, hostname: machine?.name, name })
}

/** A machine as a device, whose kind the records do not tell. */
export function ocsfDevice({ machine }: AuditEvent): object {
  return { type_id: 0, type: UNKNOWN, ...(ocsfMachine(machine) ?? { name: UNKNOWN }) }
}

/** A managed entity: as what the schema numbers where it is such, else under the record's own word. */
export function ocsfEntity(event: AuditEvent): object {
  const { type, ...named } = ocsfResource(event)
  switch (type) {
    case undefined:
      return named
    case 'host':
    case 'machine':
      return { ...named, type_id: 1, type: 'Device', device: { type_id: 0, type: UNKNOWN, ...named } }
    case 'user':
      return { ...named, type_id: 2, type: 'User', user: { type_id: 0, type: UNKNOWN, ...named } }
    case 'group':
      return { ...named, type_id: 3, type: 'Group', group: named }
    default:
      return { ...named, type_id: 99, type }
  }
}

export function ocsfResource({ target, machine, action }: AuditEvent): { uid?: string | undefined; name?: string | undefined; type?: string | undefined } {
  const thing = target ?? machine
  return present({ uid: thing?.id, name: thing?.name ?? (thing?.id === undefined ? action : undefined), type: thing?.kind })
}

export function ocsfApp({ target, machine, action }: AuditEvent): object {
  const thing = target ?? machine
  return present({ uid: thing?.id, name: thing?.name ?? thing?.id ?? action })
}

/** A group, and who came into it or left it where the record names the group beside its target. */
export function ocsfMembership(event: AuditEvent): { group: object; user?: object } {
  const { target, attributes } = event
  const isGroup = target?.kind === 'group' || (target?.kind === undefined && attributes['group'] === undefined)
  const { id, name } = isGroup ? (target ?? {}) : { id: undefined, name: attributes['group'] }
  const group = present({ uid: id, name: name ?? (id === undefined ? UNKNOWN : undefined) })
  const user = isGroup ? undefined : ocsfTargetUser(event)
  return user === undefined ? { group } : { group, user }
}

/** What was given or taken, in the words of the record. */
export function ocsfPrivileges({ changes, scope, actionRaw }: AuditEvent): string[] {
  const changed = changes?.flatMap(({ old, new: now }) => now ?? old ?? []) ?? []
  if (changed.length > 0) return changed
  return [scope ?? actionRaw]
}

/** The whole command is its line; a process is known by the record that tells of it. */
export function ocsfProcess({ command, onBehalf, key, category, actor }: AuditEvent): object {
  const user = category === 'sudo' && onBehalf !== undefined ? runAs(onBehalf) : ocsfUser(actor)
  return present({ uid: key, name: programOf(command), cmd_line: command, user })
}

function runAs(name: string): object {
  return name === 'root' ? { name, type_id: 2, type: 'Admin' } : { name, type_id: 0, type: UNKNOWN }
}

function programOf(command: string | undefined): string | undefined {
  const [first = ''] = command?.trimStart().split(/\s/, 1) ?? []
  return first === '' ? undefined : first.slice(first.lastIndexOf('/') + 1)
}

/** Type 1: a regular file. */
export function ocsfFile({ file, target }: AuditEvent): object {
  return present({ name: file?.name ?? thingLabel(target) ?? UNKNOWN, type_id: 1, type: 'Regular File', size: file?.size })
}

/** Type of SSH authentication by its number in the schema. */
export function sshAuthType(method: string | undefined): { auth_type_id: number; auth_type: string } | undefined {
  if (method === undefined) return undefined
  const known = SSH_TYPES.find(([pattern]) => pattern.test(method))
  return known ? { auth_type_id: known[1], auth_type: known[2] } : { auth_type_id: 99, auth_type: method }
}

const SSH_TYPES: readonly (readonly [RegExp, number, string])[] = [
  [/^gssapi/i, 2, 'GSSAPI'],
  [/^host/i, 3, 'Host Based'],
  [/^keyboard/i, 4, 'Keyboard Interactive'],
  [/^password$/i, 5, 'Password'],
  [/^publickey$/i, 6, 'Public Key'],
]
