import { type Instant, zoneOffsets } from '../../../domain'

const DAY = 86_400_000

/** A moment on the clock of a zone. `weekday` 0 is a Sunday; `day` counts from 1970. */
export type LocalTime = { hour: number; weekday: number; day: number }

/** Tells local times of an IANA zone; a zone that is not known throws a `RangeError`. */
export function localTimes(zone: string): (at: Instant) => LocalTime {
  const offsetAt = zoneOffsets(zone)
  return (at) => {
    const local = at + offsetAt(at)
    const day = Math.floor(local / DAY)
    return { hour: Math.floor((local - day * DAY) / 3_600_000), weekday: (((day + 4) % 7) + 7) % 7, day }
  }
}
