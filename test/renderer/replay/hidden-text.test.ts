import { Terminal } from '@xterm/headless'
import { expect, test } from 'vitest'
import { HiddenText } from '../../../src/renderer/replay/hidden-text'
import { CsiClamp, feed, REPLAY_OPTIONS } from '../../../src/terminal'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** What the terminal holds after the text came in pieces of this length: characters, `_` before a hidden one. */
async function shown(text: string, { reveal, piece }: { reveal: boolean; piece: number }) {
  const terminal = new Terminal({ ...REPLAY_OPTIONS, cols: 40, rows: 4, allowProposedApi: true })
  const clamp = new CsiClamp(40, 4)
  const hidden = new HiddenText()
  const target = {
    write: (data: Uint8Array, done?: () => void) => terminal.write(reveal ? hidden.show(data) : data, done),
  }
  const bytes = bytesOf(text)
  for (let at = 0; at < bytes.length; at += piece) {
    await new Promise<void>((resolve) => feed(target, { clamp, bytes: bytes.subarray(at, at + piece) }, resolve))
  }
  const line = terminal.buffer.active.getLine(0)
  let found = ''
  const colours: number[] = []
  for (let x = 0; x < 40; x++) {
    const cell = line?.getCell(x)
    if (cell?.isInvisible()) found += '_'
    found += cell?.getChars() ?? ''
    if (cell && !cell.isFgDefault()) colours.push(cell.getFgColor())
  }
  return { found, colours, attributes: terminal.buffer.active.cursorX }
}

const HIDING = [
  '\u001b[8mpassword\u001b[0m seen',
  '\u001b[1;8;31mred\u001b[m',
  '\u001b[0;0008mzeros',
  '\u001b[31;8;8mtwice',
  '\u009b8mc1',
  '\u001b[38;5;8;8mcolour eight, hidden',
  '\u001b[38:5:8;8mcolons',
  '\u001b[38;2;8;8;8;8mrgb',
  '\u001b[1\r;8mcontrol inside',
  '\u001b]0;title\u001b[8mafter a string',
  'é\u001b[8mé',
]

test.each(HIDING)('%j is shown, in pieces of any length', async (text) => {
  const hidden = await shown(text, { reveal: false, piece: 1000 })
  expect(hidden.found).toContain('_')
  for (const piece of [1, 2, 3, 1000]) {
    const seen = await shown(text, { reveal: true, piece })
    expect(seen).toEqual({ ...hidden, found: hidden.found.replaceAll('_', '') })
  }
})

test.each([
  'plain 8m text',
  '\u001b[38;5;8mcolour eight',
  '\u001b[48;2;8;8;8mrgb of eights',
  '\u001b[58;5;8munderline',
  '\u001b[18;28;88mno eight',
  '\u001b[8Atext',
  '\u001b[?8m',
  '\u001b[>8m',
  '\u001b[8 m',
])('%j goes through as it is', (text) => {
  const bytes = bytesOf(text)
  expect(new HiddenText().show(bytes)).toBe(bytes)
})
