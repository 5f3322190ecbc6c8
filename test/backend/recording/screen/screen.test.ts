import { describe, expect, it } from 'vitest'
import { Screen } from '../../../../src/backend/recording/screen/screen'
import { wholeText } from '../../../../src/backend/recording/screen/snapshot'
import { MOST_MARKS, type Attempt } from '../../../../src/terminal'
import { bytesOf, written } from '../../../terminal/terminals'
import { compared, play, restored } from './restored'

const SIZE = { cols: 20, rows: 6 }
const LINES = Array.from({ length: 12 }, (_, line) => `line ${line}`).join('\r\n')

/** What differs after `before`, and after `after`, between a screen and one restored in between. */
async function followed(before: string, after: string, form: 'whole' | 'short' = 'whole'): Promise<string[][]> {
  const screen = new Screen(SIZE)
  await screen.write(bytesOf(before))
  const other = await restored(screen, form)
  const first = compared(screen.terminal, other.terminal)
  await Promise.all([screen.write(bytesOf(after)), play(other, { bytes: bytesOf(after) })])
  return [first, compared(screen.terminal, other.terminal)]
}

describe('a keyframe keeps', () => {
  it.each<[string, string, string]>([
    ['nothing', '', 'text'],
    ['text and blanks', 'a b  c \r\n\r\n   d', 'e'],
    ['colours', '\x1b[31;42ma\x1b[91;102mb\x1b[38;5;3;48;5;200mc\x1b[38;2;1;2;3;48;2;4;5;6md', 'e'],
    ['a palette colour that is also one of the 16', '\x1b[38;5;1ma\x1b[31mb\x1b[58;5;2;4mc', 'd'],
    ['every attribute', [1, 2, 3, 4, 5, 7, 8, 9, 21, 53].map((number) => `\x1b[0;${number}mx`).join(''), 'y'],
    ['underlines', '\x1b[4:3;58;5;9ma\x1b[4:4;58:2::1:2:3mb\x1b[4:5;59mc\x1b[4:2md', '\x1b[24me'],
    ['coloured blanks', '\x1b[44m\x1b[2J\x1b[3;5H\x1b[41m\x1b[5X\x1b[m\x1b[5;1H\x1b[K', 'a'],
    ['wide characters', '漢字\r\n a漢\x1b[1;2Hx', '\x1b[2;3Hy'],
    ['half a wide character with its colours', '\x1b[7m漢\x1b[1;2Hx\x1b[2;19H漢\x1b[2;19Hy', 'z'],
    ['half a wide character at the end, after another', '\x1b[17G漢\x1b[7m漢\x1b[19Gx\x1b[2;1H漢漢漢', 'z'],
    ['characters of several', 'e\u0301a\u0300\u0323', '\u0302b'],
    ['a mark that comes next', 'e', '\u0301'],
    ['a character to be repeated', '漢', '\x1b[3b'],
    ['nothing to join, after a sequence', 'e\x1b[m', '\u0301x'],
    ['wrapped rows', `${'abcdefghij'.repeat(5)}`, '\x1b[1;5Hx'],
    ['wrapped rows of wide characters', `a${'漢'.repeat(30)}`, 'b'],
    ['the cursor behind the last column', 'a'.repeat(20), 'b'],
    ['it, behind another pen', `${'a'.repeat(20)}\x1b[31m`, 'b'],
    ['the pen', '\x1b[1;38;5;77;4:3m', 'x\x1b[22my'],
    ['margins', `${LINES}\x1b[2;4r\x1b[4;1H`, '\nx\ny\x1b[1Sz'],
    ['origin', `${LINES}\x1b[2;4r\x1b[?6h\x1b[2;3H`, 'x\x1b[9;1Hy\x1b[1;1Hz'],
    ['a saved cursor', '\x1b[2;3H\x1b[31m\x1b(0\x1b7\x1b(B\x1b[m\x1b[5;5H', 'q\x1b8q'],
    ['a saved cursor that scrolls away', `\x1b[5;3H\x1b[1m\x1b7${LINES}`, '\x1b8x'],
    ['a saved cursor while it scrolls', `${LINES}\x1b[6;3H\x1b7`, '\n\n\x1b8x'],
    ['a saved cursor of the other buffer', '\x1b[?1049h\x1b[3;3H\x1b[32m\x1b7\x1b[?1049l', '\x1b[?47h\x1b8x'],
    ['the alternate buffer and the one beneath', `under\x1b[?1049h\x1b[2;2Hover\x1b[2;4r`, 'x\x1b[?1049ly'],
    ['tab stops', '\x1b[3g\x1b[1;4H\x1bH\x1b[1;9H\x1bH\r', '\tx\ty\tz'],
    ['tab stops of both buffers', '\x1b[1;4H\x1bH\x1b[?1047h\x1b[3g\x1b[1;6H\x1bH\r', '\tx\x1b[?1047l\r\ty'],
    ['character sets', '\x1b)0\x0e', 'q\x0fq'],
    ['character sets and SI', '\x1b(A\x1b)0\x0eq\x0f', '#\x0eq'],
    ['the third set', '\x1b*0\x1bn', 'q\x0fq'],
    ['a set that a restored cursor brought', '\x1b7\x1b(0q\x1b8', 'q\x0eq\x0fq'],
    ['insert mode', 'abc\x1b[4h\x1b[1;2H', 'x\x1b[4ly'],
    ['no wrapping', '\x1b[?7l', 'a'.repeat(30)],
    ['wrapping back', `\x1b[?45h${'a'.repeat(21)}`, '\b\b\b\x1b[Kx'],
    ['keys and keypad', '\x1b[?1h\x1b=', ''],
    ['line feeds that return', '\x1b[20habc', '\nx\x1b[20l\ny'],
    ['protected text', '\x1b[1"qab\x1b[0"qcd\x1b[1"q', 'e\x1b[?2J'],
    ['a soft reset', '\x1b[31m\x1b[2;4r\x1b[4h\x1b7\x1b[!p', 'x\x1b8y\n\n\n\n\n'],
    ['a full reset', `${LINES}\x1b[31m\x1b[2;4r\x1b(0\x1b[3g\x1bc`, 'q\tx'],
    ['an aligned screen', '\x1b#8\x1b[2;2H', 'x'],
    ['an ended string', '\x1b]0;title\x07\x1bPq~\x1b\\\x1b_x\x1b\\', 'x'],
  ])('%s', async (_, before, after) => {
    expect(await followed(before, after)).toEqual([[], []])
    expect(await followed(before, after, 'short')).toEqual([[], []])
  })

  it('what no cell shows: the cursor hidden, its shape, and that a reset does not undo them', async () => {
    const screen = new Screen(SIZE)
    await screen.write(bytesOf('\x1b[?25l\x1b[5 q\x1b[20h'))
    expect(wholeText(screen.snapshot())).toContain('\x1b[20h\x1b[?12l\x1b[?25l\x1b[5 q')
    await screen.write(bytesOf('\x1b[!p\x1b[20l'))
    expect(wholeText(screen.snapshot())).toContain('\x1b[20l\x1b[?12l\x1b[?25h')
    expect(wholeText(screen.snapshot())).not.toContain(' q')
  })

  it('to itself what was shown before, were it the midst of a sequence', async () => {
    const screen = new Screen(SIZE)
    await screen.write(bytesOf('a\x1b[31mb'))
    const { terminal, clamp } = await restored(screen)
    const bytes = bytesOf(`\x1b[20h\x1b[?25l\x1b(0\x1b[2;3r\x1b[?1049h${LINES}\x1b]0;title`)
    await play({ terminal, clamp }, { bytes })
    terminal.reset()
    await written(terminal, wholeText(screen.snapshot()))
    expect(compared(screen.terminal, terminal)).toEqual([])
    expect(terminal.options.convertEol).toBe(false)
  })

  it('its size', async () => {
    const screen = new Screen(SIZE)
    await screen.write(bytesOf(`\x1b[44ma${'\u0301'.repeat(100_000)}${'\x1b[m漢'.repeat(10_000)}`))
    expect(wholeText(screen.snapshot()).length).toBeLessThan(3000)
    expect(screen.terminal.buffer.normal.getLine(0)?.getCell(0)?.getChars().length).toBeLessThanOrEqual(1 + MOST_MARKS)
  })

  it('tab stops and margins through a resize', async () => {
    const screen = new Screen(SIZE)
    await screen.write(bytesOf('\x1b[3g\x1b[1;4H\x1bH\x1b[2;4r'))
    screen.resize(40, 8)
    const other = await restored(screen)
    const after = bytesOf(`\r\ta\tb\tc\x1b[8;1H\n${LINES}`)
    await Promise.all([screen.write(after), play(other, { bytes: after })])
    expect(compared(screen.terminal, other.terminal)).toEqual([])
  })
})

