import xterm from '@xterm/headless'
import { describe, expect, it } from 'vitest'
import { usedColumns } from '../../../src/renderer/replay/used-columns'

async function used(output: string, cols: number, before?: number): Promise<number> {
  const terminal = new xterm.Terminal({ cols, rows: 4, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(output, resolve))
  const { active } = terminal.buffer
  return usedColumns({ rows: 4, line: (row) => active.getLine(active.baseY + row) }, cols, before)
}

describe('the columns to show', () => {
  it('are those with text, in steps, and never fewer than eighty', async () => {
    expect(await used('ls', 200)).toBe(80)
    expect(await used(`\r\n${'x'.repeat(121)}`, 200)).toBe(130)
    expect(await used('\u001b[1;200Hx', 200)).toBe(200)
    expect(await used('\u001b[1;81H漢', 200)).toBe(90)
  })

  it('are not more than there are', async () => {
    expect(await used('ls', 40)).toBe(40)
    expect(await used('x'.repeat(95), 96)).toBe(96)
  })

  it('do not become fewer', async () => {
    expect(await used('ls', 200, 130)).toBe(130)
    expect(await used('x'.repeat(150), 200, 130)).toBe(150)
  })

  it('leave out blanks, coloured or not', async () => {
    expect(await used(`\u001b[44m${' '.repeat(190)}\u001b[K`, 200)).toBe(80)
  })
})
