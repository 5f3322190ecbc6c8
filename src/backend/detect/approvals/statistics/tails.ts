import { lnBinomial, lnHypergeometric, lnNegativeBinomial, lnPoisson, type Urn } from './densities'

/** A discrete distribution: ln of its density, and P(k + 1) / P(k). */
type Discrete = { ln: (k: number) => number; ratio: (k: number) => number; least: number; most: number; mean: number }

/** P(X >= k), exact to rounding: terms are summed from k on, or from k down where most lies above. */
function upper(k: number, { ln, ratio, least, most, mean }: Discrete): number {
  if (k <= least) return 1
  if (k > most) return 0
  if (k > mean) return Math.min(1, sumUp(k, { ln, ratio, most }))
  return Math.max(0, 1 - sumDown(k - 1, { ln, ratio, least }))
}

function sumUp(k: number, { ln, ratio, most }: Pick<Discrete, 'ln' | 'ratio' | 'most'>): number {
  let sum = 1
  let term = 1
  for (let at = k; at < most; at++) {
    term *= ratio(at)
    const next = sum + term
    if (next === sum) break
    sum = next
  }
  return Math.exp(ln(k) + Math.log(sum))
}

function sumDown(k: number, { ln, ratio, least }: Pick<Discrete, 'ln' | 'ratio' | 'least'>): number {
  let sum = 1
  let term = 1
  for (let at = k; at > least; at--) {
    term /= ratio(at - 1)
    const next = sum + term
    if (next === sum) break
    sum = next
  }
  return Math.exp(ln(k) + Math.log(sum))
}

/** P(X >= k), X ~ Bin(n, p). */
export function binomialUpper(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  if (p >= 1) return k <= n ? 1 : 0
  if (p <= 0) return 0
  const odds = p / (1 - p)
  return upper(k, { ln: (x) => lnBinomial(x, n, p), ratio: (x) => ((n - x) / (x + 1)) * odds, least: 0, most: n, mean: n * p })
}

/** P(X >= k), X ~ Poisson. */
export function poissonUpper(k: number, mean: number): number {
  if (k <= 0) return 1
  if (mean <= 0) return 0
  return upper(k, { ln: (x) => lnPoisson(x, mean), ratio: (x) => mean / (x + 1), least: 0, most: Number.POSITIVE_INFINITY, mean })
}

/** P(X >= k) of a negative binomial of this mean and variance; the variance is the larger. */
export function negativeBinomialUpper(k: number, mean: number, variance: number): number {
  if (k <= 0) return 1
  const size = (mean * mean) / (variance - mean)
  const q = mean / (size + mean)
  const ratio = (x: number) => ((size + x) / (x + 1)) * q
  return upper(k, { ln: (x) => lnNegativeBinomial(x, size, mean), ratio, least: 0, most: Number.POSITIVE_INFINITY, mean })
}

/** P(X >= k) where X of the `drawn` are marked: Fisher's exact test, one-sided. */
export function fisherUpper(k: number, urn: Urn): number {
  const { all, marked, drawn } = urn
  const plain = all - marked
  return upper(k, {
    ln: (x) => lnHypergeometric(x, urn),
    ratio: (x) => ((marked - x) * (drawn - x)) / ((x + 1) * (plain - drawn + x + 1)),
    least: Math.max(0, drawn - plain),
    most: Math.min(marked, drawn),
    mean: (drawn * marked) / Math.max(1, all),
  })
}
