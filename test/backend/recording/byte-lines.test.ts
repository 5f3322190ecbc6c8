import { describe, expect, it } from 'vitest'
import { byteLines, LONGEST_LINE } from '../../../src/backend/recording/byte-lines'
import { fileOf } from './read-recording'

function linesOf(text: string): [number, string][] {
  const { bytes } = fileOf(text)
  return Array.from(byteLines(bytes), ({ line, from, to }) => [line, new TextDecoder().decode(bytes.subarray(from, to))])
}

describe('lines', () => {
  it.each<[string, [number, string][]]>([
    ['', []],
    ['\n', [[1, '']]],
    ['a\nb\n', [[1, 'a'], [2, 'b']]],
    ['a\n\n\nb', [[1, 'a'], [2, ''], [3, ''], [4, 'b']]],
    ['a\r\nb\r', [[1, 'a\r'], [2, 'b\r']]],
    ['ü\u2028ü\n', [[1, 'ü\u2028ü']]],
  ])('of %j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines)
  })

  it('are marked where they are too long', () => {
    const bytes = new Uint8Array(LONGEST_LINE * 2 + 5).fill(0x61)
    bytes[LONGEST_LINE] = 0x0a
    bytes[LONGEST_LINE * 2 + 2] = 0x0a
    expect(Array.from(byteLines(bytes), ({ to, from, tooLong }) => [to - from, tooLong])).toEqual([
      [LONGEST_LINE, false],
      [LONGEST_LINE + 1, true],
      [2, false],
    ])
  })
})
