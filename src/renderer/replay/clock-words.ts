import type { RecordingHead } from '../../domain'
import type { ZoneFormat } from '../shared'

/** `13:28`, or `1:02:03` where the longest time shown beside it has hours. Rounded down: a moment not reached is not shown. */
export function clockWords(seconds: number, longest = seconds): string {
  const whole = Number.isFinite(seconds) ? Math.floor(Math.max(0, seconds) + 1e-6) : 0
  const rest = `${padded(Math.floor((whole % 3600) / 60))}:${padded(whole % 60)}`
  return whole >= 3600 || longest >= 3600 ? `${Math.floor(whole / 3600)}:${rest}` : rest
}

/** The same, but finer where the longest time is short: else most moments would look alike. `4.2 s`, `130 ms` */
export function momentWords(seconds: number, longest: number): string {
  if (longest >= 10 || !Number.isFinite(seconds)) return clockWords(seconds, longest)
  if (longest < 1) return `${Math.floor(Math.max(0, seconds) * 1000 + 1e-6)} ms`
  return `${(Math.floor(Math.max(0, seconds) * 10 + 1e-6) / 10).toFixed(1)} s`
}

/** Reads what is typed to go to: `90`, `1:30`, `1:02:03`, with a fraction if need be. Null for anything else. */
export function parseClock(text: string): number | null {
  const match = /^(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,6})?)$/.exec(text.trim())
  if (!match) return null
  const [, hours, minutes, seconds] = match
  if (minutes !== undefined && Number(seconds) >= 60) return null
  if (hours !== undefined && Number(minutes) >= 60) return null
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds)
}

export type WallClock = {
  /** `2026-02-06` */
  date: string
  /** `03:09:09`, with milliseconds where they were asked for and the recording knows them. */
  time: string
}

/**
 * The time of day at a moment of a recording, without the zone's name; null where the recording does not say when it
 * began. A beginning known to the second is up to a second off, so its milliseconds are never shown.
 */
export function wallClock(
  { start, startPrecision }: Pick<RecordingHead, 'start' | 'startPrecision'>,
  seconds: number,
  { zone, finest }: { zone: Pick<ZoneFormat, 'format'>; finest: 's' | 'ms' },
): WallClock | null {
  if (start === null || !Number.isFinite(seconds)) return null
  // To microseconds first: 1.001 s are 1001 ms and not 1000.
  const at = start + Math.floor(Math.round(seconds * 1e6) / 1e3)
  if (Math.abs(at) > 8.64e15) return null
  const [date = '', time = ''] = zone.format(at, startPrecision === 's' ? 's' : finest).split(' ')
  return { date, time }
}

function padded(n: number): string {
  return String(n).padStart(2, '0')
}
