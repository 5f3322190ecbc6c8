import type { ReportAsked, SignInSummary } from '../../../contract'
import { fact, type Cell, type Column, type Fact } from '../document'
import { FIELD_COLUMNS } from '../../query'
import type { ReadableStore, StoreView } from '../../store'
import { counted } from './count-words'
import type { Gather } from './ground'
import type { Section } from './main-table'
import { cellsOf, RECORD } from './record-columns'
import { recordTable } from './record-table'
import { reportView } from './view'

/** The same words that the screen of sign-ins counts by. */
const SIGN_INS = 'category:authentication action:login'
const FAILED = `${SIGN_INS} outcome:failure`

/** Failed sign-ins, one by one, and what they are among. */
export const gatherSignIns: Gather = async ({ store, answers }, asked) => {
  const { query, view, filters } = reportView(SIGN_INS, asked.text, asked.range)
  const failed = reportView(FAILED, asked.text, asked.range).view
  const summary = await answers['signin.summary']({ range: asked.range, zone: asked.zone })
  const columns = [RECORD.time, RECORD.user, RECORD.ip, RECORD.method, RECORD.machine, RECORD.reason, RECORD.repeat, RECORD.connection, RECORD.key]
  return {
    title: 'Failed sign-ins',
    question: 'Which sign-ins failed, whose, from where, and which sources tell of failures at all?',
    rowIs: 'one record of a failed sign-in',
    view,
    query,
    filters,
    facts: factsOf(store, asked),
    main: recordTable(store, failed, {
      name: 'failed_sign_ins',
      title: 'Failed sign-ins',
      columns,
      none: 'No failed sign-in is held of this period. Which sources tell of failures at all is listed below.',
      cells: (held) => [cellsOf(columns, held)],
    }),
    sections: [tellingSection(summary), ...FIELDS.map((field) => tallySection(store, failed, field))],
    notes: [],
    hidden: null,
    shows: ['Every record of a failed sign-in held of the period; one record can stand for several attempts.'],
    showsNot: [
      'Failures of sources that do not report them: see the list of sources.',
      'That a name belongs to a person: it is what was typed.',
      ...(summary.lists.length === 0 ? ['No source of sign-ins is connected.'] : []),
    ],
  }
}

function factsOf(store: ReadableStore, { text, range }: ReportAsked): Fact[] {
  const of = (outcome: string) => store.count(reportView(`${SIGN_INS} outcome:${outcome}`, text, range).view)
  const [failure, success, unknown] = [of('failure'), of('success'), of('unknown')]
  return [
    fact('Failed', `${counted(failure.weighted, 'attempt')} in ${counted(failure.rows, 'record')}`),
    fact('Succeeded', counted(success.weighted, 'sign-in')),
    fact('Outcome not told', counted(unknown.weighted, 'sign-in')),
  ]
}

const FIELDS = [
  { field: 'user', label: 'User', title: 'By user' },
  { field: 'ip', label: 'Address', title: 'By address' },
  { field: 'machine', label: 'Machine', title: 'By machine' },
] as const

function tallySection(store: ReadableStore, failed: StoreView, { field, label, title }: (typeof FIELDS)[number]): Section {
  const { values } = store.tally(failed, FIELD_COLUMNS[field])
  const columns: readonly Column[] = [
    { name: field, label, kind: field === 'ip' ? 'code' : 'text', width: 5 },
    { name: 'attempts', label: 'Failed attempts', kind: 'number' },
    { name: 'records', label: 'Records', kind: 'number' },
  ]
  return {
    table: { name: `failed_by_${field}`, title: `Failed sign-ins: ${title.toLowerCase()}`, columns, total: values.length, rows: () => values.map(({ value, rows, count }): Cell[] => [value ?? '(none named)', count, rows]), none: 'None.' },
  }
}

const REPORTS: Record<SignInSummary['lists'][number]['report'], string> = {
  reported: 'failures are reported',
  partly: 'failures are reported in part',
  successes: 'failures are not reported',
  unread: 'cannot be read',
  unknown: 'not known whether failures are reported',
}

function tellingSection({ lists }: SignInSummary): Section {
  const columns: readonly Column[] = [
    { name: 'connection', label: 'Connection', kind: 'text', width: 1.4 },
    { name: 'list', label: 'List', kind: 'text', width: 1.8 },
    { name: 'report', label: 'Failures', kind: 'text', width: 1.8 },
    { name: 'why', label: 'Why', kind: 'text', width: 5 },
    { name: 'failure', label: 'Failed', kind: 'number', width: 0.8 },
    { name: 'success', label: 'Succeeded', kind: 'number', width: 1 },
  ]
  return {
    text: 'A source that does not report failures has none to show, whatever happened. The counts are of the whole period, without filters.',
    table: {
      name: 'sources_of_sign_ins',
      title: 'Which sources tell of failed sign-ins',
      columns,
      total: lists.length,
      rows: () => lists.map(({ connection, label, report, why, counts }): Cell[] => [connection, label, REPORTS[report], why, counts.failure, counts.success]),
      none: 'No source of sign-ins is connected.',
    },
  }
}

