import { describe, expect, it } from 'vitest'
import { searchLines } from '../../../../src/backend/recording/lines/search'
import { play, wholeLines } from './play'
import { longSession } from './session'

describe('a search', () => {
  it('finds text in any case, with its time, its end and its columns', async () => {
    const seen = await play([
      { time: 1, output: 'user@h:~$ ' },
      { time: 4, output: 'Sudo reboot' },
      { time: 6, output: '\x1b[H\x1b[2J' },
      { time: 7, output: 'x sudo SUDO' },
    ])
    const { hits, total, isPartial } = searchLines(seen.lines, { text: 'sUDO' })
    expect([total, isPartial]).toEqual([3, false])
    expect(hits[0]).toEqual({ at: 4, gone: 6, text: 'user@h:~$ Sudo reboot', from: 10, to: 14, alternate: false, line: 0, entry: 0 })
    expect(hits.slice(1).map(({ at, gone, from, to }) => ({ at, gone, from, to }))).toEqual([
      { at: 7, gone: null, from: 2, to: 6 },
      { at: 7, gone: null, from: 7, to: 11 },
    ])
  })

  it('finds text over the edge of the screen, and not over the end of a line', async () => {
    const seen = await play([{ time: 1, output: 'abcdefghijklmnopqrstuvwxyz\r\nend\r\nstart' }], { cols: 10 })
    expect(searchLines(seen.lines, { text: 'hijklmnopqrstu' }).hits[0]).toMatchObject({ from: 7, to: 21, line: 0 })
    expect(searchLines(seen.lines, { pattern: 'j.*t' }).hits[0]).toMatchObject({ text: 'abcdefghijklmnopqrstuvwxyz', from: 9, to: 20 })
    expect(searchLines(seen.lines, { text: 'tuv' }).hits[0]).toMatchObject({ line: 1, entry: 1 })
    expect(searchLines(seen.lines, { text: 'endstart' }).total).toBe(0)
    expect(searchLines(seen.lines, { pattern: 'end.?s' }).total).toBe(0)
  })

  it('tells the columns where a character has a longer lower case', async () => {
    const seen = await play([{ time: 1, output: 'İİİ Error here' }])
    const [hit] = searchLines(seen.lines, { text: 'error' }).hits
    expect(hit?.text.slice(hit.from, hit.to)).toBe('Error')
  })

  it('finds nothing where nothing is asked', async () => {
    const seen = await play([{ time: 1, output: 'a\r\nb' }])
    expect(searchLines(seen.lines, { text: '' })).toEqual({ hits: [], total: 0, isPartial: false })
    expect(searchLines(seen.lines, { text: 'a\nb' }).total).toBe(0)
  })

  it('gives the first hits by time, and counts all', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `row ${index}\r\n`)
    // The first row is the last to go.
    const seen = await play(rows.map((output, index) => ({ time: index, output })), { rows: 60 })
    const { hits, total } = searchLines(seen.lines, { text: 'row' }, { most: 3 })
    expect(total).toBe(50)
    expect(hits.map(({ at }) => at)).toEqual([0, 1, 2])
  })

  it('gives the first by time of many that stand the other way round', async () => {
    const rows = Array.from({ length: 50 }, (_, time) => ({ time, output: `\x1b[${50 - time};1Hrow ${50 - time}` }))
    const seen = await play(rows, { rows: 60 })
    const { hits, total } = searchLines(seen.lines, { text: 'row' }, { most: 3 })
    expect(total).toBe(50)
    expect(hits.map(({ at, text }) => `${at} ${text}`)).toEqual(['0 row 50', '1 row 49', '2 row 48'])
    expect(searchLines(seen.lines, { text: 'row' }, { most: 0 })).toEqual({ hits: [], total: 50, isPartial: false })
  })

  it('puts what was typed at the time of its last key', async () => {
    const seen = await play([
      { time: 1, output: '\x1b[5;1H$ ' },
      { time: 2, output: '\x1b7\x1b[1;1Hls: found\x1b8' },
      { time: 3, output: 'ls' },
    ])
    expect(searchLines(seen.lines, { text: 'ls' }).hits.map(({ at, text }) => `${at} ${text}`)).toEqual(['2 ls: found', '3 $ ls'])
  })

  it('shows what stands around a hit in a long line', async () => {
    const seen = await play([{ time: 1, output: `${'a'.repeat(2000)}NEEDLE${'b'.repeat(1500)}\r\n` }])
    const [hit] = searchLines(seen.lines, { text: 'needle' }).hits
    expect(hit?.text.slice(hit.from, hit.to)).toBe('NEEDLE')
    expect(hit?.text).toHaveLength(1006)
  })

  it('ends when its time is over', async () => {
    const seen = await play([{ time: 1, output: 'a\r\nb' }])
    expect(searchLines(seen.lines, { text: 'a' }, { isExpired: () => true })).toMatchObject({ total: 1, isPartial: true })
  })

  it('finds what stands in any segment of a long session', async () => {
    const session = longSession(3, 1_800_000)
    const seen = await play(session.events)
    expect(seen.lines.segments.length).toBeGreaterThan(1)
    const all = wholeLines(seen.lines)
    for (const wanted of ['--run=3', 'postgres retry', 'process-7']) {
      const lines = all.filter(({ text }) => text.includes(wanted)).length
      const found = searchLines(seen.lines, { text: wanted }, { most: 1e6 })
      expect(new Set(found.hits.map(({ entry }) => entry)).size).toBeGreaterThanOrEqual(lines)
      for (const { text, from, to } of found.hits) expect(text.slice(from, to)).toBe(wanted)
      const source = wanted.replaceAll('-', '\\-')
      expect(searchLines(seen.lines, { pattern: source }).total).toBe(found.total)
    }
  })
})
