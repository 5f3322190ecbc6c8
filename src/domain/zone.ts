import { type Instant, type Milliseconds, parseInstant } from './time'

const SAME_AS_UTC: ReadonlySet<string> = new Set(['UTC', 'Etc/UTC', 'Etc/GMT', 'GMT'])

/** The IANA name of a zone, `UTC` for those that are the same; null where there is none of that name here. */
export function knownZone(name: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions()
    return SAME_AS_UTC.has(timeZone) ? 'UTC' : timeZone
  } catch {
    return null
  }
}

/** The zone that a setting names: `local` is that of this machine; none, and what is not known here, counts as UTC. */
export function settingZone(setting = 'UTC'): string {
  return knownZone(setting === 'local' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : setting) ?? 'UTC'
}

/** Writes `2026-02-06 02:58:41.207` as a clock of that zone shows it. Throws `RangeError` for a zone that is not known, and for what no Date can hold. */
export function clockIn(zone: string): (at: Instant) => string {
  if (zone === 'UTC') return (at) => new Date(at).toISOString().replace('T', ' ').slice(0, -1)
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (at) => {
    const found: Record<string, string> = {}
    for (const { type, value } of parts.formatToParts(at)) found[type] = value
    const millis = String(((at % 1000) + 1000) % 1000).padStart(3, '0')
    const year = (found['year'] ?? '').padStart(4, '0')
    return `${year}-${found['month']}-${found['day']} ${found['hour']}:${found['minute']}:${found['second']}.${millis}`
  }
}

/** How far a clock that shows this is ahead of UTC: `+01:00`, with seconds where there are any; empty for what is no time. */
export function writtenOffset(clock: string, at: Instant): string {
  const shown = parseInstant(clock)
  if (shown === null) return ''
  const seconds = Math.round(Math.abs(shown - at) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':')
  return `${shown < at ? '-' : '+'}${seconds % 60 === 0 ? text.slice(0, 5) : text}`
}

const QUARTER = 15 * 60_000
const QUARTERS = 96

/** How far a zone's clock is ahead of UTC. Throws a RangeError for a zone that is none. */
export function zoneOffsets(zone: string): (at: Instant) => Milliseconds {
  const print = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  })
  const known = new Map<number, Milliseconds>()
  // Printing a clock is slow; no zone changes within a quarter of an hour, and most days have no change at all.
  const atQuarter = (quarter: number): Milliseconds => {
    const held = known.get(quarter)
    if (held !== undefined) return held
    const offset = printedClock(print, quarter * QUARTER) - quarter * QUARTER
    known.set(quarter, offset)
    return offset
  }
  return (at) => {
    const quarter = Math.floor(at / QUARTER)
    const day = Math.floor(quarter / QUARTERS) * QUARTERS
    const offset = atQuarter(day)
    return offset === atQuarter(day + QUARTERS) ? offset : atQuarter(quarter)
  }
}

function printedClock(print: Intl.DateTimeFormat, at: Instant): Instant {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of print.formatToParts(at)) parts[type] = value
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts[type] ?? 0)
  const year = parts.era === 'BC' ? 1 - number('year') : number('year')
  const clock = new Date(Date.UTC(2000, number('month') - 1, number('day'), number('hour'), number('minute'), number('second')))
  return clock.setUTCFullYear(year)
}
