import { zoneOffset, type Instant } from '../../../domain'

export type When = {
  time: Instant
  /** Microseconds within the millisecond. */
  sequence: number
  timePrecision: 's' | 'ms' | 'us'
  zoneAssumed?: true
}

// RFC 3339, and what Go prints: a space before the offset and the zone's name after it.
const DAY = /(\d{4})[-/](\d\d)[-/](\d\d)/
const CLOCK = /(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?/
const ZONE = /(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?(?: [A-Z]{1,5})?/
const WRITTEN = new RegExp(`^${DAY.source}[T ]${CLOCK.source}${ZONE.source}$`, 'i')

/** Reads a time with all its digits; without a zone it is UTC. Null where it is no time since 1970. */
export function readWhen(text: string): When | null {
  const match = WRITTEN.exec(text)
  if (!match) return null
  const [, year = '', month = '', day = '', hour, minute, second = '0', fraction = '', zone] = match
  const midnight = midnightOf(Number(year), Number(month) - 1, Number(day))
  const offset = offsetOf(zone)
  if (midnight === null || offset === null) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  const clock = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000
  const micros = Number(fraction.padEnd(6, '0').slice(0, 6))
  const when: When = {
    time: midnight + clock + Math.floor(micros / 1000) - offset,
    sequence: micros % 1000,
    timePrecision: fraction.length > 3 ? 'us' : fraction.length > 0 ? 'ms' : 's',
  }
  if (zone === undefined) when.zoneAssumed = true
  return when
}

/** Null where the month has no such day, and before 1970: Go writes the year 1 where it has no time. */
function midnightOf(year: number, month: number, day: number): Instant | null {
  const at = Date.UTC(year, month, day)
  return year >= 1970 && day > 0 && new Date(at).getUTCMonth() === month ? at : null
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const digits = zone.replace(':', '').padEnd(5, '0')
  if (Number(digits.slice(1, 3)) > 23 || Number(digits.slice(3)) > 59) return null
  return zoneOffset(digits)
}
