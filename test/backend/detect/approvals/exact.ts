// Exact arithmetic over whole numbers, the long way: what the statistics are checked against.

export function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n
  let found = 1n
  for (let i = 1; i <= k; i++) found = (found * BigInt(n - k + i)) / BigInt(i)
  return found
}

const DIGITS = 10n ** 400n

/** The quotient as near as a double can be. */
export function quotient(above: bigint, below: bigint): number {
  if (above === 0n) return 0
  const text = String((above * DIGITS) / below)
  // 18 digits and the power of ten that follows them.
  return Number(`${text.slice(0, 18)}e${text.length - Math.min(18, text.length) - 400}`)
}

/** P(X >= k), X ~ Bin(n, above / below). */
export function binomial(k: number, n: number, [above, below]: [number, number]): number {
  let sum = 0n
  for (let x = Math.max(0, k); x <= n; x++) sum += choose(n, x) * BigInt(above) ** BigInt(x) * BigInt(below - above) ** BigInt(n - x)
  return quotient(sum, BigInt(below) ** BigInt(n))
}

/** P(X >= k): of `drawn` of `all`, k are among the `marked`. */
export function fisher(k: number, { all, marked, drawn }: { all: number; marked: number; drawn: number }): number {
  let sum = 0n
  for (let x = Math.max(0, k); x <= Math.min(marked, drawn); x++) sum += choose(marked, x) * choose(all - marked, drawn - x)
  return quotient(sum, choose(all, drawn))
}

/** P(X >= k), X ~ Poisson(above / below): the series of the upper end, times e to the power of minus the mean. */
export function poisson(k: number, [above, below]: [number, number]): number {
  const scale = 10n ** 250n
  let sum = 0n
  let term = scale
  for (let x = 0; x < k + 400; x++) {
    if (x >= k) sum += term
    term = (term * BigInt(above)) / (BigInt(below) * BigInt(x + 1))
  }
  return quotient(sum, scale) * Math.exp(-above / below)
}

/** P(X >= k) of a negative binomial by its own recurrence from P(0) on. */
export function negativeBinomial(k: number, mean: number, variance: number): number {
  const size = mean ** 2 / (variance - mean)
  const p = mean / variance
  let term = p ** size
  let sum = 0
  for (let x = 0; x < k + 5000; x++) {
    if (x >= k) sum += term
    term *= ((size + x) / (x + 1)) * (1 - p)
  }
  return sum
}

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

/** Those that stand out: with p up to the largest of which at most `share` of all tests lie so low. */
export function discoveries(ps: readonly number[], share: number, tests: number): boolean[] {
  const holds = ps.filter((p) => p <= (share * ps.filter((other) => other <= p).length) / tests)
  return ps.map((p) => holds.some((bound) => p <= bound))
}
