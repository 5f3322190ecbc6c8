import type { Instant, Milliseconds, TimeRange } from '../../domain'

export type Tick = { at: Instant; label: string }

/** How far a zone's clock is ahead of UTC at an instant. */
export type OffsetAt = (at: Instant) => Milliseconds

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const MONTH = 30 * DAY

const CLOCK_STEPS: readonly Milliseconds[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * 1000),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
]
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120]
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Round moments of the zone's clock inside the range, at most `most` of them, each with its label. */
export function axisTicks(range: TimeRange, most: number, offsetAt: OffsetAt): Tick[] {
  const span = range.to - range.from
  const step = CLOCK_STEPS.find((candidate) => span / candidate <= most)
  if (step === undefined) return monthTicks(range, most, offsetAt)
  const ticks: Tick[] = []
  const offset = offsetAt(range.from)
  // Clock time is stepped and turned back into an instant, so that ticks stay on the hour after the clocks change.
  for (let clock = Math.ceil((range.from + offset) / step) * step; ; clock += step) {
    const at = instantOfClock(clock, offsetAt)
    if (at >= range.to || ticks.length > most) break
    if (at >= range.from) ticks.push({ at, label: clockLabel(clock, step) })
  }
  return ticks
}

/** The instant at which the zone's clock shows this time. */
export function instantOfClock(clock: Milliseconds, offsetAt: OffsetAt): Instant {
  const guess = clock - offsetAt(clock)
  return clock - offsetAt(guess)
}

function monthTicks(range: TimeRange, most: number, offsetAt: OffsetAt): Tick[] {
  const months = (range.to - range.from) / MONTH
  const step = MONTH_STEPS.find((candidate) => months / candidate <= most) ?? 1200
  const start = new Date(range.from + offsetAt(range.from))
  const first = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step
  const ticks: Tick[] = []
  for (let month = first; ; month += step) {
    const year = Math.floor(month / 12)
    const at = instantOfClock(Date.UTC(year, month % 12), offsetAt)
    if (at >= range.to || ticks.length > most) break
    const label = step % 12 === 0 ? String(year) : `${MONTHS[month % 12] ?? ''} ${year}`
    if (at >= range.from) ticks.push({ at, label })
  }
  return ticks
}

function clockLabel(clock: Milliseconds, step: Milliseconds): string {
  const date = new Date(clock)
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`
  if (step >= DAY) return date.getUTCMonth() === 0 && date.getUTCDate() <= step / DAY ? `${day} ${date.getUTCFullYear()}` : day
  if (clock % DAY === 0) return day
  const text = date.toISOString()
  if (step >= MINUTE) return text.slice(11, 16)
  return step >= 1000 ? text.slice(11, 19) : text.slice(14, 23)
}
