import type { TimeRange } from '../../domain'
import { parseInZone, typedText, type ZoneClock } from '../shared'

/** What stands in the fields `from` and `to` of a form; null where both are empty, which is all time. */
export function typedRange(form: HTMLFormElement, zone: ZoneClock): TimeRange | null | 'wrong' {
  const [from, to] = [typedText(form, 'from'), typedText(form, 'to')]
  if (from === '' && to === '') return null
  const range = { from: parseInZone(from, zone), to: parseInZone(to, zone) }
  if (range.from === null || range.to === null || range.from >= range.to) return 'wrong'
  return { from: range.from, to: range.to }
}

export const WRONG_RANGE = 'The times are not readable: expected both as 2026-02-06 02:45, the first before the second, or neither.'