describe('a screen', () => {
  it('shows its text', async () => {
    const screen = new Screen(SIZE)
    await screen.write(bytesOf(`${LINES}  `))
    expect(screen.text()).toEqual(['line 6', 'line 7', 'line 8', 'line 9', 'line 10', 'line 11  '])
  })

  it('joins what comes in pieces, and is at rest in between', async () => {
    const screen = new Screen(SIZE)
    const rests: boolean[] = []
    for (const byte of bytesOf('—\x1b[2147483647S\x1b[31m漢')) {
      await screen.write(Uint8Array.of(byte))
      rests.push(screen.atRest())
    }
    expect(screen.text()[0]).toBe(' 漢')
    expect(rests.map(Number).join('')).toBe('001' + '000000000000' + '1' + '0000' + '1' + '001')
  })

  it('shows what is larger than one write', async () => {
    const screen = new Screen({ cols: 80, rows: 3 })
    await screen.write(bytesOf(`${'—'.repeat(100_000)}\r\nend`))
    expect(screen.text()).toEqual(['—'.repeat(80), '—'.repeat(80), 'end'])
  })

  it('takes one write at a time', async () => {
    const screen = new Screen(SIZE)
    const writing = screen.write(bytesOf('a'))
    expect(screen.atRest()).toBe(false)
    expect(() => screen.feed(bytesOf('b'), () => {})).toThrow('not finished')
    expect(() => screen.resize(10, 10)).toThrow('not finished')
    expect(() => screen.snapshot()).toThrow('not finished')
    await expect(screen.write(bytesOf('b'))).rejects.toThrow('not finished')
    await writing
    await new Promise<void>((done) => screen.feed(bytesOf('b'), () => screen.feed(bytesOf('c'), done)))
    expect(screen.text()[0]).toBe('abc')
    screen.close()
  })

  it('tells what was tried, in its order, windows too', async () => {
    const attempts: Attempt[] = []
    const screen = new Screen({ ...SIZE, report: (attempt) => attempts.push(attempt) })
    await screen.write(bytesOf('\x1b]2;a\x07\x1b[8;50;132t\x1b[c\x1b[?3h\x1b[26t'))
    const told = attempts.map(({ kind, text }) => `${kind} ${text}`)
    expect(told).toEqual(['title a', 'window CSI 8;50;132t', 'answer CSI 0c'])
    expect(screen.terminal.cols).toBe(SIZE.cols)
  })
})
