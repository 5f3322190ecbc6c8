import xterm from '@xterm/headless'
import { describe, expect, it } from 'vitest'
import { findOnScreen, type FoundCells } from '../../../src/renderer/replay/screen-text'

async function found(output: string, wanted: string[], cols = 20): Promise<FoundCells[]> {
  const terminal = new xterm.Terminal({ cols, rows: 5, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(output, resolve))
  const { active } = terminal.buffer
  return findOnScreen({ rows: 5, line: (row) => active.getLine(active.baseY + row) }, wanted)
}

describe('text on the screen', () => {
  it('is found wherever it stands, whatever its case', async () => {
    expect(await found('a Sudo\r\n  sudo SUDO', ['suDo'])).toEqual([
      { row: 0, col: 2, cells: 4 },
      { row: 1, col: 2, cells: 4 },
      { row: 1, col: 7, cells: 4 },
    ])
  })

  it('is found over the end of a row that wraps, not over one that ends', async () => {
    expect(await found('12345678secret', ['secret'], 10)).toEqual([
      { row: 0, col: 8, cells: 2 },
      { row: 1, col: 0, cells: 4 },
    ])
    expect(await found('12345678se\r\ncret', ['secret'], 10)).toEqual([])
  })

  it('counts wide characters and what combines with one as the cells that they take', async () => {
    expect(await found('漢字 e\u0301x ok', ['字', 'ok'])).toEqual([
      { row: 0, col: 2, cells: 2 },
      { row: 0, col: 8, cells: 2 },
    ])
  })

  it('does not change its place for letters that are longer in lower case', async () => {
    expect(await found('İİ ok', ['OK'])).toEqual([{ row: 0, col: 3, cells: 2 }])
  })

  it('is looked for only where there is something to look for, and ends', async () => {
    expect(await found('aaaa', [''])).toEqual([])
    expect(await found('a'.repeat(2000), ['a'], 400)).toHaveLength(500)
  })
})
