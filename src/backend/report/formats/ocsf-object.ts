import { isIP } from 'node:net'
import { thingLabel, type Actor, type AuditEvent, type Thing } from '../../../domain'
import { present } from './text'

// Objects of OCSF 1.8.0: each says enough for its own constraint, also where a record says little.

/** Names a thing that the record does not name, where the schema wants one. */
const UNKNOWN = 'Unknown'

const USER_TYPES = { user: [1, 'User'], system: [3, 'System'], service: [4, 'Service'], token: [99, 'Token'], agent: [99, 'Agent'] } as const

/** At least one of name and uid. */
export function ocsfUser(actor: Actor | undefined): object {
  const [typeId, type] = actor?.kind === undefined ? [0, UNKNOWN] : USER_TYPES[actor.kind]
  const name = actor?.name ?? (actor?.id === undefined ? (actor?.email ?? UNKNOWN) : undefined)
  return present({ uid: actor?.id, name, email_addr: actor?.email, type_id: typeId, type })
}

/** Who a change is made to: the target where it is a person, else whoever acted. */
export function ocsfSubject({ target, actor }: AuditEvent): object {
  if (target === undefined || (target.name === undefined && target.id === undefined)) return ocsfUser(actor)
  return ocsfUser(present({ id: target.id, name: target.name }))
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
  return isIP(ip) === 0 ? { hostname: ip } : { ip }
}

export function ocsfMachine(machine: Thing | undefined): object | undefined {
  const name = machine?.name ?? machine?.id
  return name === undefined ? undefined : present({ uid: machine?.id, hostname: machine?.name, name })
}

/** A machine as a device, whose kind the records do not tell. */
export function ocsfDevice({ machine }: AuditEvent): object {
  return { type_id: 0, type: UNKNOWN, ...(ocsfMachine(machine) ?? { name: UNKNOWN }) }
}

export function ocsfEntity({ target, machine, action }: AuditEvent): object {
  const thing = target ?? machine
  return present({ uid: thing?.id, name: thing?.name ?? (thing?.id === undefined ? action : undefined), type: thing?.kind })
}

export function ocsfApp({ target, machine, action }: AuditEvent): object {
  const thing = target ?? machine
  return present({ uid: thing?.id, name: thing?.name ?? thing?.id ?? action, vendor_name: UNKNOWN })
}

export function ocsfGroup({ target }: AuditEvent): object {
  return present({ uid: target?.id, name: target?.name ?? (target?.id === undefined ? UNKNOWN : undefined) })
}

/** What was given or taken, in the words of the record. */
export function ocsfPrivileges({ changes, scope, actionRaw }: AuditEvent): string[] {
  const changed = changes?.flatMap(({ old, new: now }) => now ?? old ?? []) ?? []
  if (changed.length > 0) return changed
  return [scope ?? actionRaw]
}

/** The whole command is its line; a process is known by the record that tells of it. */
export function ocsfProcess({ command, onBehalf, key, category, actor }: AuditEvent): object {
  const user = category === 'sudo' && onBehalf !== undefined ? { name: onBehalf, type_id: onBehalf === 'root' ? 2 : 0 } : ocsfUser(actor)
  return present({ uid: key, name: programOf(command), cmd_line: command, user })
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
