import { describe, expect, it } from 'vitest'
import { RecordingFault } from '../../../../src/backend/recording/model'
import { eventsOf, fileOf, readRecording, type SeenEvent } from '../read-recording'

function cast(header: unknown, ...lines: string[]): ReturnType<typeof readRecording> {
  return readRecording(fileOf([JSON.stringify(header), ...lines].join('\n')))
}

function damageOf({ damage }: ReturnType<typeof readRecording>): string[] {
  return damage.first.map(({ at, reason }) => `${at}: ${reason}`)
}

const V2 = { version: 2, width: 100, height: 30 }
const V3 = { version: 3, term: { cols: 100, rows: 30 } }

describe('asciicast v2', () => {
  it('has a head', () => {
    const env = { TERM: 'xterm', SHELL: null }
    const { head } = cast({ ...V2, timestamp: 1_506_410_422, title: 'bash \ud800', command: '/bin/sh', idle_time_limit: 2.5, env })
    expect(head).toEqual({
      format: 'asciicast-v2',
      cols: 100,
      rows: 30,
      start: 1_506_410_422_000,
      startPrecision: 's',
      title: 'bash \ufffd',
      command: '/bin/sh',
      idleLimit: 2.5,
    })
  })

  it.each([
    [{ width: 0, height: 0 }, { cols: 80, rows: 24, sizeAssumed: true }],
    [{ width: 100 }, { cols: 80, rows: 24, sizeAssumed: true }],
    [{ width: '100', height: '30' }, { cols: 80, rows: 24, sizeAssumed: true }],
    [{ width: 10_000, height: 2000 }, { cols: 500, rows: 200 }],
  ])('of a size of %j', (size, told) => {
    const { head } = cast({ version: 2, ...size })
    expect(head).toEqual({ format: 'asciicast-v2', ...told, start: null, startPrecision: 's' })
  })

  it('tells that a size was clamped', () => {
    expect(damageOf(cast({ version: 2, width: 10_000, height: 2000 }))).toEqual(['line 1: the size 10000x2000 is taken as 500x200'])
  })

  it.each([
    [1_506_410_422.25, 1_506_410_422_250, 'ms'],
    [1e300, null, 's'],
    ['1506410422', null, 's'],
  ])('that began at %s', (timestamp, start, startPrecision) => {
    expect(cast({ ...V2, timestamp }).head).toMatchObject({ start, startPrecision })
  })

  it('has events of every kind, at seconds since its start', () => {
    const read = cast(
      V2,
      '[0.5, "o", "a\\u001b[1mż\\ud83d\\ude00"]',
      '[1, "i", "\\r"]',
      '[1.5, "r", "120x40"]',
      '[2, "m", "here"]',
      '[2, "rlib", "type: prompt"]',
      '[2, "constructor", ""]',
      '[3.25, "x", "130"]',
    )
    expect(eventsOf(read)).toEqual<SeenEvent[]>([
      [0.5, 'output', 'a\x1b[1mż😀'],
      [1, 'input', '\r'],
      [1.5, 'resize', '120x40'],
      [2, 'marker', 'here'],
      [2, 'other', 'type: prompt'],
      [2, 'other', ''],
      [3.25, 'exit', '130'],
    ])
    expect(read.damage.total).toBe(0)
    expect(read.progressed).toBe(1)
  })

  it('gives lone surrogates as U+FFFD, and other text as UTF-8', () => {
    const { columns } = cast(V2, '[0, "o", "\\ud800x\\udc00"]', '[1, "o", "\u00e9\ud83d\ude00"]')
    expect([...columns.bytes]).toEqual([0xef, 0xbf, 0xbd, 0x78, 0xef, 0xbf, 0xbd, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80])
  })

  it('leaves out what it cannot read, line by line', () => {
    const read = cast(
      V2,
      '[1, "o", "a"]',
      'lol!',
      '["2", "o", "b"]',
      '[2, 5, "b"]',
      '[2, "o", true]',
      '[2, "o", "b", ""]',
      '[2, "o"]',
      '{"time": 2}',
      '[2, "r", "-1x0"]',
      '[2, "r", "100"]',
      '[2, "r", "9999x9999"]',
      '# a remark',
      '[3, "o", "c"]',
      '[4, "o", "cut o',
    )
    expect(eventsOf(read)).toEqual([
      [1, 'output', 'a'],
      [2, 'resize', '500x200'],
      [3, 'output', 'c'],
    ])
    expect(damageOf(read)).toEqual([
      'line 3: expected [time, code, data]',
      'line 4: the time is not a number',
      'line 5: the code is not a text',
      'line 6: the data is not a text',
      'line 7: expected 3 values, found 4',
      'line 8: expected 3 values, found 2',
      'line 9: expected [time, code, data]',
      'line 10: expected a size as COLSxROWS',
      'line 11: expected a size as COLSxROWS',
      'line 12: the size 9999x9999 is taken as 500x200',
      'line 13: expected [time, code, data]',
      'line 15: the file ends within this line',
    ])
  })

  it('holds a time that goes back, or is none, at the last', () => {
    const read = cast(V2, '[5, "o", "a"]', '[4, "o", "b"]', '[1e999, "o", "c"]', '[6, "o", "d"]')
    expect(eventsOf(read).map(([time]) => time)).toEqual([5, 5, 5, 6])
    expect(read.damage.total).toBe(2)
  })

  it('may have blank lines, CR LF, and no end to its last line', () => {
    const text = `${JSON.stringify(V2)}\r\n\r\n \t\r\n[1, "o", "a"]\r\n[2, "o", "b"]`
    const read = readRecording(fileOf(text))
    expect(eventsOf(read)).toEqual([
      [1, 'output', 'a'],
      [2, 'output', 'b'],
    ])
    expect(read.damage.total).toBe(0)
  })

  it('is read without its header, where that is damaged', () => {
    const read = readRecording(fileOf('{"version": 2, "width": 1#0, "height": 30}\n[1, "o", "a"]\n'))
    expect(read.head).toMatchObject({ format: 'asciicast-v2', cols: 80, rows: 24, sizeAssumed: true, start: null })
    expect(eventsOf(read)).toEqual([[1, 'output', 'a']])
    expect(damageOf(read)).toEqual(['line 1: the header cannot be read: size and date are not known'])
  })

  it('gives way while it is read', () => {
    const lines = Array.from({ length: 300 }, (_, i) => `[${i}, "o", "${'x'.repeat(10_000)}"]`)
    const { yields, columns } = cast(V2, ...lines)
    expect(columns.outputBytes).toBe(3_000_000)
    expect(yields).toBeGreaterThanOrEqual(10)
    expect(yields).toBeLessThanOrEqual(12)
  })

  it('passes over millions of blank lines', () => {
    const read = cast(V2, '\n'.repeat(3_000_000), '[1, "o", "a"]')
    expect(eventsOf(read)).toEqual([[1, 'output', 'a']])
    expect(read.damage.total).toBe(0)
  })

  it('does not unfold a line of brackets', () => {
    const read = cast(V2, `[1, "o", ${'['.repeat(20_000_000)}`, '[2, "o", "b"]', `[3, "o", "${'[\\"'.repeat(1_000_000)}"]`)
    expect(damageOf(read)).toEqual(['line 2: expected [time, code, data]'])
    expect(eventsOf(read).map(([time, , text]) => [time, text.length])).toEqual([
      [2, 1],
      [3, 2_000_000],
    ])
  })
})

