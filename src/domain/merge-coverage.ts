import type { CoverageNews, CoverageRange } from './coverage'

type Range = Omit<CoverageRange, 'connection' | 'held'>

/**
 * The ledger after news arrived. News overwrite what they overlap, except that a walk under way (`partial`) takes nothing
 * from a range already known `complete` unless it overrules it. Neighbours that say the same become one range. A total of
 * the server's holds for the range it was asked for: pieces have none, neighbours together have their sum. Sorted by
 * stream, then time.
 */
export function mergeCoverage(held: readonly Range[], news: readonly CoverageNews[]): Range[] {
  let ranges = [...held]
  for (const { overrule = false, ...range } of news) {
    const stronger = (other: Range) => !overrule && range.state === 'partial' && other.state === 'complete'
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
  const { serverTotal: _, ...piece } = range
  return [
    { ...piece, to: hole.from },
    { ...piece, from: hole.to },
  ].filter(({ from, to }) => from < to)
}

function joined(ranges: Range[]): Range[] {
  const result: Range[] = []
  for (const range of ranges) {
    const last = result.at(-1)
    const joint = last && jointOf(last, range)
    if (joint) result[result.length - 1] = joint
    else result.push(range)
  }
  return result
}

/** Null where the two stay apart. */
function jointOf(a: Range, b: Range): Range | null {
  if (a.stream !== b.stream || a.to !== b.from || a.state !== b.state || a.note !== b.note) return null
  const { serverTotal: first, ...rest } = a
  const { serverTotal: second } = b
  const joint = { ...rest, to: b.to }
  if (first !== undefined && second !== undefined) return { ...joint, serverTotal: first + second }
  // What is complete has all records, counted or not.
  return (first === undefined && second === undefined) || a.state === 'complete' ? joint : null
}
