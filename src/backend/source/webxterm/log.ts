import { flatten, type JsonObject } from '../json'
import { instanceOf, PLACE_FIELDS, setPlace, type Ground } from './ground'
import type { Read } from './page'
import { blankDraft, field, idOf, setCaller, Unreadable, whenOf, type Draft } from './row'
import type { Hidden } from './secrets'

const PLACED: ReadonlySet<string> = new Set([
  ...PLACE_FIELDS,
  'id',
  'command',
  'timestamp',
  'success',
  'session_id',
  // As long as the program liked; it stays in the record's bytes.
  'output',
])

/** Reads a row of a machine's command log. */
export function logReader(ground: Ground): (row: JsonObject, hidden: Hidden) => Read {
  return (row, hidden) => {
    const command = field(row, 'command')
    if (command === undefined) throw new Unreadable('no command')
    const tenant = field(row, 'tenant_id') ?? ground.machine?.tenant
    const event = blankDraft(whenOf(row, 'timestamp'), flatten(row, { skip: PLACED, hidden }))
    event.category = 'command'
    event.action = 'execute'
    event.actionRaw = 'command'
    event.command = command
    setCaller(event, row, tenant)
    setPlace(event, row, ground)
    setOutcome(event, row)
    return { id: idOf(row, 'id'), instance: instanceOf(ground, tenant), event }
  }
}

/** What the server reports: of terminals it reports success always, since they have no exit codes. */
function setOutcome(event: Draft, row: JsonObject): void {
  const success = field(row, 'success')
  if (success !== 'true' && success !== 'false') return
  event.outcome = success === 'true' ? 'success' : 'failure'
  event.outcomeBasis = 'reported'
}
