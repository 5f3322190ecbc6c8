import { LINE_FLAGS, type LineColumns } from './line-columns'

// Rows that a terminal wrapped are one line to whoever wrote it. Entries of such a line follow one another.

/** First entry of the line that `entry` is a part of. */
export function firstOfLine(lines: LineColumns, entry: number): number {
  let first = entry
  while (first > 0 && isJoined(lines, first)) first--
  return first
}

/** One past the last entry of the line whose first entry is given. */
export function endOfLine(lines: LineColumns, first: number): number {
  let end = first + 1
  while (end < lines.count && isJoined(lines, end)) end++
  return end
}

/** Text of the entries from `first` up to, not including, `end`, which are joined. */
export function lineText(lines: LineColumns, first: number, end: number): string {
  const from = lines.starts[first] ?? 0
  const segment = lines.segments[segmentAt(lines, from)]
  return segment === undefined ? '' : segment.shown.slice(from - segment.start, textEnd(lines, end - 1) - segment.start)
}

/** Place in the whole text after the last character of an entry. */
export function textEnd(lines: LineColumns, entry: number): number {
  const next = entry + 1
  if (next >= lines.count) return lines.chars
  return (lines.starts[next] ?? 0) - (isJoined(lines, next) ? 0 : 1)
}

export function segmentAt(lines: LineColumns, place: number): number {
  return lastNotAfter(lines.segments.length, place, (index) => lines.segments[index]?.start ?? 0)
}

export function hasFlag(lines: LineColumns, entry: number, flag: number): boolean {
  return ((lines.flags[entry] ?? 0) & flag) !== 0
}

/** First entries of all lines, in the order in which people saw the lines appear. */
export function linesInOrder(lines: LineColumns, takes: (entry: number) => boolean): Uint32Array {
  const firsts: number[] = []
  for (let entry = 0; entry < lines.count; entry++) if (!isJoined(lines, entry) && takes(entry)) firsts.push(entry)
  const { since, lines: numbers } = lines
  return Uint32Array.from(firsts).sort(
    (a, b) => (since[a] ?? 0) - (since[b] ?? 0) || (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b,
  )
}

/** Index of the last of `count` ascending values that is not above `value`; -1 where all are. */
function lastNotAfter(count: number, value: number, at: (index: number) => number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(middle) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

function isJoined(lines: LineColumns, entry: number): boolean {
  return hasFlag(lines, entry, LINE_FLAGS.joined)
}