describe('asciicast v3', () => {
  it('counts time from the event before, of whatever kind and however damaged', () => {
    const read = cast(V3, '[1, "o", "a"]', '# a remark', '[1, 5, "b"]', '', '[1, "zz", "c"]', '[0.5, "r", "-1x0"]', '[1.25, "x", "0"]')
    expect(eventsOf(read)).toEqual([
      [1, 'output', 'a'],
      [3, 'other', 'c'],
      [4.75, 'exit', '0'],
    ])
    expect(damageOf(read)).toEqual(['line 4: the code is not a text', 'line 7: expected a size as COLSxROWS'])
  })

  it('goes on from the last time after an interval that goes back or cannot be', () => {
    const read = cast(V3, '[2, "o", "a"]', '[-1, "o", "b"]', '[1e12, "o", "c"]', '["1", "o", "d"]', '[1, "o", "e"]')
    expect(eventsOf(read)).toEqual([
      [2, 'output', 'a'],
      [2, 'output', 'b'],
      [3, 'output', 'e'],
    ])
    expect(damageOf(read)).toEqual([
      'event 2: the time goes back from 2 s to 1 s: taken as 2 s',
      'line 4: a pause of 1000000000000 s cannot be',
      'line 5: the time is not a number',
    ])
  })

  it('has its size in its term, if anywhere', () => {
    expect(cast(V3).head).toEqual({ format: 'asciicast-v3', cols: 100, rows: 30, start: null, startPrecision: 's' })
    expect(cast({ version: 3, width: 100, height: 30 }).head).toMatchObject({ cols: 80, rows: 24, sizeAssumed: true })
  })
})

