/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = number
export type Milliseconds = number

/** Half-open: `from` is inside, `to` is not. */
export type TimeRange = { from: Instant; to: Instant }

/** RFC 3339 in UTC with milliseconds: `2026-02-06T02:58:41.207Z`. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString()
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Reads RFC 3339, also shortened to a date or to minutes; without a zone it is UTC.
 * Returns null when the text is not such a time (including days a month does not have).
 */
export function parseInstant(text: string): Instant | null {
  const match = RFC3339.exec(text.trim())
  if (!match) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match
  const parts = [Number(year), Number(month) - 1, Number(day)] as const
  const midnight = Date.UTC(...parts)
  if (new Date(midnight).getUTCMonth() !== parts[1] || Number(day) === 0) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  const clock = (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000
  return midnight + clock + Number(fraction.padEnd(3, '0').slice(0, 3)) - zoneOffset(zone)
}

/** Milliseconds that a written offset (`Z`, `+01:00`, `-0530`) is ahead of UTC. */
export function zoneOffset(zone: string): Milliseconds {
  if (zone === 'Z' || zone === 'z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  const digits = zone.slice(1).replace(':', '')
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) * 60_000
}

export function overlaps(a: TimeRange, b: TimeRange): boolean {
  return a.from < b.to && b.from < a.to
}

export function isSameRange(a: TimeRange | null, b: TimeRange | null): boolean {
  return a !== null && b !== null && a.from === b.from && a.to === b.to
}

const DAY = 86_400_000

/** The last days of what is held; null where nothing is. */
export function newestDays(held: TimeRange | null, days: number): TimeRange | null {
  return held && { from: held.to - days * DAY, to: held.to }
}
