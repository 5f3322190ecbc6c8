import type { Notebook } from '../../../contract'
import { formatInstant } from '../../../domain'
import { csvLine } from '../csv'
import type { EventIndex } from './event-index'
import { type EvidencePlan, rowFacts } from './event-lines'

const MARK = '\ufeff'
const COLUMNS = ['time', 'category', 'action', 'action_raw', 'outcome', 'severity', 'user', 'machine', 'target', 'ip', 'command', 'repeat', 'source', 'stream', 'key', 'raw'] as const

export const EVENTS_HEAD = MARK + csvLine([...COLUMNS])
export const CITATIONS_HEAD = MARK + csvLine(['cell', 'key', 'time', 'line_in_events_jsonl', 'leaf'])
export const FINDINGS_HEAD = MARK + csvLine(['cell', 'severity', 'claim', 'event_time', 'discovered_at', 'cited_records', 'by'])

/** A row of events.jsonl as a line of a table; no cell is a formula. */
export function eventCsvLine(line: string): string {
  const row = rowFacts(line)
  if (row === null) return ''
  const named: Record<string, unknown> = { ...row, action_raw: row['actionRaw'], user: nameOf(row['actor']), machine: nameOf(row['machine']), target: nameOf(row['target']) }
  return csvLine(COLUMNS.map((column) => cellOf(named[column])))
}

export function citationLines({ citations }: EvidencePlan, index: EventIndex): string[] {
  return citations.map(({ cell, citation: { key, leaf, row } }) => {
    const line = index.lineOf(leaf)
    return csvLine([cell, key, formatInstant(row.time), line === null ? '' : line + 1, leaf])
  })
}

export function findingLines({ cells }: Notebook): string[] {
  return cells.flatMap(({ id, by, content }) => {
    if (content.kind !== 'finding') return []
    const { severity, claim, eventTime, discoveredAt, citations } = content
    return [csvLine([id, severity, claim, eventTime === null ? '' : formatInstant(eventTime), formatInstant(discoveredAt), citations.length, by])]
  })
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const { name, email, id }: { name?: unknown; email?: unknown; id?: unknown } = value
  return [name, email, id].find((one) => typeof one === 'string') ?? ''
}

function cellOf(value: unknown): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : ''
}
