import { describe, expect, it } from 'vitest'
import { batchEnd } from '../../../../src/backend/recording/lines/line-history'
import { play, wholeLines, type Line, type Seen } from './play'

function texts(seen: Seen): string[] {
  return wholeLines(seen.lines).map(({ text }) => text)
}

function find(seen: Seen, text: string): Line | undefined {
  return wholeLines(seen.lines).find((line) => line.text === text)
}

describe('a line that is typed', () => {
  it('is one entry from its prompt on, and knows its last key', async () => {
    const seen = await play([
      { time: 1, output: '$ ' },
      { time: 2, output: 'l' },
      { time: 3.5, output: 's' },
      { time: 5, output: '\r\nfile\r\n$ ' },
    ])
    expect(find(seen, '$ ls')).toMatchObject({ since: 1, changed: 3.5, gone: 5, flags: ['shown'] })
    expect(texts(seen)).toEqual(['$ ls', 'file', '$'])
  })

  it('is kept with what was erased', async () => {
    const keys = ['rm secret', ...Array.from({ length: 6 }, () => '\b\x1b[K'), 'file', '\r\n']
    const seen = await play([{ time: 0, output: '$ ' }, ...keys.map((output, index) => ({ time: index + 1, output }))])
    expect(find(seen, '$ rm secret')).toMatchObject({ since: 0, changed: 1, gone: 2 })
    // Each shorter form is in the first one already.
    expect(texts(seen)).toEqual(['$ rm secret', '$ rm file'])
  })
})

