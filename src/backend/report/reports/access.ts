import type { AccessList, AccessRow, Ask } from '../../../contract'
import { seesAll } from '../../../domain'
import { fact, type Cell, type Column, type Fact } from '../document'
import { counted } from './count-words'
import type { Gather, ReportGround } from './ground'
import { listTable } from './main-table'
import { everyPage } from './every-page'
import { neverUsedSection } from './never-used'
import { reportView } from './view'
import { HIDDEN } from './hidden'

/** Everything that shows somebody on a machine, and the requests that let them in. */
const RESTS_ON = 'category:(session command sudo file approval) OR (category:authentication action:login outcome:success)'

/** Who reached which machine, when, and by whose grant. */
export const gatherAccess: Gather = async (ground, asked) => {
  const { query, view } = reportView(RESTS_ON, '', asked.range)
  const isHidden = !seesAll(ground.store.connections())
  const { rows, list } = isHidden ? { rows: [], list: null } : await accessRows(ground, asked)
  const unused = isHidden ? null : await neverUsedSection(ground, asked)
  return {
    title: 'Access report',
    question: 'Who reached which machine, when, and by whose grant?',
    rowIs: 'one person on one machine',
    view,
    query,
    filters: filterWords(asked),
    facts: list ? factsOf(list) : [],
    main: listTable(
      { name: 'access', title: 'Who reached which machine', columns: COLUMNS, none: 'Nobody is known to have reached a machine in this period. See the coverage for what that rests on.' },
      rows,
      { nameOf: ({ person, machine }) => JSON.stringify([person?.toLowerCase() ?? null, machine.toLowerCase()]), cells },
    ),
    sections: unused ? [unused] : [],
    notes: [],
    hidden: isHidden ? HIDDEN : null,
    shows: [
      'Every session, sign-in that worked, command, sudo and file transfer held of the period, gathered by person and machine.',
      'Granted: accesses that began while an approved request of the person for the machine stood; without: requests for the machine are held and none of the person stood then.',
    ],
    showsNot: [
      'Access of which no record is held: see the coverage of each list.',
      'Whether access was needed. The last three columns are for the reviewer.',
      ...(list && list.unplaced > 0 ? [`${counted(list.unplaced, 'session')} of unknown machine or time, which no row counts.`] : []),
    ],
  }
}

async function accessRows({ answers }: ReportGround, { range, text, only }: Parameters<Gather>[1]): Promise<{ rows: AccessRow[]; list: AccessList }> {
  const filter: Omit<Ask<'access.list'>, 'at' | 'count'> = {
    range,
    text: text.slice(0, 200),
    person: null,
    machine: null,
    production: only.includes('production'),
    privileged: only.includes('privileged'),
    ungranted: only.includes('ungranted'),
    first: false,
    order: 'person',
    descending: false,
  }
  const list = await answers['access.list']({ ...filter, at: 0, count: 1 })
  const rows = await everyPage(async (at, count) => answers['access.list']({ ...filter, at, count }))
  return { rows, list }
}

function filterWords({ text, only }: Parameters<Gather>[1]): string[] {
  const words = { production: 'production machines alone', privileged: 'privileged access alone', ungranted: 'with an access without a grant alone' }
  return [...(text.trim() === '' ? [] : [`words: ${text.trim()}`]), ...only.map((one) => words[one])]
}

function factsOf({ sums, heldSince }: AccessList): Fact[] {
  const { people, machines, accesses, privileged, ungranted, unknown } = sums
  return [
    fact('People', String(people)),
    fact('Machines', String(machines)),
    fact('Accesses', accesses.toLocaleString('en-US')),
    fact('With privileges', counted(privileged, 'pair of person and machine', 'pairs of person and machine')),
    fact('Without a grant', counted(ungranted, 'access', 'accesses')),
    fact('Grant cannot be told', `${counted(unknown, 'access', 'accesses')} to machines of which no request is held`),
    fact('Held since', heldSince === null ? 'nothing is held' : [{ kind: 'time', at: heldSince }]),
  ]
}

const COLUMNS: readonly Column[] = [
  { name: 'person', label: 'Person', kind: 'text', width: 1.9 },
  { name: 'machine', label: 'Machine', kind: 'text', width: 1.7 },
  { name: 'first_access', label: 'First', kind: 'time', width: 1.35 },
  { name: 'last_access', label: 'Last', kind: 'time', width: 1.35 },
  { name: 'accesses', label: 'Accesses', kind: 'number', width: 0.95 },
  { name: 'sessions', label: 'Sessions', kind: 'number', only: 'data' },
  { name: 'commands', label: 'Commands', kind: 'number', width: 1.1 },
  { name: 'sudo', label: 'Sudo', kind: 'number', width: 0.65 },
  { name: 'files', label: 'Files', kind: 'number', width: 0.65 },
  { name: 'privileged', label: 'Privileged', kind: 'yes-no', width: 1.25 },
  { name: 'production', label: 'Production', kind: 'yes-no', width: 1.1 },
  { name: 'granted_by', label: 'Granted by (accesses)', kind: 'text', width: 2.3 },
  { name: 'granted', label: 'Granted', kind: 'number', only: 'data' },
  { name: 'without_grant', label: 'Without', kind: 'number', only: 'data' },
  { name: 'grant_unknown', label: 'Not told', kind: 'number', only: 'data' },
  { name: 'grants', label: 'Grants', kind: 'text', width: 1.5, only: 'page' },
  { name: 'decision', label: 'Keep, change or remove', kind: 'blank', width: 1.5 },
  { name: 'reviewer', label: 'Reviewer', kind: 'blank', width: 1.3 },
  { name: 'reviewed_on', label: 'Date', kind: 'blank', width: 1 },
]

function cells(row: AccessRow): Cell[] {
  const { person, machine, first, last, accesses, sessions, commands, sudo, files, isPrivileged, isProduction, granted, ungranted } = row
  const unknown = accesses - granted - ungranted
  const grants = [...(granted > 0 ? [`${granted} granted`] : []), ...(ungranted > 0 ? [`${ungranted} without`] : []), ...(unknown > 0 ? [`${unknown} not told`] : [])].join(', ')
  return [person ?? '(unknown)', machine, first, last, accesses, sessions, commands, sudo, files, isPrivileged, isProduction, grantWords(row), granted, ungranted, unknown, grants, null, null, null]
}

function grantWords({ approvers, person, isOwnApprover }: AccessRow): string {
  const own = person?.toLowerCase()
  const named = approvers.map(({ name, accesses }) => `${name ?? '(unknown)'}${isOwnApprover && name?.toLowerCase() === own ? ', own request' : ''} (${accesses})`)
  return named.join('; ')
}

