import type { Milliseconds } from '../../domain'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNITS: readonly [Milliseconds, string][] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
  [1, 'millisecond'],
]

/** `minute`, `5 minutes`: what stands after "per". */
export function stepWords(step: Milliseconds): string {
  const [unit, name] = UNITS.find(([size]) => step >= size) ?? [1, 'millisecond']
  const count = Math.round((step / unit) * 10) / 10
  return count === 1 ? name : `${count} ${name}s`
}
