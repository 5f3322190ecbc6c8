import { describe, expect, it } from 'vitest'
import { transcript } from '../../../../src/backend/recording/lines/transcript'
import { play, type Played, type PlayOptions } from './play'

async function lines(events: readonly Played[], start: number | null, options: PlayOptions = {}): Promise<string[]> {
  const seen = await play(events, options)
  return [...transcript({ lines: seen.lines, alternateSpans: seen.spans, start })].map(({ text }) => text)
}

const EDITING: Played[] = [
  { time: 1, output: '$ vim notes' },
  { time: 190, output: '\r\n\x1b[?1049h\x1b[Hsecret text' },
  { time: 344.2, output: '\x1b[?1049l$ ' },
  { time: 350, output: 'ls\r\n\x1b[32mnotes\x1b[0m\r\n' },
]

describe('a transcript', () => {
  it('has what was written, and when full-screen programs ran', async () => {
    expect(await lines(EDITING, Date.UTC(2026, 1, 6, 14, 0, 0))).toEqual([
      '$ vim notes',
      '[full-screen program 14:03:10-14:05:44]',
      '$ ls',
      'notes',
    ])
  })

  it('counts from the start where nobody knows when that was', async () => {
    expect((await lines(EDITING, null))[1]).toBe('[full-screen program 00:03:10-00:05:44]')
  })

  it('has wrapped rows as one line, and each line once', async () => {
    const long = 'word '.repeat(30).trim()
    const events: Played[] = [
      { time: 1, output: `${long}\r\n${'x\r\n'.repeat(30)}` },
      { time: 2, resize: [50, 40] },
      { time: 3, output: 'end' },
    ]
    expect(await lines(events, null, { cols: 40, rows: 10 })).toEqual([long, ...Array.from({ length: 30 }, () => 'x'), 'end'])
  })

  it('is in the order of time, though the cursor goes back to the top', async () => {
    expect(await lines([{ time: 1, output: 'a\r\nb\r\n' }, { time: 2, output: '\x1b[H\x1b[2Jc\r\nd' }], null)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('writes what nobody would see', async () => {
    const output = 'pay \u202Eevil\u202C a\u200Bb\u00ADc \u2066x\u2069 \u3164'
    expect(await lines([{ time: 1, output }], null)).toEqual([
      'pay <U+202E>evil<U+202C> a<U+200B>b<U+00AD>c <U+2066>x<U+2069> <U+3164>',
    ])
  })
})
