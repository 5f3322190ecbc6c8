import { describe, expect, it } from 'vitest'
import { CsiClamp, MOST_MARKS, MOST_STRING_BYTES } from '../../src/terminal'
import { Random } from '../backend/random'
import { bytesOf, plainTerminal, written } from './terminals'

const COLS = 80
const ROWS = 24
const CELLS = ROWS * COLS

/** Latin-1, so that every byte is a character. */
function clamped(text: string, clamp = new CsiClamp(COLS, ROWS)): string {
  return Buffer.from(clamp.clamp(Buffer.from(text, 'latin1'))).toString('latin1')
}

/** The same bytes in pieces of any length. */
function inPieces(text: string, random: Random): string {
  const clamp = new CsiClamp(COLS, ROWS)
  let out = ''
  for (let at = 0; at < text.length; ) {
    const length = random.int(4)
    out += clamped(text.slice(at, at + length), clamp)
    at += length
  }
  return out
}

describe('numbers', () => {
  it.each([
    ['\x1b[2147483647S', `\x1b[${ROWS}S`],
    ['\x1b[99999T', `\x1b[${ROWS}T`],
    ['\x1b[25L', `\x1b[${ROWS}L`],
    ['\x1b[25;7M', `\x1b[${ROWS};7M`],
    ['\x1b[81I', `\x1b[${COLS}I`],
    ['\x1b[81Z', `\x1b[${COLS}Z`],
    ['\x1b[81@', `\x1b[${COLS}@`],
    ['\x1b[81P', `\x1b[${COLS}P`],
    ['\x1b[81X', `\x1b[${COLS}X`],
    ['\x1b[1000000b', `\x1b[${CELLS}b`],
    ['\x1b[1000007b', `\x1b[${CELLS + 7}b`],
    ['\x1b[99999999999b', `\x1b[${CELLS + (2147483647 % COLS)}b`],
    ['\x1b[123456789C', '\x1b[9999C'],
    ['\x1b[5;123456789H', '\x1b[5;9999H'],
    ['\x1b[0000000000000000000099S', `\x1b[${ROWS}S`],
    ['\x1b[99999999999999999999999999S', `\x1b[${ROWS}S`],
    ['\xc2\x9b99999S', `\xc2\x9b${ROWS}S`],
    ['a\x1b[99999Sb\x1b[99999Tc', `a\x1b[${ROWS}Sb\x1b[${ROWS}Tc`],
  ])('%j becomes %j', (text, expected) => {
    expect(clamped(text)).toBe(expected)
    for (let seed = 0; seed < 20; seed++) expect(inPieces(text, new Random(seed))).toBe(expected)
  })

  const FITTING = ['24S', 'S', ';5S', '80P', '1920b', '38;2;65535;1;2m', '12;70H', '?2004h']

  it.each(FITTING.map((text) => `\x1b[${text}`))('%j stay', (text) => {
    expect(clamped(text)).toBe(text)
    for (let seed = 0; seed < 20; seed++) expect(inPieces(text, new Random(seed))).toBe(text)
  })

  it.each([
    ['a line feed', '\x1b[21\n47483647S', `\x1b[\n${ROWS}S`],
    ['a line feed after ESC', '\x1b\n[2147483647S', `\x1b\n[${ROWS}S`],
    ['DEL', '\x1b[21\x7f47483647S', `\x1b[${ROWS}S`],
    ['DEL after ESC', '\x1b\x7f[2147483647S', `\x1b[${ROWS}S`],
    ['a byte that is no character', '\x1b[21\xff47483647S', `\x1b[${ROWS}S`],
    ['a byte that is no character after ESC', '\x1b\xff[2147483647S', `\x1b[${ROWS}S`],
    ['half a character', '\x1b[21\xe2\x8247483647S', `\x1b[${ROWS}S`],
    ['a byte order mark', '\x1b[21\xef\xbb\xbf47483647S', `\x1b[${ROWS}S`],
    ['the lead byte of a character before it', '\xe2\x1b[2147483647S', `\x1b[${ROWS}S`],
    ['the lead byte of a character before C1', '\xe2\xc2\x9b2147483647S', `\xc2\x9b${ROWS}S`],
    ['a title', '\x1b]0;\x1b[2147483647S', `\x1b]0;\x1b[${ROWS}S`],
    ['a title and C1', '\x1b]0;x\xc2\x9b2147483647S', `\x1b]0;x\xc2\x9b${ROWS}S`],
    ['a picture', '\x1bPq#0\x1b[2147483647S', `\x1bPq#0\x1b[${ROWS}S`],
    ['a C1 control', '\x1b[5\xc2\x85\x1b[2147483647S', `\x1b[5\xc2\x85\x1b[${ROWS}S`],
    ['another sequence', '\x1b[5\x1b[2147483647S', `\x1b[5\x1b[${ROWS}S`],
    ['a hundred more numbers', `\x1b[2147483647${';1'.repeat(300)}S`, null],
  ])('are found in spite of %s', async (_, text, expected) => {
    const out = clamped(text)
    if (expected !== null) expect(out).toBe(expected)
    expect(out).not.toMatch(/\d{3}/)
    for (let seed = 0; seed < 20; seed++) expect(inPieces(text, new Random(seed))).toBe(out)
    // What the terminal makes of it is counted, not timed.
    expect(await scrolled(Buffer.from(out, 'latin1'))).toEqual([ROWS])
  })

  it('follow the size', () => {
    const clamp = new CsiClamp(COLS, ROWS)
    clamp.resize(200, 50)
    expect(clamped('\x1b[45S\x1b[99S\x1b[250X', clamp)).toBe('\x1b[45S\x1b[50S\x1b[200X')
  })

  it('of a text are not touched', () => {
    expect(clamped('12345678901234567890S [99999S (99999S')).toBe('12345678901234567890S [99999S (99999S')
    expect(clamped('\x1b([99999S')).toBe('\x1b([99999S')
  })
})

