import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatPlural,
  formatRough,
  formatShortCount,
} from '../../../src/renderer/shared/format'

describe('numbers on screen', () => {
  it('parts thousands', () => {
    expect(formatCount(1_284_310)).toBe('1,284,310')
    expect(formatCount(0)).toBe('0')
  })

  it.each([
    [9_999, '9,999'],
    [10_000, '10.0 k'],
    [99_960, '100 k'],
    [999_400, '999 k'],
    [999_600, '1.00 M'],
    [1_284_310, '1.28 M'],
    [10_000_000, '10.0 M'],
  ])('shortens %i to %s', (n, text) => {
    expect(formatShortCount(n)).toBe(text)
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [225_216, '225 kB'],
    [4_902_112, '4.90 MB'],
    [999_999_999, '1.00 GB'],
  ])('prints %i bytes as %s', (n, text) => {
    expect(formatBytes(n)).toBe(text)
  })

  it.each([
    [0.4, '0 ms'],
    [999.6, '1.0 s'],
    [4_240, '4.2 s'],
    [59_600, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('prints %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it.each([
    [-5, '0 s'],
    [12_900, '12 s'],
    [59_999, '59 s'],
    [200_000, '3 min'],
    [35_999_000, '9 h'],
    [86_400_000, '1 d'],
  ])('prints %d ms roughly as %s', (ms, text) => {
    expect(formatRough(ms)).toBe(text)
  })

  it('agrees with the number', () => {
    expect(formatPlural(1, 'file')).toBe('1 file')
    expect(formatPlural(0, 'file')).toBe('0 files')
    expect(formatPlural(2000, 'entry', 'entries')).toBe('2,000 entries')
  })
})
