import { Terminal } from '@xterm/headless'
import { expect, test } from 'vitest'
import { FRESH_TERMINAL } from '../../../src/renderer/replay/fresh-terminal'
import type { ReplayScreen } from '../../../src/renderer/replay/screen'
import { CsiClamp, feed, harden, REPLAY_OPTIONS } from '../../../src/terminal'
import { playerOf, rest } from './opened-player'
import { recorded, type RecordedEvent } from './recorded'

type Headless = ReplayScreen & { terminal: Terminal }

function newTerminal(cols: number, rows: number): Terminal {
  return new Terminal({ ...REPLAY_OPTIONS, cols, rows, allowProposedApi: true })
}

/** A real terminal without a window, reset the way the one in the page is. */
function headlessScreen(): Headless {
  const terminal = newTerminal(80, 24)
  harden(terminal, () => undefined)
  let clamp = new CsiClamp(80, 24)
  return {
    terminal,
    reset(cols, rows) {
      terminal.resize(cols, rows)
      clamp = new CsiClamp(cols, rows)
      terminal.write(FRESH_TERMINAL)
    },
    resize(cols, rows) {
      terminal.resize(cols, rows)
      clamp.resize(cols, rows)
    },
    async write(bytes) {
      await new Promise<void>((resolve) => feed(terminal, { clamp, bytes }, resolve))
    },
  }
}

const WORDS = ['ls -la', 'tail -f /var/log/nginx/error.log', '설치 완료', 'é́', '🙂 done', '│ box ┐', '\t| tab']
const MOVES = ['\r\n', '\u001b[3;10H', '\u001b[A', '\u001b[2K', '\u001bM', '\u001b[5;12r', '\u001b[4S', '\u001b[7m', '\u001b[0m']

/** An hour of typing, listings, full-screen programs and resizes; the same for the same seed. */
function session(seed: number, count: number): RecordedEvent[] {
  let state = seed
  const pick = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const events: RecordedEvent[] = [[0, 'o', '\u001bc']]
  let time = 0
  const add = (kind: 'o' | 'r', data: string) => events.push([time, kind, data])
  while (events.length < count) {
    // Some share one time.
    time += pick(3) === 0 ? 0 : pick(4000) / 1000
    const kind = pick(40)
    if (kind === 0) {
      add('o', '\u001bc')
      add('r', `${60 + pick(60)}x${20 + pick(20)}`)
      add('o', '\u001bcafter a resize')
    } else if (kind === 1) add('o', '\u001b[?1049h\u001b[2J\u001b[Hfull screen')
    else if (kind === 2) add('o', '\u001b[?1049l')
    else if (kind === 3) add('o', '\u001b]0;a title that never ends')
    else add('o', `\u001b[3${pick(8)}m${WORDS[pick(WORDS.length)]}${MOVES[pick(MOVES.length)]}`)
  }
  return events
}

/** The output since the terminal was last reset draws the screen from nothing. */
function sinceReset(before: readonly RecordedEvent[]): string {
  const output = before.map(([, kind, data]) => (kind === 'o' ? data : '')).join('')
  return output.slice(Math.max(0, output.lastIndexOf('\u001bc')))
}

async function straight(events: readonly RecordedEvent[], moment: number): Promise<Terminal> {
  const terminal = newTerminal(80, 24)
  for (const [time, kind, data] of events) {
    if (time > moment) break
    const [cols = 80, rows = 24] = data.split('x').map(Number)
    if (kind === 'o') terminal.write(data)
    else {
      await written(terminal)
      terminal.resize(cols, rows)
    }
  }
  await written(terminal)
  return terminal
}

function written(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => terminal.write('', resolve))
}