describe('rows that move', () => {
  it('scroll away under their number, and are told from erased ones', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\r\n`).join('')
    const seen = await play([{ time: 1, output: lines }, { time: 2, output: '\x1b[H\x1b[2J' }], { rows: 10 })
    expect(find(seen, 'line 3')).toMatchObject({ line: 3, flags: ['scrolled'], since: 1, gone: 1 })
    expect(find(seen, 'line 25')).toMatchObject({ line: 25, flags: [], since: 1, gone: 2 })
    expect(seen.lines.count).toBe(30)
  })

  it('are the same rows when a part of the screen scrolls', async () => {
    const seen = await play([
      { time: 0, output: '\x1b[1;6rone\r\ntwo\r\nthree\r\n' },
      { time: 1, output: '\x1b[2;6r\x1b[6;1Ha\r\n\x1b[7;1H status' },
      { time: 2, output: '\x1b[2;6r\x1b[6;1Hc\r\n' },
    ])
    expect(find(seen, 'three')).toMatchObject({ since: 0, gone: 2 })
    expect(find(seen, 'a')).toMatchObject({ since: 1, gone: 2, flags: ['shown'], line: 3 })
  })

  it('keep their numbers while the terminal drops lines', async () => {
    const output = Array.from({ length: 5000 }, (_, index) => `row ${index}\r\n`).join('')
    const seen = await play([{ time: 1, output }])
    expect(find(seen, 'row 4321')?.line).toBe(4321)
    expect(seen.lines.count).toBe(5000)
    expect(seen.missed).toEqual({ at: 0, lines: 0, entries: 0 })
  })

  it('are told to be missed where the terminal dropped them unread', async () => {
    const output = Array.from({ length: 300 }, (_, index) => `row ${index}\r\n`).join('')
    const seen = await play([{ time: 1, output: 'x\r\n' }, { time: 2, output }], { scrollback: 100 })
    expect(seen.missed.lines).toBeGreaterThan(0)
    expect(seen.missed.at).toBe(2)
    expect(texts(seen)).toContain('row 299')
  })
})

describe('wrapped rows', () => {
  it('stand one after the other, though one leaves the screen before the other', async () => {
    const long = 'abcdefghij'.repeat(5)
    const feeds = Array.from({ length: 8 }, (_, index) => ({ time: 2 + index, output: `x${index}\r\n` }))
    const seen = await play([{ time: 1, output: `${long}\r\n` }, ...feeds], { cols: 20, rows: 5 })
    expect(texts(seen)).toContain(long)
  })

  it('keep the blanks at their edge', async () => {
    const seen = await play([{ time: 1, output: 'one two   three' }], { cols: 10 })
    expect(texts(seen)).toEqual(['one two   three'])
  })

  it('are no new lines when the terminal wraps them anew', async () => {
    const seen = await play([
      { time: 1, output: `${'0123456789'.repeat(6)}\r\nshort\r\n$ ` },
      { time: 2, resize: [30, 24] },
      { time: 3, resize: [100, 24] },
    ])
    expect(texts(seen)).toEqual(['0123456789'.repeat(6), 'short', '$'])
    expect(find(seen, 'short')?.since).toBe(1)
  })

  it('that come back when the terminal grows say so', async () => {
    const output = Array.from({ length: 20 }, (_, index) => `row ${index}\r\n`).join('')
    const seen = await play([{ time: 1, output }, { time: 2, resize: [80, 20] }], { rows: 10 })
    const back = wholeLines(seen.lines).filter(({ flags }) => flags.includes('returned'))
    expect(back.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, index) => `row ${index + 1}`))
    expect(find(seen, 'row 15')?.since).toBe(1)
  })
})

describe('the alternate screen', () => {
  it('is apart, and its counters are one entry', async () => {
    const seen = await play([
      { time: 0, output: 'before\r\n' },
      { time: 1, output: '\x1b[?1049h\x1b[HTasks: 7' },
      { time: 2, output: '\x1b[HTasks: 128' },
      { time: 3, output: '\x1b[H\x1b[2JBye' },
      { time: 4, output: '\x1b[?1049lafter\r\n' },
    ])
    expect(find(seen, 'Tasks: 128')).toMatchObject({ since: 1, changed: 2, gone: 3, flags: ['alternate'] })
    expect(find(seen, 'before')).toMatchObject({ since: 0, gone: 4, flags: ['shown'] })
    expect(texts(seen)).not.toContain('Tasks: 7')
    expect(seen.spans).toEqual([{ from: 1, to: 4 }])
  })

  it('hides what was written just before it, which is known all the same', async () => {
    const seen = await play([
      { time: 1, output: 'a\r\n' },
      { time: 2, output: 'just before\r\n\x1b[?1049hprogram' },
      { time: 3, output: '\x1b[?1049l\x1b[H\x1b[2J' },
    ])
    expect(find(seen, 'just before')).toMatchObject({ since: 2, gone: 3, flags: [] })
  })

  it('is told of when it came and went within a batch', async () => {
    const seen = await play([{ time: 1, output: 'a' }, { time: 5, output: '\x1b[?1049hhidden\x1b[?1049lb' }])
    expect(seen.spans).toEqual([{ from: 1, to: 5 }])
  })

  it('lasts to the end where nothing ends it', async () => {
    const seen = await play([{ time: 1, output: '\x1b[?1049hvim' }], { endAt: 9 })
    expect(seen.spans).toEqual([{ from: 1, to: 9 }])
    expect(find(seen, 'vim')?.flags).toEqual(['alternate', 'shown'])
  })
})

describe('whatever is done to the screen', () => {
  it('a full reset and a cleared history do not mix old lines with new', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `old ${index}\r\n`).join('')
    for (const wipe of ['\x1bc', '\x1b[H\x1b[2J\x1b[3J']) {
      const seen = await play([{ time: 1, output: many }, { time: 2, output: `${wipe}new\r\n` }, { time: 3, output: many }])
      expect(texts(seen).filter((text) => text === 'new')).toHaveLength(1)
      expect(texts(seen).filter((text) => text === 'old 59')).toHaveLength(2)
      expect(seen.spans).toEqual([])
      expect(find(seen, 'new')?.line).toBeGreaterThan(59)
    }
  })

  it('a cell with any number of marks is cut', async () => {
    const seen = await play([{ time: 1, output: `e${'\u0301'.repeat(20_000)}` }])
    expect(texts(seen)[0]).toHaveLength(4096)
  })

  it('what is beyond the limits is counted', async () => {
    const output = Array.from({ length: 3000 }, (_, index) => `row ${index}\r\n`).join('')
    const seen = await play([{ time: 1, output }], { limits: { entries: 2000, chars: 1e9 } })
    expect([seen.lines.count, seen.missed.entries]).toEqual([2000, 1000])
  })
})

it('knows the bytes that brought a line, and times to the millisecond', async () => {
  const seen = await play([{ time: 0.3, output: 'one\r\n' }, { time: 1.0001, output: 'two\r\n' }, { time: 2, output: 'three' }])
  expect([...seen.lines.offsets]).toEqual([0, 5, 10])
  expect([...seen.lines.since]).toEqual([300, 1001, 2000])
})

describe('a batch', () => {
  const end = (text: string, cols = 80): number => {
    const bytes = Buffer.from(text)
    return batchEnd(bytes, { from: 0, to: bytes.length }, cols)
  }

  it('ends after 400 line feeds of any kind, and after 32 KB', () => {
    expect(end('a\n'.repeat(1000))).toBe(800)
    expect(end('\x1bD'.repeat(1000))).toBe(800)
    expect(end('x'.repeat(100_000), 200)).toBe(32_768)
    expect(end('x'.repeat(100_000), 10)).toBe(4000)
    expect(end('short')).toBe(5)
  })

  it('ends between characters', () => {
    expect(end(`x${'’'.repeat(20_000)}`, 200)).toBe(1 + 3 * 10_922)
  })
})
