import { describe, expect, it } from 'vitest'
import { LineStore } from '../../../../src/backend/recording/lines/line-columns'
import { StringWatch } from '../../../../src/backend/recording/lines/string-watch'
import { suspicions, type Suspicion } from '../../../../src/backend/recording/lines/suspicion'
import { play, type Played } from './play'

async function facts(events: readonly Played[]): Promise<Suspicion[]> {
  const { lines, missed } = await play(events)
  const watch = new StringWatch()
  for (const event of events) if ('output' in event) watch.read(event.time, Buffer.from(event.output))
  return suspicions({ lines, missed, longStrings: watch.found, timesBack: [] })
}

describe('text that was hardly there', () => {
  it('is told of', async () => {
    const found = await facts([
      { time: 1, output: '$ ' },
      { time: 2, output: '\r\ncurl evil\u202Eexample\r\n' },
      { time: 2.3, output: '\x1b[H\x1b[2J$ ' },
      { time: 9, output: 'ls' },
    ])
    expect(found).toEqual([{ kind: 'brief-text', at: 2, text: 'Shown for less than 0.5 s: curl evil<U+202E>example' }])
  })

  it('is one fact where a program draws it again and again', async () => {
    const drawn = Array.from({ length: 20 }, (_, frame) => {
      return { time: 1 + frame * 0.25, output: `\r\x1b[K${'|/-\\'.charAt(frame % 4)} wait` }
    })
    const found = await facts([...drawn, { time: 20, output: '\r\x1b[Kdone' }])
    expect(found.map(({ kind, at }) => ({ kind, at }))).toEqual([{ kind: 'brief-text', at: 1 }])
    expect(found[0]?.text).toContain('18 more rows')
  })

  it('is not what scrolled by, what was typed, what counts, or what a full-screen program draws', async () => {
    const typed = Array.from('sudo ', (key, index) => ({ time: 5 + index * 0.3, output: `${key}ls${'\b\b'}` }))
    const found = await facts([
      { time: 1, output: 'x\r\n'.repeat(100) },
      ...Array.from({ length: 9 }, (_, percent) => ({ time: 2 + percent * 0.25, output: `\r${percent}0%` })),
      { time: 4.7, output: '\r\n$ ls\b\b' },
      ...typed,
      { time: 8, output: '\r\n\x1b[?1049ha' },
      { time: 8.3, output: '\x1b[Hb' },
      { time: 8.6, output: '\x1b[?1049l' },
    ])
    expect(found).toEqual([])
  })
})

describe('text that cannot be seen', () => {
  it.each([
    ['concealed', '\x1b[8m'],
    ['black on black', '\x1b[30;40m'],
    ['of one RGB colour', '\x1b[38;2;1;2;3m\x1b[48;2;1;2;3m'],
    ['of one colour of the palette', '\x1b[38;5;9;48:5:9m'],
    ['concealed by a pen that was put aside', '\x1b[8m\x1b7\x1b[0m\x1b8'],
  ])('%s is told of', async (_, pen) => {
    const found = await facts([
      { time: 1, output: 'plain\r\n' },
      { time: 2, output: `${pen}nc -e sh\x1b[0m\r\n` },
    ])
    expect(found).toEqual([{ kind: 'hidden-text', at: 2, text: 'Holds text that cannot be seen: nc -e sh' }])
  })

  it.each([
    ['a colour on another', '\x1b[31;42m'],
    ['bright black', '\x1b[38;5;8m'],
    ['bold, which is drawn bright', '\x1b[1;34;44m'],
    ['one colour before and one after', '\x1b[31m\x1b[0m\x1b[41m'],
  ])('%s is not', async (_, pen) => {
    expect(await facts([{ time: 1, output: `${pen}text\x1b[0m` }])).toEqual([])
  })

  it('blanks in the colour of their background are not', async () => {
    expect(await facts([{ time: 1, output: '\x1b[44;34m      \x1b[0m' }])).toEqual([])
  })
})

describe('output in a string', () => {
  it('is told of when it is long, with its beginning', async () => {
    const found = await facts([
      { time: 1, output: '\x1b]0;title\x07shown\r\n' },
      { time: 2, output: `\x1b_${'a'.repeat(3000)}` },
      { time: 3, output: 'rm -rf /\r\n'.repeat(200) },
    ])
    const text = '5000 bytes of output are in one APC string and not on the screen, to the end of the recording'
    expect(found).toEqual([{ kind: 'swallowed-output', at: 2, text }])
  })

  it.each([
    ['OSC', '\x1b]52;', '\x07'],
    ['DCS', '\x1bPq', '\x1b\\'],
    ['OSC', '\u009d', '\u009c'],
  ])('of kind %s ends', (kind, start, end) => {
    const watch = new StringWatch()
    watch.read(1, Buffer.from(`${start}${'é'.repeat(2500)}`))
    expect(watch.isInString).toBe(true)
    watch.read(2, Buffer.from(`${end}shown`))
    expect(watch.isInString).toBe(false)
    expect(watch.found).toMatchObject([{ kind, at: 1, hasEnded: true }])
  })

  it('is followed as the terminal does, in whatever pieces it comes', async () => {
    const within = ['\x1b]x', '\x1b_x', '\x1b_x\x07', '\x1bP1<é', '\x1b\x1b]', '\u009d']
    const outside = ['\x1b]x\x1b\\', '\x1b_xé', '\x1bPé', '\x1bP1$é', '\x1b]\x18', '\x1b(]', '\x1b[]', '\u0090q\u009b']
    for (const stream of [...within, ...outside]) {
      const watch = new StringWatch()
      for (const byte of Buffer.from(stream)) watch.read(0, Uint8Array.of(byte))
      // A cancelled sequence leaves nothing on the screen; what stands in a string never comes to it.
      const { lines } = await play([{ time: 1, output: `${stream}mZmZmZ` }])
      expect([stream, lines.count === 0]).toEqual([stream, within.includes(stream)])
      expect([stream, watch.isInString]).toEqual([stream, within.includes(stream)])
    }
  })
})

it('times that went back and lines that went by unread are facts too, by time', () => {
  const lines = new LineStore().columns()
  const missed = { at: 7, lines: 3, entries: 0 }
  const found = suspicions({ lines, missed, longStrings: [], timesBack: [{ at: 9, by: 2.5 }, { at: 4, by: 0.001 }] })
  expect(found).toEqual([
    { kind: 'time-back', at: 4, text: 'The time goes back by 0.001 s' },
    { kind: 'lines-missed', at: 7, text: 'Lines went by too fast to be read: 3 or more' },
    { kind: 'time-back', at: 9, text: 'The time goes back by 2.500 s' },
  ])
})
