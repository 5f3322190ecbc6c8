import { expect, it } from 'vitest'
import { penOf } from '../../../../src/backend/recording/screen/cell'
import { penSequence, plainPen, shownUnderline } from '../../../../src/backend/recording/screen/pen'
import { applySgr } from '../../../../src/backend/recording/screen/sgr'
import { plainTerminal, written } from '../../../terminal/terminals'
import { Random } from '../../random'

const NUMBERS = [
  '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '21', '22', '23', '24', '25', '27', '28', '29', '31', '39', '42',
  '49', '53', '55', '59', '91', '107', '38', '48', '58', '38', '48', '58', '5', '2', '2', '5', '300', '255', '',
  '4:3', '4:0', '4:9', '4:', '38:5:7', '48:2::1:2:3', '58:2:9:8:7', '38:5', '38:2:1:2', '38;5;9', '48;2;4;5;6',
  '38;2;1;2;3:4', '38;5;1:2', '38:', '38:2', '48;2:1:2:3', '58;5:6',
]

function randomSequences(random: Random): string {
  const numbers = (): string => Array.from({ length: 1 + random.int(5) }, () => random.pick(NUMBERS)).join(';')
  return Array.from({ length: 1 + random.int(4) }, () => `\x1b[${numbers()}m`).join('')
}

it('the pen is that of the terminal, and written anew gives the same', async () => {
  for (let seed = 0; seed < 1000; seed++) {
    const text = randomSequences(new Random(seed))
    const pen = plainPen()
    const terminal = plainTerminal({ cols: 5, rows: 1 })
    terminal.parser.registerCsiHandler({ final: 'm' }, (parameters) => {
      applySgr(pen, parameters)
      return false
    })
    await written(terminal, `${text}x`)
    const again = plainTerminal({ cols: 5, rows: 1 })
    await written(again, `${penSequence(pen)}x`)
    const [cell, other] = [terminal, again].map(({ buffer }) => buffer.active.getLine(0)?.getCell(0))
    if (cell === undefined || other === undefined) throw new Error('no cell')
    const shown = { fg: pen.fg, bg: pen.bg, underline: shownUnderline(pen) }
    expect([text, penOf(cell)]).toMatchObject([text, shown])
    expect([text, penOf(other)]).toEqual([text, penOf(cell)])
    terminal.dispose()
    again.dispose()
  }
})
