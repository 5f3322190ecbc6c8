import type { Instant, TimeRange } from '../../domain'
import { parseInZone, type ZoneUse } from '../shared'

type Named = { words: string; range: TimeRange }

/** The last calendar quarter of the zone that had ended then. */
export function lastQuarter(at: Instant, zone: ZoneUse): Named | null {
  const { year, month } = clockOf(at, zone)
  const quarter = Math.floor((month - 1) / 3)
  const [inYear, ended] = quarter === 0 ? [year - 1, 4] : [year, quarter]
  const range = monthsFrom({ year: inYear, month: ended * 3 - 2, count: 3 }, zone)
  return range && { words: `Quarter ${ended} of ${inYear}`, range }
}

/** The last calendar month that had ended then. */
export function lastMonth(at: Instant, zone: ZoneUse): Named | null {
  const { year, month } = clockOf(at, zone)
  const [inYear, ended] = month === 1 ? [year - 1, 12] : [year, month - 1]
  const range = monthsFrom({ year: inYear, month: ended, count: 1 }, zone)
  return range && { words: `Month ${inYear}-${two(ended)}`, range }
}

function clockOf(at: Instant, zone: ZoneUse): { year: number; month: number } {
  const [year = '0', month = '1'] = zone.format(at, 'date').split('-')
  return { year: Number(year), month: Number(month) }
}

function monthsFrom({ year, month, count }: { year: number; month: number; count: number }, zone: ZoneUse): TimeRange | null {
  const after = month + count
  const [endYear, end] = after > 12 ? [year + 1, after - 12] : [year, after]
  const range = { from: parseInZone(`${year}-${two(month)}-01`, zone), to: parseInZone(`${endYear}-${two(end)}-01`, zone) }
  return range.from === null || range.to === null ? null : { from: range.from, to: range.to }
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
