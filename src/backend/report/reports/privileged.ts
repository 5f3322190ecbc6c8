import type { ReportAsked } from '../../../contract'
import { fact, type Cell, type Column } from '../document'
import { FIELD_COLUMNS } from '../../query'
import type { ReadableStore, StoreView } from '../../store'
import { counted } from './count-words'
import type { Gather } from './ground'
import type { Section } from './main-table'
import { cellsOf, RECORD } from './record-columns'
import { recordTable } from './record-table'
import { reportView } from './view'

/** What ran, or was refused, with the rights of another: the same that makes an access a privileged one, and what was refused. */
const PRIVILEGED = String.raw`(category:sudo -action:(other authenticate)) OR (category:command (user:root OR command:/^\s*(?:sudo|doas|su|pkexec)(?:\s|$)/))`

/** Privileged commands, one by one. */
export const gatherPrivileged: Gather = async ({ store }, asked) => {
  const { query, view, filters } = reportView(PRIVILEGED, asked.text, asked.range)
  const columns = [RECORD.time, RECORD.user, RECORD.runAs, RECORD.machine, RECORD.command, RECORD.outcome, RECORD.reason, RECORD.session, RECORD.approval, RECORD.connection, RECORD.key]
  return {
    title: 'Privileged commands',
    question: 'Which commands ran, or were refused, with the rights of somebody else?',
    rowIs: 'one record of a command',
    view,
    query,
    filters,
    facts: factsOf(store, asked),
    main: recordTable(store, view, { name: 'privileged_commands', title: 'Privileged commands', columns, none: 'No privileged command is held of this period.', cells: (held) => [cellsOf(columns, held)] }),
    sections: [tallySection(store, view, 'user'), tallySection(store, view, 'machine')],
    notes: [],
    hidden: null,
    shows: ['Commands by sudo, doas, su or pkexec, commands of root, and what sudo refused, of which a record is held in the period.'],
    showsNot: [
      'What a command did further: a shell that was opened with sudo runs commands which only a recording or a log of that shell tells of.',
      'Privileges given by other means, as group membership or a set-uid program.',
    ],
  }
}

function factsOf(store: ReadableStore, { text, range }: ReportAsked) {
  const of = (outcome: string) => store.count(reportView(`(${PRIVILEGED}) outcome:${outcome}`, text, range).view)
  const [failure, success, unknown] = [of('failure'), of('success'), of('unknown')]
  return [
    fact('Ran', counted(success.weighted, 'command')),
    fact('Refused or failed', counted(failure.weighted, 'command')),
    fact('Outcome not told', counted(unknown.weighted, 'command')),
  ]
}

function tallySection(store: ReadableStore, view: StoreView, field: 'user' | 'machine'): Section {
  const { values } = store.tally(view, FIELD_COLUMNS[field])
  const columns: readonly Column[] = [
    { name: field, label: field === 'user' ? 'User' : 'Machine', kind: 'text', width: 5 },
    { name: 'commands', label: 'Commands', kind: 'number' },
  ]
  return { table: { name: `by_${field}`, title: `Privileged commands by ${field}`, columns, total: values.length, rows: () => values.map(({ value, count }): Cell[] => [value ?? '(none named)', count]), none: 'None.' } }
}