/** Every cell with its looks, the cursor and the size. */
function picture(terminal: Terminal): string[] {
  const { active } = terminal.buffer
  const lines = [`${terminal.cols}x${terminal.rows} ${active.type} ${active.cursorX},${active.cursorY}`]
  for (let row = 0; row < terminal.rows; row++) {
    const line = active.getLine(active.baseY + row)
    let text = ''
    for (let x = 0; x < terminal.cols; x++) {
      const cell = line?.getCell(x)
      if (cell) text += `${cell.getChars()}/${cell.getFgColor()}${cell.getBgColor()}${cell.isInverse()} `
    }
    lines.push(text)
  }
  return lines
}

/** Lets writes of a real terminal, which take turns of the event loop, come to an end. */
async function settled(player: ReturnType<typeof playerOf>['player']): Promise<void> {
  while (player.get().status === 'seeking') await rest()
}

test('seeking shows what playing straight to the moment shows, in every cell', async () => {
  for (const seed of [1, 2]) {
    const events = session(seed, 160)
    const screen = headlessScreen()
    const { player } = playerOf(recorded(events, { every: 9, draw: sinceReset }), screen)
    const end = events.at(-1)?.[0] ?? 0
    for (const share of [0.5, 0.1, 0.9, 0.11, 0.13, 1, 0, 0.62, 0.61, 0.33]) {
      player.seek(end * share)
      await settled(player)
      expect(picture(screen.terminal)).toEqual(picture(await straight(events, end * share)))
    }
    player.close()
  }
})

test('playing shows the same, frame after frame', async () => {
  const events = session(4, 120)
  const screen = headlessScreen()
  const { player, clock } = playerOf(recorded(events, { every: 9, draw: sinceReset }), screen)
  player.setSkipIdle(false)
  player.setSpeed(16)
  player.play()
  await settled(player)
  const seen = new Set<string>()
  while (player.get().status !== 'ended') {
    if (!clock.ticking) await rest()
    else await clock.frameAfter(900)
    if (!clock.ticking) continue
    seen.add(player.get().status)
    expect(picture(screen.terminal)).toEqual(picture(await straight(events, player.get().time)))
  }
  expect([...seen]).toEqual(['playing'])
  expect(picture(screen.terminal)).toEqual(picture(await straight(events, Infinity)))
})

test('steps back and on show every state between', async () => {
  const events = session(5, 60)
  const screen = headlessScreen()
  const { player } = playerOf(recorded(events, { every: 9, draw: sinceReset }), screen)
  player.seek(1e9)
  await settled(player)
  const last = picture(screen.terminal)
  for (const by of [...Array<number>(20).fill(-1), ...Array<number>(20).fill(1)]) {
    player.step(by)
    await settled(player)
  }
  expect(picture(screen.terminal)).toEqual(last)
})

test('what stands unfinished at one moment does not swallow another', async () => {
  const events: RecordedEvent[] = [[0, 'o', '\u001bcfirst'], [1, 'o', '\u001b]0;never ended '], [2, 'o', 'swallowed'], [3, 'o', '\u001bcsecond']]
  const screen = headlessScreen()
  const { player } = playerOf(recorded(events, { every: 3, draw: sinceReset }), screen)
  const texts: (string | undefined)[] = []
  for (const moment of [2, 0, 2, 3, 1]) {
    player.seek(moment)
    await settled(player)
    texts.push(screen.terminal.buffer.active.getLine(0)?.translateToString(true))
  }
  expect(texts).toEqual(['first', 'first', 'first', 'second', 'first'])
})

test('what one moment set does not reach another', async () => {
  const events: RecordedEvent[] = [
    [0, 'o', 'first'],
    [1, 'o', '\u001b[31;7m\u001b[4h\u001b[2;3r\u001b[?7l\u001b[?1049h\u001b[10;10Hfull screen\u001bP$q'],
  ]
  const screen = headlessScreen()
  const { player } = playerOf(recorded(events), screen)
  player.seek(1)
  await settled(player)
  player.seek(0)
  await settled(player)
  expect(picture(screen.terminal)).toEqual(picture(await straight(events, 0)))
})
