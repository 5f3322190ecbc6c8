import type { WeekHour } from '../../contract'
import { type Instant, type Milliseconds, zoneOffsets } from '../../domain'

const HOUR = 3_600_000
const HOURS = 7 * 24
/** 1970 began on a Thursday; weeks begin on Monday here. */
const FIRST_WEEKDAY = 3
/** With more of them a query that names each is longer than anybody reads. */
const MOST_HOURS = 48

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