/** The numbers with which a terminal is told to scroll. */
async function scrolled(bytes: Uint8Array): Promise<unknown[]> {
  const terminal = plainTerminal()
  const numbers: unknown[] = []
  terminal.parser.registerCsiHandler({ final: 'S' }, ([number]) => {
    numbers.push(number)
    return true
  })
  await written(terminal, bytes)
  return numbers
}

describe('bytes', () => {
  it('that need no change are not copied', () => {
    const clamp = new CsiClamp(COLS, ROWS)
    const bytes = bytesOf('Ελληνικά \x1b[1;31mred\x1b[m \x1b]0;title\x07 ─┐\r\n\x1b[?25h')
    expect(clamp.clamp(bytes)).toBe(bytes)
    expect(clamp.atRest).toBe(true)
  })

  it('of a character come together, of which the terminal alone loses some', async () => {
    const bytes = bytesOf('a—b')
    const [first, second] = [bytes.subarray(0, 3), bytes.subarray(3)]
    const plain = plainTerminal()
    await written(plain, first)
    await written(plain, second)
    expect(plain.buffer.active.getLine(0)?.translateToString(true)).toBe('ab')

    const clamp = new CsiClamp(COLS, ROWS)
    expect(Buffer.from(clamp.clamp(first)).toString('latin1')).toBe('a')
    expect(clamp.atRest).toBe(false)
    expect(Buffer.from(clamp.clamp(second)).toString()).toBe('—b')
    expect(clamp.atRest).toBe(true)
  })

  it('that are no characters do not become one where others are left out', () => {
    expect(clamped('\xe2\x7f\x82\xac')).toBe('')
    expect(clamped('\xc2\x7f\x9b5S')).toBe('5S')
    expect(clamped('\xe2\xcc\x81\x82\xac')).toBe('\xcc\x81')
    expect(clamped('é\x7f\x7fx')).toBe('x')
  })

  it('of a string are cut', () => {
    const text = `\x1b]0;${'x'.repeat(MOST_STRING_BYTES * 3)}\x07after`
    expect(clamped(text)).toBe(`\x1b]0;${'x'.repeat(MOST_STRING_BYTES - 2)}\x07after`)
    expect(inPieces(text.slice(0, 100_000), new Random(1))).toBe(clamped(text.slice(0, 100_000)))
    expect(clamped('\x1b]0;ab\x07'.repeat(9000))).toBe('\x1b]0;ab\x07'.repeat(9000))
  })

  it('of marks upon one character are limited', () => {
    const clamp = new CsiClamp(COLS, ROWS)
    const out = Buffer.from(clamp.clamp(bytesOf(`a${'\u0301'.repeat(1000)}b${'\u0301'.repeat(3)}`))).toString()
    expect(out).toBe(`a${'\u0301'.repeat(MOST_MARKS)}b${'\u0301'.repeat(3)}`)
    const apart = `\x1b[m${'\u0301'.repeat(40)}`
    expect(Buffer.from(clamp.clamp(bytesOf(apart))).toString()).toBe(apart)
  })

  it('that set modes of the input among others lose those', () => {
    expect(clamped('\x1b[?1049;1000;2026h\x1b[?25;02004l\x1b[?1;6h')).toBe('\x1b[?1049;0;0h\x1b[?25;0l\x1b[?1;6h')
  })
})

