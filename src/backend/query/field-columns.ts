import type { TextField } from '../../language'
import type { TextColumn } from '../store'

/**
 * Columns behind each field of the language. A query matches any of them; a count, a facet and an offer show the first that
 * has a value. `text` is no column: it looks at every text there is.
 */
export const FIELD_COLUMNS: Record<Exclude<TextField, 'text'>, TextColumn[]> = {
  user: ['actorName', 'actorEmail', 'actorId'],
  ip: ['ip'],
  machine: ['machineName', 'machineId'],
  target: ['targetName', 'targetId'],
  client: ['client'],
  tenant: ['tenant'],
  project: ['project'],
  session: ['session'],
  approval: ['approval'],
  source: ['source'],
  connection: ['connection'],
  stream: ['stream'],
  category: ['category'],
  severity: ['severity'],
  outcome: ['outcome'],
  basis: ['outcomeBasis'],
  reason: ['reason'],
  action: ['action', 'actionRaw'],
  command: ['command'],
}
