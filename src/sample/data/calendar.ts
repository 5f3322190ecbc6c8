import { TENANTS } from './names'
import { mix } from './random'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** Hours of data before the origin: 90 days. */
export const HOURS_BEFORE = 90 * 24

/** Local hour and weekday (0 is Sunday) of a place that many hours ahead of UTC. */
export function localClock(time: number, zone: number): { hour: number; weekday: number } {
  const local = time + zone * HOUR
  return { hour: Math.floor((local % DAY) / HOUR), weekday: (Math.floor(local / DAY) + 4) % 7 }
}

const BY_HOUR = [2, 2, 2, 2, 2, 3, 6, 14, 30, 36, 34, 31, 22, 30, 34, 32, 27, 18, 11, 9, 8, 7, 5, 3]

/** How busy the organisation is in the hour that begins at `time`; only ratios mean something. */
export function busyness(seed: number, time: number): number {
  let sum = 4
  for (const { zone, people } of TENANTS) {
    const { hour, weekday } = localClock(time, zone)
    const week = weekday === 0 ? 0.08 : weekday === 6 ? 0.14 : weekday === 5 ? 0.85 : 1
    sum += ((BY_HOUR[hour] as number) * week * people) / 400
  }
  const day = mix(seed, Math.floor(time / DAY)) / 2 ** 32
  const hour = mix(seed ^ 0x40, Math.floor(time / HOUR)) / 2 ** 32
  return sum * (0.84 + 0.32 * day) * (0.75 + 0.5 * hour)
}
