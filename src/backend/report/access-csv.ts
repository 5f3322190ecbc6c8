import type { AccessRow } from '../../contract'
import { csvLine, formatInstant } from '../../domain'

const COLUMNS: readonly [name: string, cell: (row: AccessRow) => string | number | null][] = [
  ['person', ({ person }) => person],
  ['machine', ({ machine }) => machine],
  ['first_access', ({ first }) => formatInstant(first)],
  ['last_access', ({ last }) => formatInstant(last)],
  ['accesses', ({ accesses }) => accesses],
  ['sessions', ({ sessions }) => sessions],
  ['commands', ({ commands }) => commands],
  ['sudo', ({ sudo }) => sudo],
  ['files', ({ files }) => files],
  ['privileged', ({ isPrivileged }) => String(isPrivileged)],
  ['production', ({ isProduction }) => String(isProduction)],
  ['approved_by', ({ approvers }) => approvers.map(({ name, accesses }) => `${name ?? '(unknown)'} (${accesses})`).join('; ')],
  ['granted', ({ granted }) => granted],
  ['without_grant', ({ ungranted }) => ungranted],
  ['grant_unknown', ({ accesses, granted, ungranted }) => accesses - granted - ungranted],
  ['first_in_range', ({ isFirst }) => (isFirst === null ? '' : String(isFirst))],
  ['first_access_held', ({ firstHeld }) => formatInstant(firstHeld)],
  ['machine_held_since', ({ machineSince }) => formatInstant(machineSince)],
]

/** Who reached which machine, as a file that a spreadsheet reads. */
export function accessCsv(rows: readonly AccessRow[]): string {
  const lines = rows.map((row) => csvLine(COLUMNS.map(([, cell]) => cell(row))))
  return `\ufeff${csvLine(COLUMNS.map(([name]) => name))}${lines.join('')}`
}
