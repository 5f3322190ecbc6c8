import type { AuditEvent, Change, Link } from '../../domain'
import { NUMBER_COLUMNS, TEXT_COLUMNS, type NumberColumn, type TextColumn } from './filter'

/** What a record says of its event; `undefined` is absent. */
export type BareEvent = Absent<Omit<AuditEvent, 'key'>>
type Absent<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] }

/** Columns that follow from who holds a record, not from the record. */
export type HeldColumn = 'connection' | 'source' | 'stream'
export type EventTextColumn = Exclude<TextColumn, HeldColumn>

const HELD: readonly TextColumn[] = ['connection', 'source', 'stream'] satisfies HeldColumn[]

export const EVENT_TEXT_COLUMNS = TEXT_COLUMNS.filter((column): column is EventTextColumn => !HELD.includes(column))

/** Columns whose text a person sees in a row or detail and may look for with a bare word. */
export const SEARCHED_COLUMNS: readonly EventTextColumn[] = EVENT_TEXT_COLUMNS.filter(
  (c) => !['category', 'outcome', 'outcomeBasis', 'severity', 'severityBasis', 'actorKind', 'output'].includes(c),
)

/** What a decoded block can say of one row; the opposite of what `BatchEncoder` takes in. */
export type RowReader = {
  text(column: EventTextColumn): string | undefined
  number(column: NumberColumn): number | undefined
  attributes: Record<string, string>
  changes: Change[] | undefined
  links: Link[] | undefined
  time: number
  sequence: number
  flags: number
}

const PRECISIONS = ['s', 'ms', 'us'] as const
const COMPANION = 4
const ZONE_ASSUMED = 8
/** Flags of held rows that are no part of their records: another row that tells the same is shown; a later state is held. */
export const DOUBLED = 16
export const EARLIER = 32

/** Bits 0-1: precision; 4: companion; 8: zone assumed. */
export function flagsOf(event: BareEvent): number {
  return (
    precisionCode(event.timePrecision) |
    (event.companion ? COMPANION : 0) |
    (event.zoneAssumed ? ZONE_ASSUMED : 0)
  )
}

export function precisionOf(flags: number): BareEvent['timePrecision'] {
  return PRECISIONS[flags & 3] ?? 'ms'
}

export function isZoneAssumed(flags: number): boolean {
  return (flags & ZONE_ASSUMED) !== 0
}

/** Its place among `PRECISIONS`: every row has one, and a search for it would cost more than the rest. */
function precisionCode(precision: BareEvent['timePrecision']): number {
  return precision === 's' ? 0 : precision === 'ms' ? 1 : 2
}

/** Whether another row counts what this one tells. */
export function isCompanion(flags: number): boolean {
  return (flags & (COMPANION | DOUBLED)) !== 0
}

/** Fields of an event that stand together in one place of it, and the columns they are kept in. */
const GROUPS = {
  actor: { id: 'actorId', name: 'actorName', email: 'actorEmail', kind: 'actorKind' },
  target: { kind: 'targetKind', id: 'targetId', name: 'targetName' },
  machine: { kind: 'machineKind', id: 'machineId', name: 'machineName' },
  file: { name: 'fileName', size: 'fileSize', direction: 'fileDirection' },
} as const satisfies Record<string, Record<string, EventTextColumn | NumberColumn>>

const GROUPED = new Set<string>(Object.values(GROUPS).flatMap((columns) => Object.values(columns)))
/** Columns that are a field of the event by the same name. */
export const PLAIN_COLUMNS = EVENT_TEXT_COLUMNS.filter((column) => !GROUPED.has(column))

/** The same as lists, and which of their columns hold numbers. */
export const EVENT_GROUPS = Object.entries(GROUPS).map(([name, columns]) => {
  const fields: [field: string, column: EventTextColumn | NumberColumn][] = Object.entries(columns)
  return { name, fields: fields.map(([field, column]) => (isNumberColumn(column) ? { field, number: column } : { field, text: column })) }
})
type GroupField = (typeof EVENT_GROUPS)[number]['fields'][number]

/** Rebuilds the canonical record; absent fields are left out. */
export function readEvent(row: RowReader, key: string): AuditEvent {
  const event: Record<string, unknown> = { key, time: row.time, sequence: row.sequence }
  event['timePrecision'] = precisionOf(row.flags)
  if (isZoneAssumed(row.flags)) event['zoneAssumed'] = true
  if (isCompanion(row.flags)) event['companion'] = true
  for (const column of PLAIN_COLUMNS) put(event, column, row.text(column))
  for (const { name, fields } of EVENT_GROUPS) put(event, name, readGroup(row, fields))
  put(event, 'exitCode', row.number('exitCode'))
  put(event, 'durationMs', row.number('durationMs'))
  event['repeat'] = row.number('repeat') ?? 1
  put(event, 'changes', row.changes)
  put(event, 'links', row.links)
  event['attributes'] = row.attributes
  return event as unknown as AuditEvent
}

function readGroup(row: RowReader, fields: readonly GroupField[]): object | undefined {
  let group: Record<string, unknown> | undefined
  for (const field of fields) {
    const value = 'number' in field ? row.number(field.number) : row.text(field.text)
    if (value === undefined) continue
    group ??= {}
    group[field.field] = value
  }
  return group
}

function isNumberColumn(column: EventTextColumn | NumberColumn): column is NumberColumn {
  return (NUMBER_COLUMNS as readonly string[]).includes(column)
}

function put(into: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined) into[name] = value
}
