// Densities by the saddle-point expansion of C. Loader, "Fast and accurate computation of binomial probabilities" (2000):
// all in logarithms, without the differences of large numbers that lose digits.

const LN_2PI = Math.log(2 * Math.PI)

/** ln n! − ln(√(2πn) (n/e)ⁿ) for n = 0 to 15. */
const SMALL = stirlingErrors(15)

function stirlingErrors(most: number): number[] {
  const errors = [0]
  let factorial = 1
  for (let n = 1; n <= most; n++) {
    factorial *= n
    errors.push(Math.log(factorial) - 0.5 * (LN_2PI + Math.log(n)) - n * Math.log(n) + n)
  }
  return errors
}

/** Error of Stirling's formula for ln n!. */
function stirlingError(n: number): number {
  if (n <= 15 && Number.isInteger(n)) return SMALL[n] ?? 0
  // Below, the series is not exact enough; n! of what is no integer is stepped up to where it is.
  if (n < 15) return stirlingError(n + 1) + (n + 0.5) * Math.log1p(1 / n) - 1
  const s = n * n
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / s) / s) / s) / s) / s) / n
}

/** x ln(x/m) + m − x, also where x is near to m. */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) return sum
    sum = next
  }
  return sum
}

/** ln P(X = k) of a binomial. */
export function lnBinomial(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY
  if (p <= 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY
  if (p >= 1) return k === n ? 0 : Number.NEGATIVE_INFINITY
  if (k === 0) return n * Math.log1p(-p)
  if (k === n) return n * Math.log(p)
  const core = stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n * p) - deviance(n - k, n * (1 - p))
  return core + 0.5 * (Math.log(n / (n - k)) - LN_2PI - Math.log(k))
}

/** ln P(X = k) of a Poisson. */
export function lnPoisson(k: number, mean: number): number {
  if (k < 0) return Number.NEGATIVE_INFINITY
  if (mean <= 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY
  if (k === 0) return -mean
  return -stirlingError(k) - deviance(k, mean) - 0.5 * (LN_2PI + Math.log(k))
}

/** ln P(X = k) of a negative binomial of a size and a mean. */
export function lnNegativeBinomial(k: number, size: number, mean: number): number {
  if (k < 0) return Number.NEGATIVE_INFINITY
  const p = size / (size + mean)
  if (k === 0) return size * Math.log(p)
  return Math.log(size / (size + k)) + lnBinomialReal(size, size + k, p)
}

/** The same as `lnBinomial` for what is no whole number and not at an end. */
function lnBinomialReal(x: number, n: number, p: number): number {
  const core = stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p) - deviance(n - x, n * (1 - p))
  return core + 0.5 * (Math.log(n / (n - x)) - LN_2PI - Math.log(x))
}

/** `drawn` of `all`, of which `marked` are marked. */
export type Urn = { all: number; marked: number; drawn: number }

/** ln P(X = k): of those drawn, k are marked. */
export function lnHypergeometric(k: number, { all, marked, drawn }: Urn): number {
  const plain = all - marked
  if (k < 0 || k > marked || drawn - k < 0 || drawn - k > plain) return Number.NEGATIVE_INFINITY
  if (drawn === 0 || drawn === all) return 0
  const p = drawn / all
  return lnBinomial(k, marked, p) + lnBinomial(drawn - k, plain, p) - lnBinomial(drawn, all, p)
}
