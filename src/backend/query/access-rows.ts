import type { AccessList, AccessRow } from '../../contract'
import type { Instant, TimeRange } from '../../domain'
import type { AccessFilter } from './access'
import type { Reach } from './access-reaches'

/** Approvers told of one row. */
const MOST_APPROVERS = 10

/** All accesses of one person to one machine, by their beginning. */
export type Held = { person: string | null; machine: string; reaches: Reach[]; firstHeld: Instant; machineSince: Instant }

const NOTHING = {
  accesses: 0,
  sessions: 0,
  commands: 0,
  sudo: 0,
  files: 0,
  granted: 0,
  ungranted: 0,
  isPrivileged: false,
  isOwnApprover: false,
  approvers: [],
} satisfies Partial<AccessRow>

/** What the accesses that reach into the range are together; null where none does. */
export function rowOf(held: Held, range: TimeRange | null, isProduction: (machine: string) => boolean): AccessRow | null {
  const { person, machine, firstHeld, machineSince } = held
  const own = person?.toLowerCase()
  const approvers = new Map<string | null, number>()
  let row: AccessRow | null = null
  for (const reach of held.reaches) {
    if (!reachesInto(reach, range)) continue
    row ??= {
      ...NOTHING,
      person,
      machine,
      firstHeld,
      machineSince,
      first: reach.from,
      last: reach.to,
      isProduction: isProduction(machine),
      isFirst: range && firstHeld >= range.from,
    }
    add(row, reach)
    if (typeof reach.grant === 'string') continue
    const { approver } = reach.grant
    approvers.set(approver, (approvers.get(approver) ?? 0) + 1)
    if (approver !== null && approver.toLowerCase() === own) row.isOwnApprover = true
  }
  if (row && approvers.size > 0) {
    const all = [...approvers].map(([name, accesses]) => ({ name, accesses })).sort((a, b) => b.accesses - a.accesses)
    row.approvers = all.slice(0, MOST_APPROVERS)
  }
  return row
}

export function reachesInto({ from, to }: Pick<Reach, 'from' | 'to'>, range: TimeRange | null): boolean {
  return range === null || (from < range.to && to >= range.from)
}

function add(row: AccessRow, reach: Reach): void {
  row.last = Math.max(row.last, reach.to)
  row.accesses++
  if (reach.session) row.sessions++
  row.commands += reach.commands
  row.sudo += reach.sudo
  row.files += reach.files
  if (reach.isPrivileged) row.isPrivileged = true
  if (reach.grant === 'none') row.ungranted++
  else if (reach.grant !== 'unknown') row.granted++
}

export function testOf(filter: AccessFilter): (row: AccessRow) => boolean {
  const words = filter.text.trim().toLowerCase()
  const person = filter.person?.toLowerCase()
  const machine = filter.machine?.toLowerCase()
  return (row) =>
    (person === undefined || row.person?.toLowerCase() === person) &&
    (machine === undefined || row.machine.toLowerCase() === machine) &&
    (!filter.production || row.isProduction) &&
    (!filter.privileged || row.isPrivileged) &&
    (!filter.ungranted || row.ungranted > 0) &&
    (!filter.first || row.isFirst === true) &&
    (words === '' || [row.person, row.machine, ...row.approvers.map(({ name }) => name)].some((text) => text?.toLowerCase().includes(words)))
}

export function sumOf(rows: readonly AccessRow[]): AccessList['sums'] {
  const people = new Set(rows.map(({ person }) => person?.toLowerCase() ?? null))
  const machines = new Set(rows.map(({ machine }) => machine.toLowerCase()))
  const sums = { people: people.size, machines: machines.size, accesses: 0, privileged: 0, ungranted: 0, unknown: 0 }
  for (const { accesses, granted, ungranted, isPrivileged } of rows) {
    sums.accesses += accesses
    sums.ungranted += ungranted
    sums.unknown += accesses - granted - ungranted
    if (isPrivileged) sums.privileged++
  }
  return sums
}

const COLLATOR = new Intl.Collator('en', { sensitivity: 'base' })

/** Among equals the latest comes first. */
export function inOrder({ order, descending }: Pick<AccessFilter, 'order' | 'descending'>): (a: AccessRow, b: AccessRow) => number {
  const compare = comparison(order)
  const sign = descending ? -1 : 1
  return (a, b) => sign * compare(a, b) || b.last - a.last || byName(a.person, b.person) || byName(a.machine, b.machine)
}

function comparison(order: AccessFilter['order']): (a: AccessRow, b: AccessRow) => number {
  if (order === 'person') return (a, b) => byName(a.person, b.person)
  if (order === 'machine') return (a, b) => byName(a.machine, b.machine)
  return (a, b) => a[order] - b[order]
}

function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  return COLLATOR.compare(a, b)
}
