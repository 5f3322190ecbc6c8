import type { CoverageRange, CoverageState, TimeRange } from '../../domain'

export const STATE_WORDS: Record<CoverageState, string> = {
  complete: 'complete',
  partial: 'partial',
  unknown: 'unknown',
  'not-visible': 'not visible',
  'not-offered': 'not offered',
  'beyond-retention': 'beyond retention',
  'not-held': 'no longer held',
  'not-asked': 'not asked',
}

/** One line over all ranges of the ledger; a file is complete for itself alone, so what lies outside stays unknown. */
export function coverageWords(ranges: CoverageRange[]): string {
  if (ranges.length === 0) return 'Coverage: unknown'
  const counts = new Map<CoverageState, number>()
  for (const { state } of ranges) if (state !== 'complete') counts.set(state, (counts.get(state) ?? 0) + 1)
  if (counts.size === 0) return 'Coverage: complete inside the files imported, unknown outside them'
  const parts = [...counts].map(([state, n]) => `${n} ${n === 1 ? 'range' : 'ranges'} ${STATE_WORDS[state]}`)
  return `Coverage: ${parts.join(', ')}; unknown outside the files imported`
}

/** A piece of a coverage bar, as shares of its width. */
export type BarPiece = { start: number; width: number; state: CoverageState; note?: string }

/** Ranges of one stream over the whole of what is held. What no range speaks of is unknown. */
export function barPieces(ranges: CoverageRange[], whole: TimeRange): BarPiece[] {
  const span = whole.to - whole.from
  const pieces: BarPiece[] = []
  let at = whole.from
  const put = (from: number, to: number, piece: Omit<BarPiece, 'start' | 'width'>) => {
    if (to > from) pieces.push({ start: (from - whole.from) / span, width: (to - from) / span, ...piece })
  }
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const from = Math.max(at, range.from)
    const to = Math.min(whole.to, range.to)
    if (to <= from) continue
    put(at, from, { state: 'unknown' })
    put(from, to, { state: range.state, ...(range.note === undefined ? {} : { note: range.note }) })
    at = to
  }
  put(at, whole.to, { state: 'unknown' })
  return pieces
}
