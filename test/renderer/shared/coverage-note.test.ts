import { describe, expect, it } from 'vitest'
import type { CoverageRange, CoverageState } from '../../../src/domain'
import { coverageNote, noteWords } from '../../../src/renderer/shared/coverage-note'

const HOUR = 3_600_000
const hours = (from: number, to: number) => ({ from: from * HOUR, to: to * HOUR })
const part = (stream: string, state: CoverageState, [from, to]: [number, number]): CoverageRange => ({ connection: 'c', stream, state, ...hours(from, to), held: 0 })
const END = Date.UTC(9999, 11, 31)

describe('what findings rest on', () => {
  it('is nothing to speak of where every list is complete', () => {
    expect(noteWords(coverageNote([part('a', 'complete', [1, 100])], null), 'No list is held')).toBeNull()
    expect(noteWords(coverageNote([part('a', 'complete', [1, 100])], hours(10, 20)), 'No list is held')).toBeNull()
  })

  it('is never passed over where nothing is held', () => {
    expect(noteWords(coverageNote([], null), 'No list is held')).toBe('No list is held')
    expect(noteWords(coverageNote([part('a', 'complete', [1, 5])], hours(10, 20)), 'No list is held')).toBe('1 of 1 list is not complete: 1 unknown')
  })

  it('counts each list once, by its worst, in the range alone', () => {
    const ranges = [part('a', 'complete', [1, 50]), part('a', 'partial', [50, 60]), part('b', 'not-visible', [1, 100]), part('b', 'partial', [50, 60])]
    expect(noteWords(coverageNote(ranges, null), 'No list is held')).toBe('2 of 2 lists are not complete: 2 partial')
    expect(noteWords(coverageNote(ranges, hours(1, 40)), 'No list is held')).toBe('1 of 2 lists is not complete: 1 not visible')
  })

  it('leaves out the time after the last sync, and tells of that before the oldest record', () => {
    const last = { ...part('a', 'not-asked', [50, 60]), to: END }
    expect(noteWords(coverageNote([part('a', 'complete', [1, 50]), last], null), 'No list is held')).toBeNull()
    expect(noteWords(coverageNote([part('a', 'unknown', [0, 10]), part('a', 'complete', [10, 50]), last], null), 'No list is held')).toBe('1 list unknown before the oldest record')
  })
})
