import type { Instant } from '../../domain'
import { linesOf, type EvidenceFiles } from './evidence-files'

/** What the side of a notebook needs of a row of evidence. */
export type EvidenceRow = { key: string; line: string; time: Instant; user: string | null; machine: string | null }

/** The rows of a file of evidence; null where it is missing or damaged. */
export function evidenceRows(files: EvidenceFiles, sha256: string): EvidenceRow[] | null {
  const bytes = files.read(sha256)
  return bytes && linesOf(bytes).map(rowOf)
}

/** The file matches its name, so that this program wrote it. */
function rowOf(line: string): EvidenceRow {
  const row = fieldsOf(JSON.parse(line))
  const [actor, machine] = [fieldsOf(row['actor']), fieldsOf(row['machine'])]
  return {
    key: String(row['key']),
    line,
    time: Date.parse(String(row['time'])),
    user: textOf(actor['name']) ?? textOf(actor['email']) ?? textOf(actor['id']),
    machine: textOf(machine['name']) ?? textOf(machine['id']),
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
