import type { CoverageRange } from './coverage'

type Range = Omit<CoverageRange, 'connection' | 'held'>

/**
 * The ledger after news arrived. News overwrite what they overlap, except that a walk under way (`partial`) takes nothing
 * from a range already known `complete`. Neighbours that say the same become one range. Sorted by stream, then time.
 */
export function mergeCoverage(held: readonly Range[], news: readonly Range[]): Range[] {
  let ranges = [...held]
  for (const range of news) {
    const stronger = (other: Range) => range.state === 'partial' && other.state === 'complete'
    const touched = ranges.filter((other) => isOverlap(other, range))
    const rest = ranges.filter((other) => !touched.includes(other))
    const kept = touched.flatMap((other) => (stronger(other) ? [other] : without(other, range)))
    const added = touched.filter(stronger).reduce((pieces, other) => pieces.flatMap((p) => without(p, other)), [range])
    ranges = [...rest, ...kept, ...added]
  }
  return joined(ranges.toSorted((a, b) => (a.stream === b.stream ? a.from - b.from : a.stream < b.stream ? -1 : 1)))
}

function isOverlap(a: Range, b: Range): boolean {
  return a.stream === b.stream && a.from < b.to && b.from < a.to
}

function without(range: Range, hole: Range): Range[] {
  if (!isOverlap(range, hole)) return [range]
  return [
    { ...range, to: hole.from },
    { ...range, from: hole.to },
  ].filter((piece) => piece.from < piece.to)
}

function joined(ranges: Range[]): Range[] {
  const result: Range[] = []
  for (const range of ranges) {
    const last = result.at(-1)
    const joins =
      last?.stream === range.stream && last.to === range.from && last.state === range.state && last.note === range.note
    if (last && joins && last.serverTotal === undefined && range.serverTotal === undefined) {
      result[result.length - 1] = { ...last, to: range.to }
    } else {
      result.push(range)
    }
  }
  return result
}
