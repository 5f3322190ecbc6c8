import { formatInstant } from '../../../domain'
import type { Cell, CellKind, Column } from './model'
import type { ZoneClock } from './zone'

/** The columns that are shown there, each with its place in a row. */
export function columnsOn(columns: readonly Column[], where: 'page' | 'data'): { column: Column; at: number }[] {
  return columns.map((column, at) => ({ column, at })).filter(({ column: { only } }) => only === undefined || only === where)
}

/** A cell as people read it. */
export function cellText(cell: Cell, kind: CellKind, clock: ZoneClock): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (typeof cell === 'string') return cell
  if (kind === 'time') return clock.seconds(cell)
  if (kind === 'instant') return clock.exact(cell)
  if (kind === 'duration') return durationText(cell)
  if (kind === 'share') return `${(cell * 100).toFixed(1)} %`
  return Number.isInteger(cell) ? cell.toLocaleString('en-US') : String(cell)
}

/** A cell as programs read it: times are RFC 3339 in UTC, durations milliseconds. */
export function cellValue(cell: Cell, { kind }: Pick<Column, 'kind'>): Cell {
  const isTime = kind === 'time' || kind === 'instant'
  return isTime && typeof cell === 'number' ? formatInstant(cell) : cell
}

const UNITS: readonly [milliseconds: number, unit: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

/** `1 d 4 h`, `12 min 5 s`, `340 ms`: the two largest units, the smaller one rounded down. */
export function durationText(milliseconds: number): string {
  const sign = milliseconds < 0 ? '-' : ''
  const whole = Math.abs(milliseconds)
  const at = UNITS.findIndex(([size]) => whole >= size)
  const first = UNITS[at]
  if (!first) return `${sign}${Math.round(whole)} ms`
  const second = UNITS[at + 1]
  const rest = second && Math.floor((whole % first[0]) / second[0])
  return `${sign}${Math.floor(whole / first[0])} ${first[1]}${second && rest ? ` ${rest} ${second[1]}` : ''}`
}