it('knows which characters xterm gives no column', async () => {
  const chars: string[] = []
  for (let codePoint = 0xa0; codePoint < 0xe0200; codePoint++) {
    if (codePoint === 0xd800) codePoint = 0xe000
    if (codePoint === 0x20000) codePoint = 0xe0000
    if (codePoint !== 0xfeff) chars.push(String.fromCodePoint(codePoint))
  }
  const clamp = new CsiClamp(COLS, ROWS)
  const limited = chars.filter((char) => {
    const bytes = clamp.clamp(bytesOf(`a${char.repeat(MOST_MARKS + 1)}`))
    return Buffer.from(bytes).toString() !== `a${char.repeat(MOST_MARKS + 1)}`
  })
  const terminal = plainTerminal({ cols: 4, rows: 1 })
  const joined: string[] = []
  for (const char of chars) {
    terminal.write(`\x1b[Ha${char}`, () => {
      if (terminal.buffer.active.getLine(0)?.getCell(0)?.getChars() !== 'a') joined.push(char)
    })
  }
  await written(terminal, '')
  expect(limited.length).toBeGreaterThan(1000)
  expect(limited).toEqual(joined)
})

describe('rest', () => {
  it.each<[string, boolean, boolean]>([
    ['', true, false],
    ['text', true, true],
    ['text\r', true, false],
    ['\x1b', false, false],
    ['\x1b[', false, false],
    ['\x1b[1;', false, false],
    ['\x1b[1;1H', true, false],
    ['\x1b(', false, false],
    ['\x1b(B', true, false],
    ['\x1b]0;t', false, false],
    ['\x1b]0;t\x07', true, false],
    ['\x1b]0;t\x1b', false, false],
    ['\x1b]0;t\x1b\\', true, false],
    ['\x1bPq', false, false],
    ['\x1bPq\x1b\\', true, false],
    ['\x1b_x', false, false],
    ['\x1b_x\xc2\x9c', true, false],
    ['\x1b[1\x18', true, false],
    ['\xe2\x82', false, false],
    ['\x1b[5 5\xc3\xa9', false, false],
  ])('after %j: %s', (text, isAtRest, endsInText) => {
    const clamp = new CsiClamp(COLS, ROWS)
    clamped(text, clamp)
    expect(clamp.atRest).toBe(isAtRest)
    expect(clamp.endsInText).toBe(endsInText)
  })

  it('tells where character sets are shifted', () => {
    const clamp = new CsiClamp(COLS, ROWS)
    expect(clamped('a\x0eb\x1b[1\x0f9999S\x1b]0;\x0e\x07c', clamp)).toBe(`a\x0eb\x1b[\x0f${ROWS}S\x1b]0;\x0e\x07c`)
    expect(clamp.shifts).toEqual([2, 6])
    clamped('abc', clamp)
    expect(clamp.shifts).toEqual([])
  })
})
