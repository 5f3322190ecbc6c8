import { describe, expect, test } from 'vitest'
import { csvLine, rawCsvLine } from '../../../src/domain'
import { Random } from '../random'

/** Reads CSV as RFC 4180 writes it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  while (cell.lastIndex < text.length) {
    const from = cell.lastIndex
    const found = cell.exec(text)
    if (!found) throw new Error(`no cell stands at ${from}: ${JSON.stringify(text.slice(from, from + 40))}`)
    const [, quoted, plain = '', end] = found
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',' && cell.lastIndex < text.length) rows.push([])
  }
  return rows
}

const cellOf = (text: string) => parseCsv(csvLine([text]))[0]?.[0]

describe('a cell that a spreadsheet would take for a formula', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\tx', '\rx', '\nx', ' =1', '   +1', '\u00a0-1', '\u3000@x', '\0=1', '\x1b=1', '＝1', '＋1', '－1', '＠x',
    ' ＝1', '=', '-', '=HYPERLINK("http://x","y")', '-2+3+cmd|\' /C calc\'!A0', '\ufeff=1'])('%j gets an apostrophe', (text) => {
    expect(cellOf(text)).toBe(`'${text}`)
  })

  test.each(['1', 'a=b', 'x-y', 'a@b', '', ' ', "'=1", 'ü', '1-2'])('%j is none and stays as it is', (text) => {
    expect(cellOf(text)).toBe(text)
  })

  test('is never a number', () => {
    expect(csvLine([-5, 0, 1.5])).toBe('-5,0,1.5\r\n')
  })
})

describe('a line', () => {
  test('has cells apart by commas and ends in CR LF; what is absent is empty', () => {
    expect(csvLine(['a', null, undefined, 'b', ''])).toBe('a,,,b,\r\n')
  })

  test.each([['a,b', '"a,b"'], ['a"b', '"a""b"'], ['a\nb', '"a\nb"'], ['a\r\nb', '"a\r\nb"'], [' a', '" a"'], ['a ', '"a "'], ['"', '""""']])('quotes %j as %s', (text, cell) => {
    expect(csvLine([text])).toBe(`${cell}\r\n`)
  })

  test('is read back as it was written, whatever it holds', () => {
    const random = new Random(9)
    const pieces = ['a', '"', ',', '\r', '\n', '\r\n', ' ', '=', "'", '\0', 'ü', '\t']
    const cells = Array.from({ length: 2000 }, () => `x${Array.from({ length: random.int(6) }, () => random.pick(pieces)).join('')}`)
    const rows = Array.from({ length: 400 }, (_, i) => cells.slice(i * 5, i * 5 + 5))
    expect(parseCsv(rows.map((row) => csvLine(row)).join(''))).toEqual(rows)
  })
})

describe('a cell that a spreadsheet would change', () => {
  test.each(['1234567890123456', '007', '00', '12e9', '12345E67'])('%j is kept as text', (text) => {
    expect(cellOf(text)).toBe(`'${text}`)
  })

  test.each(['123456789012345', '0', '0.5', '1e', 'e9', '12e9x', '10.0.0.1', '0x1f'])('%j is left as it is', (text) => {
    expect(cellOf(text)).toBe(text)
  })

  test('is cut at the length of a cell, and says so', () => {
    expect(cellOf('x'.repeat(32_767))).toHaveLength(32_767)
    const cut = cellOf(`${'x'.repeat(32_000)}${'\u{1f600}'.repeat(1000)}`) ?? ''
    expect(cut.length).toBeLessThanOrEqual(32_767)
    expect(cut).toMatch(/x\u{1f600}+ … \[cut here; 34000 characters in all, complete in JSON Lines\]$/u)
    expect(cut).not.toMatch(/\p{Cs}/u)
  })

  test('is as it is in raw CSV', () => {
    const hostile = ['=1+1', '007', 'x'.repeat(40_000), '\t@x', -5]
    expect(parseCsv(rawCsvLine(hostile))[0]).toEqual(hostile.map(String))
  })
})
