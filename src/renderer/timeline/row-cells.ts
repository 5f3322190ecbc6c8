import type { TimelineRow } from '../../contract'
import { formatInstant } from '../../domain'
import type { FieldName } from '../../language'
import type { ColumnId } from './column-widths'
import type { ShownValue } from './value'

/** What a cell stands for, for menus, `f` and the clipboard. */
export function cellValue(row: TimelineRow, column: ColumnId): ShownValue {
  const { time, key } = row
  const shown = (field: FieldName, value: string | null): ShownValue => ({ text: value ?? '', term: { field, value }, time, key })
  switch (column) {
    case 'category':
      return shown('category', row.category)
    case 'user':
      return shown('user', row.user)
    case 'place':
      return { ...shown(...placeTerm(row)), text: row.place ?? '' }
    case 'what':
      return { ...shown('action', row.action), text: `${row.lead} ${row.detail}`.trim() }
    case 'outcome':
      return shown('outcome', row.outcome)
    case 'time':
      return { text: formatInstant(time), term: null, time, key }
  }
}

const MACHINE_KINDS = ['machine', 'server', 'device', 'agent']

/** A row names its place as `kind/name`, or as the bare name of a host. */
function placeTerm({ place }: TimelineRow): [FieldName, string | null] {
  const [, kind, name] = /^([^/]+)\/(.+)$/s.exec(place ?? '') ?? []
  if (kind === undefined || name === undefined) return ['machine', place]
  return [MACHINE_KINDS.includes(kind) ? 'machine' : 'target', name]
}

const OUTCOME_WORDS = { success: 'ok', failure: 'failed', unknown: 'unknown' } as const

export function outcomeWord(outcome: TimelineRow['outcome']): string {
  return OUTCOME_WORDS[outcome]
}
