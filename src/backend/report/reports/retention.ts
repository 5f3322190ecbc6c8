import { rowText } from '../../../domain'
import { eventObject } from '../../evidence'
import { fact } from '../document'
import { counted } from './count-words'
import type { Gather } from './ground'
import { cellsOf, RECORD, type RecordColumn } from './record-columns'
import { recordTable } from './record-table'
import { reportView } from './view'

const WHAT: RecordColumn = { name: 'what_happened', label: 'What happened', kind: 'code', width: 4, of: ({ event }) => Object.values(rowText(event)).filter(Boolean).join(' ') }
const COMPANION: RecordColumn = { name: 'companion', label: 'Comp.', kind: 'yes-no', of: ({ event }) => event.companion === true }

/** A copy of every record of the period, companions included. */
export const gatherRetention: Gather = async ({ store }, asked) => {
  const narrowed = reportView('', asked.text, asked.range)
  // Companions are records too: a copy without them would not be whole.
  const view = { ...narrowed.view, companions: true }
  const { rows, weighted } = store.count(view)
  const companions = rows - store.length({ ...view, companions: false })
  const data = (column: RecordColumn): RecordColumn => ({ ...column, only: 'data' })
  const wide = (column: RecordColumn, width: number): RecordColumn => ({ ...column, width })
  const columns = [
    RECORD.time,
    wide(RECORD.category, 1.9),
    wide(RECORD.action, 1.8),
    RECORD.outcome,
    data(RECORD.severity),
    wide(RECORD.user, 1.8),
    RECORD.machine,
    RECORD.target,
    wide(RECORD.ip, 1.9),
    WHAT,
    data(RECORD.repeat),
    data(COMPANION),
    data(RECORD.connection),
    wide(RECORD.key, 3.4),
  ]
  return {
    title: 'Retention copy',
    question: 'What is held of this period, record by record?',
    rowIs: 'one record',
    view,
    query: narrowed.query,
    filters: narrowed.filters,
    facts: [fact('Records', counted(rows, 'record')), fact('Stand for', counted(weighted, 'event')), fact('Of them companions', `${counted(companions, 'record')}, second lines about what another record counts`)],
    main: recordTable(store, view, { name: 'events', title: 'Records', columns, none: 'No record is held of this period.', cells: (held) => [cellsOf(columns, held)], line: (record) => `${JSON.stringify({ type: 'event', ...eventObject(record) })}\n` }),
    sections: [],
    notes: [],
    hidden: null,
    shows: ['Every record held of the period. As JSON Lines each is whole, with its bytes as they were received, secrets replaced.'],
    showsNot: ['Records that the sources did not give: see the coverage of each list.', 'The bytes of recordings, which are kept apart.'],
  }
}
