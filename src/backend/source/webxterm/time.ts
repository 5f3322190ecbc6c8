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
  return readUtc(text) ?? readWritten(text)
}

/** The forms of nearly all rows, `2026-02-06T11:32:03Z` and `…:03.412Z`, without the cost of the expression; null for any other. */
function readUtc(text: string): When | null {
  const last = text.length - 1
  const isWhole = last === 19
  if (!isWhole && (last !== 23 || text.charCodeAt(19) !== DOT)) return null
  if (text.charCodeAt(10) !== UPPER_T || text.charCodeAt(last) !== UPPER_Z) return null
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return null
  const midnight = midnightOf(100 * twoDigits(text, 0) + twoDigits(text, 2), twoDigits(text, 5) - 1, twoDigits(text, 8))
  const clock = clockOf(text) + (isWhole ? 0 : 10 * twoDigits(text, 20) + (twoDigits(text, 21) % 10))
  if (midnight === null || Number.isNaN(clock)) return null
  return { time: midnight + clock, sequence: 0, timePrecision: isWhole ? 's' : 'ms' }
}

/** Milliseconds of the whole seconds since midnight; NaN where there are none. */
function clockOf(text: string): number {
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  // Comparing what is no number fails too.
  return hour <= 23 && minute <= 59 && second <= 60 ? ((hour * 60 + minute) * 60 + second) * 1000 : Number.NaN
}

const UPPER_T = 84
const UPPER_Z = 90
const DASH = 45
const COLON = 58
const DOT = 46

/** NaN where there are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN
}

function readWritten(text: string): When | null {
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
  // A day that every month has needs no second look.
  if (!(year >= 1970 && day > 0 && month >= 0 && month <= 11)) return null
  return day <= 28 || new Date(at).getUTCMonth() === month ? at : null
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const digits = zone.replace(':', '').padEnd(5, '0')
  if (Number(digits.slice(1, 3)) > 23 || Number(digits.slice(3)) > 59) return null
  return zoneOffset(digits)
}
