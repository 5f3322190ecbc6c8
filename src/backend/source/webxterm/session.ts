import { flatten, type JsonObject } from '../json'
import { instanceOf, PLACE_FIELDS, setPlace, type Ground } from './ground'
import type { Read } from './page'
import { blankDraft, field, idOf, setCaller, whenOf } from './row'
import type { Hidden } from './secrets'
import { readWhen } from './time'

const PLACED: ReadonlySet<string> = new Set([
  ...PLACE_FIELDS,
  'session_id',
  'started_at',
  'status',
])

/** Reads a row of a machine's terminal sessions. */
export function sessionReader(ground: Ground): (row: JsonObject, hidden: Hidden) => Read {
  return (row, hidden) => {
    const id = idOf(row, 'session_id', 'id')
    const tenant = field(row, 'tenant_id') ?? ground.machine?.tenant
    const status = field(row, 'status')
    const when = whenOf(row, 'started_at', 'created_at')
    const event = blankDraft(when, flatten(row, { skip: PLACED, hidden }))
    event.category = 'session'
    event.action = 'session'
    event.actionRaw = status ?? 'session'
    // It is listed, so it came about.
    event.outcome = 'success'
    event.outcomeBasis = 'derived'
    setCaller(event, row, tenant)
    setPlace(event, row, ground)
    event.session = id
    const durationMs = lasted(row, when.time)
    if (durationMs !== undefined) event.durationMs = durationMs
    const open = status?.toLowerCase() !== 'closed'
    return { id, instance: instanceOf(ground, tenant), event, ...(open && { open }) }
  }
}

function lasted(row: JsonObject, start: number): number | undefined {
  const end = readWhen(field(row, 'ended_at', 'closed_at') ?? '')
  return end !== null && end.time >= start ? end.time - start : undefined
}
