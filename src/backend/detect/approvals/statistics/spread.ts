/** Of ascending values, between neighbours by share (type 7 of Hyndman and Fan); NaN where there are none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort()
}

/** Median, and the median and mean of how far values are from it. */
export type Spread = { median: number; mad: number; meanDeviation: number; n: number }

export function spreadOf(values: readonly number[]): Spread {
  const median = quantile(ascending(values), 0.5)
  const deviations = ascending(values.map((value) => Math.abs(value - median)))
  const meanDeviation = deviations.reduce((sum, value) => sum + value, 0) / Math.max(1, deviations.length)
  return { median, mad: quantile(deviations, 0.5), meanDeviation, n: values.length }
}

/** B. Iglewicz and D. Hoaglin (1993); by the mean deviation where the median one is 0. Null where all values are alike. */
export function modifiedZ(value: number, { median, mad, meanDeviation }: Spread): number | null {
  if (mad > 0) return (0.6745 * (value - median)) / mad
  return meanDeviation > 0 ? (value - median) / (1.2533 * meanDeviation) : null
}

/** What a standard deviation would be of a normal so spread; null where all values are alike. */
export function scaleOf({ mad, meanDeviation }: Spread): number | null {
  if (mad > 0) return 1.4826 * mad
  return meanDeviation > 0 ? 1.2533 * meanDeviation : null
}

/** Herfindahl and Hirschman: 1 where one has all, 1/n where n have the same. */
export function concentration(counts: Iterable<number>): number {
  let sum = 0
  let squares = 0
  for (const count of counts) {
    sum += count
    squares += count * count
  }
  return sum === 0 ? Number.NaN : squares / (sum * sum)
}
