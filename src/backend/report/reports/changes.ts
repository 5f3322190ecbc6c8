import { actorLabel, thingLabel, type Change } from '../../../domain'
import type { HeldEvent } from '../../store'
import { fact, type Cell, type Column } from '../document'
import { counted } from './count-words'
import type { Gather } from './ground'
import { recordTable } from './record-table'
import { reportView } from './view'

const CHANGES = 'category:privilege'

/** Changes of roles, permissions and groups, with what was before and after. */
export const gatherChanges: Gather = async ({ store }, asked) => {
  const { query, view, filters } = reportView(CHANGES, asked.text, asked.range)
  const { rows, weighted } = store.count(view)
  return {
    title: 'Role and permission changes',
    question: 'Whose roles, permissions and groups were changed, by whom, from what to what?',
    rowIs: 'one changed field of one record',
    view,
    query,
    filters,
    facts: [fact('Changes', `${counted(weighted, 'change')} in ${counted(rows, 'record')}`)],
    main: recordTable(store, view, {
      name: 'changes',
      title: 'Role and permission changes',
      columns: COLUMNS,
      none: 'No change of a role, permission or group is held of this period.',
      cells: changeRows,
      rowsOf: ({ event }) => Math.max(1, event.changes?.length ?? 0),
    }),
    sections: [],
    notes: [],
    hidden: null,
    shows: ['Every record held of the period that changed a role, a permission or the members of a group. Old and new are as the source wrote them; where it wrote none they are empty.'],
    showsNot: ['Changes made where no source looks, as by hand in a database.', 'Which roles were held without a change in the period.'],
  }
}

const COLUMNS: readonly Column[] = [
  { name: 'time', label: 'Time', kind: 'instant', width: 2.3 },
  { name: 'changed_by', label: 'Changed by', kind: 'text', width: 1.6 },
  { name: 'subject', label: 'Of whom', kind: 'text', width: 1.8 },
  { name: 'action', label: 'Action', kind: 'text', width: 1.4 },
  { name: 'field', label: 'Field', kind: 'text', width: 1.2 },
  { name: 'old', label: 'Old', kind: 'code', width: 1.8 },
  { name: 'new', label: 'New', kind: 'code', width: 1.8 },
  { name: 'outcome', label: 'Outcome', kind: 'state', width: 1.1 },
  { name: 'ip', label: 'IP', kind: 'code', width: 1.5 },
  { name: 'connection', label: 'Connection', kind: 'text', width: 1.2 },
  { name: 'key', label: 'Event', kind: 'code', width: 2.6 },
]

function changeRows({ event, origin }: HeldEvent): Cell[][] {
  const { time, actor, target, action, outcome, ip, key } = event
  const changes: readonly (Change | null)[] = event.changes && event.changes.length > 0 ? event.changes : [null]
  return changes.map((change) => [
    time,
    actorLabel(actor),
    thingLabel(target),
    action,
    change?.field ?? null,
    change?.oldFull ?? change?.old ?? null,
    change?.newFull ?? change?.new ?? null,
    outcome,
    ip ?? null,
    origin.connection,
    key,
  ])
}
