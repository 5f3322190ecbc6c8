import { expect, it } from 'vitest'
import { Random } from '../../random'
import { unseenRows, type Played } from './play'

const MOVES = ['H', '3;5H', '2J', 'K', '1K', '3J', 'L', '2M', 'S', '2T', '3@', '2P', '2X', 'A', '2B', '3C', 'D', '2;5r', 'r', '31m', '8m', '0m']
const MODES = ['?1049h', '?1049l', '?47h', '?47l', '?6h', '?6l', '?7l', '?7h', '4h', '4l']

function piece(random: Random): string {
  const kind = random.int(12)
  if (kind < 4) return random.pick(['word', 'counter 12%', 'counter 13%', '日本語', 'x'.repeat(30), 'a b  c', 'e\u0301', '$ ls'])
  if (kind < 7) return random.pick(['\r\n', '\r\n', '\n', '\r', '\b', '\t'])
  if (kind < 10) return `\x1b[${random.pick(MOVES)}`
  if (kind === 10 && random.chance(0.3)) return `\x1b[${random.pick(MODES)}`
  return random.pick(['\x1bM', '\x1bD', '\x1bE', '\x1b7', '\x1b8', random.chance(0.2) ? '\x1bc' : 'end', '\r\nline'.repeat(random.int(60))])
}

function round(random: Random, resizes: number): Played[] {
  return Array.from({ length: 40 }, (_, index): Played => {
    if (random.chance(resizes)) return { time: index, resize: [5 + random.int(60), 3 + random.int(20)] }
    return { time: index, output: Array.from({ length: 1 + random.int(12) }, () => piece(random)).join('') }
  })
}

it('every row that was shown is in the history, whatever is done to the screen', async () => {
  const random = new Random(77)
  for (let number = 0; number < 150; number++) {
    const size = { cols: 10 + random.int(50), rows: 4 + random.int(12) }
    expect([number, await unseenRows(round(random, 0), size)]).toEqual([number, []])
  }
})

it('what is shown in the end is in the history, whatever the size was before', async () => {
  const random = new Random(78)
  for (let number = 0; number < 150; number++) {
    const size = { cols: 10 + random.int(50), rows: 4 + random.int(12) }
    const events = [...round(random, 0.1), { time: 99, output: 'end' }]
    const unseen = await unseenRows(events, size)
    expect([number, unseen.filter((row) => row.startsWith('99:'))]).toEqual([number, []])
  }
})
