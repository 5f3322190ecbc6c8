import { rowOf, type BatchMoment, type RowRange, type RowTracker, type ShownRow } from './row-tracker'

/**
 * What `follow` of the tracker does, after the terminal got another size: it wraps lines anew, and lines come back from
 * above. A line that reads the same is the same line.
 */
export function rewrapped(tracker: RowTracker, range: RowRange, moment: BatchMoment): ShownRow[] {
  const oldTop = tracker.top
  const old = wholeLines(Array.from({ length: tracker.bottom - oldTop }, (_, index) => tracker.at(oldTop + index)))
  const fresh = freshRows(range, moment)
  const byText = linesByText(old)
  const kept = new Set<ShownRow>()
  // From below: of lines that read the same, it is the upper ones that left or came back.
  for (const rows of wholeLines(fresh).toReversed()) {
    const before = byText.get(joinedText(rows))?.pop()
    const [first] = before ?? []
    for (const row of rows) {
      row.returned = first === undefined && row.line < oldTop
      if (first === undefined) row.hidden = range.isHidden(row.line)
      else carryOver(first, row)
    }
    for (const row of before ?? []) kept.add(row)
  }
  tracker.take(range.from, fresh)
  return old.flat().filter((row) => !kept.has(row))
}

function linesByText(lines: readonly ShownRow[][]): Map<string, ShownRow[][]> {
  const byText = new Map<string, ShownRow[][]>()
  for (const rows of lines) {
    const text = joinedText(rows)
    const same = byText.get(text)
    if (same === undefined) byText.set(text, [rows])
    else same.push(rows)
  }
  return byText
}

function joinedText(rows: readonly ShownRow[]): string {
  return rows.map((row) => row.text).join('')
}

function freshRows(range: RowRange, moment: BatchMoment): (ShownRow | null)[] {
  return Array.from({ length: range.to - range.from }, (_, index) => {
    const line = range.from + index
    const { text, wrapped } = range.read(line)
    if (text === '') return null
    return rowOf({ text, wrapped }, line, moment)
  })
}

function carryOver(from: ShownRow, row: ShownRow): void {
  row.since = from.since
  row.changed = from.changed
  row.offset = from.offset
  row.hidden = from.hidden
  row.returned = from.returned
}

function wholeLines(rows: readonly (ShownRow | null)[]): ShownRow[][] {
  const lines: ShownRow[][] = []
  for (const row of rows) {
    if (row === null) continue
    const last = lines.at(-1)
    if (row.wrapped && last?.at(-1)?.line === row.line - 1) last.push(row)
    else lines.push([row])
  }
  return lines
}
