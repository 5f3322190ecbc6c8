import type { WeekHour } from '../../contract'
import type { Instant, Milliseconds } from '../../domain'

const QUARTER = 15 * 60_000
const HOUR = 4 * QUARTER
const DAY = 24 * HOUR
const HOURS = 7 * 24
/** 1970 began on a Thursday; weeks begin on Monday here. */
const FIRST_WEEKDAY = 3
/** With more of them a query that names each is longer than anybody reads. */
const MOST_HOURS = 48

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
    const day = Math.floor(at / DAY) * (DAY / QUARTER)
    const offset = atQuarter(day)
    return offset === atQuarter(day + DAY / QUARTER) ? offset : atQuarter(Math.floor(at / QUARTER))
  }
}

function printedClock(print: Intl.DateTimeFormat, at: Instant): Instant {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of print.formatToParts(at)) parts[type] = value
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts[type] ?? 0)
  const year = parts.era === 'BC' ? 1 - number('year') : number('year')
  const clock = new Date(Date.UTC(2000, number('month') - 1, number('day'), number('hour'), number('minute')))
  return clock.setUTCFullYear(year)
}

/** Counts by hour of the week on the clock of a zone. */
export class WeekHours {
  readonly #offsetAt: (at: Instant) => Milliseconds
  readonly #cells: { failure: number; hours: Instant[] }[] = Array.from({ length: HOURS }, () => ({ failure: 0, hours: [] }))

  constructor(zone: string) {
    this.#offsetAt = zoneOffsets(zone)
  }

  /** Ascending in time. */
  add(at: Instant, weight: number): void {
    const offset = this.#offsetAt(at)
    const hour = Math.floor((at + offset) / HOUR)
    const cell = this.#cells[(((hour + FIRST_WEEKDAY * 24) % HOURS) + HOURS) % HOURS]
    if (!cell) return
    cell.failure += weight
    const start = hour * HOUR - offset
    if (cell.hours.at(-1) !== start && cell.hours.length <= MOST_HOURS) cell.hours.push(start)
  }

  cells(): WeekHour[] {
    return this.#cells.map(({ failure, hours }) => ({ failure, hours: hours.length > MOST_HOURS ? null : hours }))
  }
}
