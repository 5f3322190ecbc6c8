import { type Instant, type TimeRange, parseInstant } from '../../domain'
import { type OffsetAt, instantOfClock } from './axis-ticks'

/** The part of the shared zone that these functions need. */
export type ZoneClock = { format: (at: Instant, precision?: 's' | 'ms' | 'min' | 'date') => string; label: string }

/** A zone's offset, read off its own print of the clock. */
export function offsetIn(zone: ZoneClock): OffsetAt {
  return (at) => (parseInstant(zone.format(at, 'ms')) ?? at) - at
}

const NAMES_ZONE = /(?:z|[+-]\d\d:?\d\d)$/i

/** Reads RFC 3339, also shortened; a time without a zone is one of the zone on screen. Null when it is no time. */
export function parseInZone(text: string, zone: ZoneClock): Instant | null {
  const trimmed = text.trim()
  const clock = parseInstant(trimmed)
  if (clock === null || (trimmed.length > 10 && NAMES_ZONE.test(trimmed))) return clock
  return instantOfClock(clock, offsetIn(zone))
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `02:10 → 03:40 UTC · 6 Feb 2026` within a day; otherwise both dates, and clocks to the minute. */
export function rangeWords(range: TimeRange, zone: ZoneClock): string {
  const from = zone.format(range.from, 'ms')
  const to = zone.format(range.to, 'ms')
  const isOneDay = from.slice(0, 10) === to.slice(0, 10)
  if (!isOneDay) return `${from.slice(0, 16)} → ${to.slice(0, 16)} ${zone.label}`
  const day = `${Number(from.slice(8, 10))} ${MONTHS[Number(from.slice(5, 7)) - 1] ?? ''} ${from.slice(0, 4)}`
  return `${shortClock(from)} → ${shortClock(to)} ${zone.label} · ${day}`
}

/** The clock without parts that are zero. */
function shortClock(text: string): string {
  const clock = text.slice(11)
  if (!clock.endsWith('.000')) return clock
  return clock.endsWith(':00.000') ? clock.slice(0, 5) : clock.slice(0, 8)
}
