/**
 * Which of these tests stand out where at most the given share of those that do may be chance: Y. Benjamini and
 * Y. Hochberg (1995). `tests` counts those that were not handed in too, whose p is 1.
 */
export function standOut(ps: readonly number[], share: number, tests: number = ps.length): boolean[] {
  const sorted = ps.toSorted((a, b) => a - b)
  let bound = -1
  for (const [i, p] of sorted.entries()) if (p <= (share * (i + 1)) / tests) bound = p
  return ps.map((p) => p <= bound)
}
