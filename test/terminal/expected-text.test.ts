import { expect, it } from 'vitest'
import type { Terminal } from '@xterm/headless'
import { recordedFolder } from '../backend/recording/formats/play'
import { describeWithData } from '../data'
import { fed, hardenedTerminal, plainTerminal, written } from './terminals'

const FOLDER = 'raw/xtermjs-esc'

// xterm.js shows another text of these, and leaves them out of its own tests: of erasing behind the last column, of a
// tab back from there, of wrapping back, and of a capture of vim.
const KNOWN = ['t0055-EL.in', 't0084-CBT.in', 't0103-reverse_wrap.in', 't0504-vim.in']

/** Made for 80x25; the texts have one empty line more. */
function textOf(terminal: Terminal): string {
  const { active } = terminal.buffer
  const rows = Array.from({ length: 25 }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '')
  return trimmed([...rows, ''].join('\n'))
}

function trimmed(text: string): string {
  return text.replace(/ +$/gm, '')
}

describeWithData('the expected text', () => {
  it('is shown, of every capture that has one', async () => {
    const files = new Map(recordedFolder(FOLDER).map(({ name, bytes }) => [name, Buffer.from(bytes)]))
    const wrong: string[] = []
    let right = 0
    for (const [name, input] of files) {
      const expected = files.get(name.replace('.in', '.text'))
      if (!name.endsWith('.in') || expected === undefined) continue
      // As a terminal driver does it (ONLCR): the captures were printed by a program.
      const bytes = Buffer.from(input.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
      const screen = hardenedTerminal({ cols: 80, rows: 25 })
      const plain = plainTerminal({ cols: 80, rows: 25 })
      await Promise.all([fed(screen, bytes), written(plain, bytes)])
      expect([name, textOf(screen.terminal)]).toEqual([name, textOf(plain)])
      if (textOf(screen.terminal) === trimmed(expected.toString())) right++
      else wrong.push(name)
    }
    expect(wrong.sort()).toEqual(KNOWN)
    expect(right).toBe(72)
  })
})
