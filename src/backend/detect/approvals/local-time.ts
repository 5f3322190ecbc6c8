import type { Instant } from '../../../domain'

const QUARTER = 15 * 60_000
const DAY = 86_400_000

/** A moment on the clock of a zone. `weekday` 0 is a Sunday; `day` counts from 1970. */
export type LocalTime = { hour: number; weekday: number; day: number }

/** Tells local times of an IANA zone; a zone that is not known throws a `RangeError`. */
export function localTimes(zone: string): (at: Instant) => LocalTime {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  // Offsets change at quarters of an hour.
  const offsets = new Map<number, number>()
  return (at) => {
    const quarter = Math.floor(at / QUARTER)
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      offset = offsetIn(format, quarter * QUARTER)
      offsets.set(quarter, offset)
    }
    const local = at + offset
    const day = Math.floor(local / DAY)
    return { hour: Math.floor((local - day * DAY) / 3_600_000), weekday: (((day + 4) % 7) + 7) % 7, day }
  }
}

function offsetIn(format: Intl.DateTimeFormat, at: Instant): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /GMT([+-])(\d+):(\d+)(?::(\d+))?$/.exec(format.format(at)) ?? []
  const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000
  return sign === '-' ? -size : size
}