describe('asciicast v1', () => {
  const FRAMES = [[1.5, 'a'], [0.25, 'ż'], [1, 'c']]
  const MANY = [...FRAMES, ...Array.from({ length: 30_000 }, () => [0, ''])]
  const HEAD = { version: 1, width: 100, height: 30, title: 'one', command: 'sh' }
  const V1 = { ...HEAD, stdout: FRAMES }
  const SEEN: SeenEvent[] = [
    [1.5, 'output', 'a'],
    [1.75, 'output', 'ż'],
    [2.75, 'output', 'c'],
  ]

  it.each([
    ['one line', JSON.stringify(V1)],
    ['many lines', JSON.stringify(V1, null, 2)],
    ['its events first', JSON.stringify({ stdout: FRAMES, ...HEAD })],
    ['its events first, and many', JSON.stringify({ stdout: MANY, ...HEAD })],
  ])('is read from %s', (_, text) => {
    const read = readRecording(fileOf(text, 'a.json'))
    const size = { cols: 100, rows: 30 }
    const told = { format: 'asciicast-v1', ...size, start: null, startPrecision: 's', title: 'one', command: 'sh' }
    expect(read.head).toEqual(told)
    expect(eventsOf(read).slice(0, 3)).toEqual(SEEN)
    expect(read.damage.total).toBe(0)
  })

  it('leaves out what it cannot read, frame by frame', () => {
    const stdout = [[1, 'a'], [1, true], ['1', 'b'], [1, 'c', ''], 7, [-1, 'd'], [1e12, 'e'], { a: [1, 'x'] }, [2, '"]}']]
    const read = readRecording(fileOf(JSON.stringify({ ...V1, stdout })))
    expect(eventsOf(read)).toEqual([
      [1, 'output', 'a'],
      [1, 'output', 'd'],
      [3, 'output', '"]}'],
    ])
    expect(damageOf(read).map((damage) => damage.replace(/, byte \d+/, ''))).toEqual([
      'frame 2: the data is not a text',
      'frame 3: the delay is not a number',
      'frame 4: expected 2 values, found 3',
      'frame 5: expected [delay, data]',
      'event 2: the time goes back from 1 s to 0 s: taken as 1 s',
      'frame 7: a pause of 1000000000000 s cannot be',
      'frame 8: expected [delay, data]',
    ])
  })

  it('gives what a cut file holds', () => {
    const text = JSON.stringify(V1, null, 2)
    const read = readRecording(fileOf(text.slice(0, text.indexOf('"c"') + 2)))
    expect(eventsOf(read)).toEqual(SEEN.slice(0, 2))
    expect(damageOf(read)).toEqual([expect.stringMatching(/^frame 3, byte \d+: the file ends within this frame$/)])
  })

  it('is refused without events', () => {
    const file = fileOf('{"version": 1, "width": 80, "height": 24}', 'a.json')
    expect(() => readRecording(file)).toThrow(RecordingFault)
  })

  it('does not unfold brackets', () => {
    const read = readRecording(fileOf(`{"version": 1, "stdout": [[1, "a"], ${'['.repeat(20_000_000)}`))
    expect(eventsOf(read)).toEqual([[1, 'output', 'a']])
    expect(read.damage.total).toBe(1)
  })
})

describe('WebXTerm', () => {
  const HEADER = { version: 2, width: 220, height: 50, timestamp: 1_770_000_000, title: 'Session 4f1c2a9b — alice smith' }
  const formatOf = (header: unknown, ...lines: string[]): string => cast(header, ...lines).head.format

  it('is told by its header, and says whose session it is', () => {
    const read = cast(HEADER, '[0.5, "o", "a"]')
    expect(read.head).toEqual({
      format: 'webxterm',
      cols: 220,
      rows: 50,
      sizeAssumed: true,
      start: 1_770_000_000_000,
      startPrecision: 's',
      title: HEADER.title,
      session: '4f1c2a9b',
      user: 'alice smith',
    })
    expect(eventsOf(read)).toEqual([[0.5, 'output', 'a']])
  })

  it.each([
    ['another size', { ...HEADER, width: 80 }],
    ['a longer id', { ...HEADER, title: 'Session 4f1c2a9bb — alice' }],
    ['no user', { ...HEADER, title: 'Session 4f1c2a9b — ' }],
    ['another dash', { ...HEADER, title: 'Session 4f1c2a9b - alice' }],
    ['no title', { ...HEADER, title: undefined }],
    ['an environment', { ...HEADER, env: { TERM: 'xterm' } }],
  ])('is not what has %s', (_, header) => {
    expect(formatOf(header, '[0.5, "o", "a"]')).toBe('asciicast-v2')
  })

  it('is not what has input or resizes', () => {
    expect(formatOf(HEADER, '[0.5, "o", "a"]', '[1, "i", "a"]', '')).toBe('asciicast-v2')
    expect(formatOf(HEADER, '[0.5, "r", "80x24"]', '')).toBe('asciicast-v2')
  })
})
