import type { Milliseconds } from '../../domain'

const TICKS: readonly [at: Milliseconds, label: string][] = [
  [1, '1 ms'],
  [10, '10 ms'],
  [100, '100 ms'],
  [1000, '1 s'],
  [10_000, '10 s'],
  [60_000, '1 min'],
  [600_000, '10 min'],
  [3_600_000, '1 h'],
  [14_400_000, '4 h'],
  [86_400_000, '1 d'],
  [604_800_000, '7 d'],
  [2_592_000_000, '30 d'],
  [31_536_000_000, '365 d'],
]

export type LogScale = {
  /** Where a time stands, 0 to 1. */
  at: (ms: Milliseconds) => number
  ticks: { share: number; label: string }[]
}

/** A logarithmic scale over all the times, with round ends; at most about `most` ticks. */
export function logScale(times: readonly Milliseconds[], most: number): LogScale {
  const whole = times.filter((ms) => ms > 0)
  const least = whole.reduce((low, ms) => Math.min(low, ms), Infinity)
  const longest = whole.reduce((high, ms) => Math.max(high, ms), 0)
  const first = lastIndex(([at]) => at <= (least === Infinity ? 1000 : least))
  const end = TICKS.findIndex(([at], index) => index > first && at >= longest)
  const inside = TICKS.slice(first, (end < 0 ? TICKS.length - 1 : end) + 1)
  const from = Math.log(inside[0]?.[0] ?? 1)
  const span = Math.log(inside.at(-1)?.[0] ?? 10) - from || 1
  const share = (ms: Milliseconds) => (Math.log(Math.max(1, ms)) - from) / span
  const step = Math.max(1, Math.ceil((inside.length - 1) / most))
  return {
    at: (ms) => Math.min(1, Math.max(0, share(ms))),
    ticks: inside.filter((_, index) => index % step === 0).map(([at, label]) => ({ share: share(at), label })),
  }
}

function lastIndex(is: (tick: (typeof TICKS)[number]) => boolean): number {
  return Math.max(0, TICKS.findLastIndex(is))
}
