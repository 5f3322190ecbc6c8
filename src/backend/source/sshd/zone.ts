import { zoneOffset, zoneOffsets, type Instant, type Milliseconds } from '../../../domain'
import type { Stamp } from './stamp'

const MINUTE = 60_000
const DAY = 86_400_000
// No zone has ever changed its offset inside a quarter of an hour.
const STEP = 15 * MINUTE

/**
 * Turns a stamp into an instant: its own zone holds, else the one given here (IANA name, offset, `Z`).
 * A wall time that happens twice is its first; one that is skipped is read as if the clock had not moved.
 * Throws RangeError when there is no such zone.
 */
export function createClock(zone: string): (stamp: Stamp, year: number) => Instant {
  const toUtc = wallClock(zone)
  let day = -1
  let midnight = 0
  return (stamp, year) => {
    const wanted = (year * 12 + stamp.month) * 32 + stamp.day
    if (wanted !== day) {
      day = wanted
      midnight = Date.UTC(year, stamp.month - 1, stamp.day)
    }
    const wall = midnight + stamp.clock
    return stamp.zone === null ? toUtc(wall) : wall - stamp.zone
  }
}

function wallClock(zone: string): (wall: Milliseconds) => Instant {
  if (zone === 'UTC' || zone === 'Z') return (wall) => wall
  if (/^[+-]\d\d(:?\d\d)?$/.test(zone)) {
    const fixed = zoneOffset(zone.length === 3 ? `${zone}:00` : zone)
    return (wall) => wall - fixed
  }
  const offsetAt = zoneOffsets(zone)
  let step = Number.NaN
  let offset = 0
  return (wall) => {
    const wanted = Math.floor(wall / STEP)
    if (wanted !== step) {
      step = wanted
      offset = wallOffset(wanted * STEP, offsetAt)
    }
    return wall - offset
  }
}

/** The offset to take off a wall time, judged by the offsets in force a day before and a day after it. */
function wallOffset(wall: Milliseconds, offsetAt: (at: Instant) => Milliseconds): Milliseconds {
  const before = offsetAt(wall - DAY)
  const after = offsetAt(wall + DAY)
  if (before === after || offsetAt(wall - before) === before) return before
  return offsetAt(wall - after) === after ? after : before
}
