import { describe, expect, test } from 'vitest'
import { standOut } from '../../../../src/backend/detect/approvals/statistics/false-discovery'
import { ascending, concentration, modifiedZ, quantile, scaleOf, spreadOf } from '../../../../src/backend/detect/approvals/statistics/spread'
import { binomialUpper, fisherUpper, negativeBinomialUpper, poissonUpper } from '../../../../src/backend/detect/approvals/statistics/tails'
import { binomial, discoveries, fisher, negativeBinomial, poisson } from './exact'

/** Within a part in 10⁹. */
function near(found: number, wanted: number): void {
  expect(Math.abs(found - wanted) / Math.max(wanted, Number.MIN_VALUE), `${found} is not ${wanted}`).toBeLessThan(1e-9)
}

describe('tails by hand', () => {
  test('of a binomial', () => {
    near(binomialUpper(3, 4, 0.5), 5 / 16)
    near(binomialUpper(2, 2, 0.1), 0.01)
    near(binomialUpper(1, 3, 1 / 3), 19 / 27)
    expect([binomialUpper(0, 5, 0.3), binomialUpper(6, 5, 0.3), binomialUpper(1, 5, 0), binomialUpper(5, 5, 1)]).toEqual([1, 0, 0, 1])
  })

  test('of a Poisson', () => {
    near(poissonUpper(1, 2), 1 - Math.exp(-2))
    near(poissonUpper(3, 1), 1 - Math.exp(-1) * 2.5)
    expect([poissonUpper(0, 3), poissonUpper(2, 0)]).toEqual([1, 0])
  })

  test('of a negative binomial: of size 1 it is geometric', () => {
    // Mean 2 and variance 6 are of size 1, with a chance of 1/3 to end at each step.
    near(negativeBinomialUpper(3, 2, 6), (2 / 3) ** 3)
    near(negativeBinomialUpper(1, 2, 6), 2 / 3)
  })

  test('of Fisher: the lady tasting tea', () => {
    near(fisherUpper(4, { all: 8, marked: 4, drawn: 4 }), 1 / 70)
    near(fisherUpper(3, { all: 8, marked: 4, drawn: 4 }), 17 / 70)
    expect(fisherUpper(0, { all: 8, marked: 4, drawn: 4 })).toBe(1)
    expect(fisherUpper(3, { all: 10, marked: 8, drawn: 5 })).toBe(1)
    expect(fisherUpper(5, { all: 8, marked: 4, drawn: 4 })).toBe(0)
  })
})

describe('tails the long way', () => {
  test('of binomials of many sizes', () => {
    for (const n of [1, 7, 20, 153, 800]) {
      for (const share of [[1, 97], [3, 20], [1, 2], [19, 20]] satisfies [number, number][]) {
        for (const part of [0, 0.1, 0.5, 0.77, 1]) {
          const k = Math.max(1, Math.round(n * part))
          const wanted = binomial(k, n, share)
          if (wanted > 1e-300) near(binomialUpper(k, n, share[0] / share[1]), wanted)
        }
      }
    }
  })

  test('of urns of many sizes', () => {
    for (const [all, marked, drawn] of [[50, 10, 20], [300, 290, 40], [1434, 212, 240], [2000, 3, 1000], [400, 200, 200]] as const) {
      for (let k = Math.max(0, drawn - (all - marked)); k <= Math.min(marked, drawn); k += 1 + (drawn >> 4)) {
        const wanted = fisher(k, { all, marked, drawn })
        if (wanted > 1e-300) near(fisherUpper(k, { all, marked, drawn }), wanted)
      }
    }
  })

  test('of Poissons and negative binomials', () => {
    for (const k of [1, 5, 9, 20, 60]) {
      for (const mean of [[1, 2], [31, 10], [47, 20], [40, 1]] satisfies [number, number][]) {
        near(poissonUpper(k, mean[0] / mean[1]), poisson(k, mean))
        for (const factor of [1.6, 3, 11]) near(negativeBinomialUpper(k, mean[0] / mean[1], (factor * mean[0]) / mean[1]), negativeBinomial(k, mean[0] / mean[1], (factor * mean[0]) / mean[1]))
      }
    }
  })

  test('far out they are as small as they are, and never beyond 0 and 1', () => {
    near(binomialUpper(18, 20, 0.02), binomial(18, 20, [1, 50]))
    expect(binomialUpper(5000, 5000, 0.001)).toBe(0)
    expect(poissonUpper(1, 1e6)).toBe(1)
    for (let k = 0; k <= 100; k++) expect(binomialUpper(k, 100, 0.3)).toBeLessThanOrEqual(1)
  })
})

describe('which tests stand out', () => {
  test('as in the paper of Benjamini and Hochberg', () => {
    const ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
    expect(standOut(ps, 0.05)).toEqual(ps.map((_, i) => i < 4))
    expect(standOut(ps.toReversed(), 0.05)).toEqual(ps.map((_, i) => i > 10))
  })

  test('more tests make it harder, and ties go together', () => {
    expect(standOut([0.004, 0.02], 0.01, 2)).toEqual([true, false])
    expect(standOut([0.004, 0.02], 0.01, 3)).toEqual([false, false])
    expect(standOut([0.005, 0.005, 0.5], 0.01)).toEqual([true, true, false])
    expect(standOut([], 0.01)).toEqual([])
    for (let seed = 1; seed < 200; seed++) {
      const ps = Array.from({ length: 12 }, (_, i) => Math.abs(Math.sin(seed * 12.9898 + i * 78.233)) ** 6)
      expect(standOut(ps, 0.1, 20)).toEqual(discoveries(ps, 0.1, 20))
    }
  })
})

describe('how values are spread', () => {
  test('quantiles lie between neighbours', () => {
    const sorted = ascending([4, 1, 3, 2])
    expect([0, 0.25, 0.5, 0.95, 1].map((share) => quantile(sorted, share))).toEqual([1, 1.75, 2.5, 3.8499999999999996, 4])
    expect(quantile(ascending([7]), 0.3)).toBe(7)
    expect(quantile(ascending([]), 0.5)).toBeNaN()
  })

  test('by the median deviation, else by the mean one, else not at all', () => {
    const usual = spreadOf([1, 2, 3, 4, 100])
    expect(usual).toEqual({ median: 3, mad: 1, meanDeviation: (2 + 1 + 0 + 1 + 97) / 5, n: 5 })
    expect(modifiedZ(100, usual)).toBeCloseTo(0.6745 * 97, 12)
    expect(scaleOf(usual)).toBeCloseTo(1.4826, 12)
    const flat = spreadOf([5, 5, 5, 5, 10])
    expect(flat.mad).toBe(0)
    expect(modifiedZ(10, flat)).toBeCloseTo(5 / 1.2533, 12)
    expect(scaleOf(flat)).toBeCloseTo(1.2533, 12)
    const alike = spreadOf([5, 5, 5])
    expect([modifiedZ(9, alike), scaleOf(alike)]).toEqual([null, null])
  })

  test('concentration is 1 for one and 1/n for n alike', () => {
    expect(concentration([12])).toBe(1)
    expect(concentration([3, 3, 3, 3])).toBe(0.25)
    expect(concentration([6, 3, 1])).toBeCloseTo(0.46, 12)
    expect(concentration([])).toBeNaN()
  })
})
