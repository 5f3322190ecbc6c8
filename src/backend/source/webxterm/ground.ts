import type { JsonObject } from '../json'
import { machineThing, type Machine, type Machines } from './machines'
import { actorOf, field, programOf, type Draft } from './row'

/** What a row's reader knows besides the row. */
export type Ground = {
  /** Host name of the server, without its port. */
  host: string
  machines: Machines
  /** The machine whose list is read. */
  machine?: Machine
}

/** Whose record it is: the tenant the row names, else its machine's, else the server. Who reads it plays no part, so that all have the same key for it. */
export function instanceOf(ground: Ground, tenant: string | undefined): string {
  return tenant ?? ground.host
}

/** Fields of a row of one machine's list that say who worked where, from where and with which program. */
export const PLACE_FIELDS = [
  'user_id',
  'username',
  'tenant_id',
  'source',
  'browser',
  'os',
  'os_info',
  'ip_address',
  'user_agent',
  'machine_name',
] as const

/** Who worked where and with which program, in a row of one machine's list. */
export function setPlace(event: Draft, row: JsonObject, { machines, machine }: Ground): void {
  const actor = actorOf(row)
  const id = machine?.agent ?? field(row, 'agent_id', 'machine_id')
  const place = machineThing(machines, id, field(row, 'machine_name'))
  if (actor) event.actor = actor
  if (place) event.machine = place
  const program = event.userAgent ?? programOf(row)
  if (program !== undefined) event.userAgent = program
}
