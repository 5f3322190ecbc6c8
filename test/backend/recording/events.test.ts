import { describe, expect, it } from 'vitest'
import { MOST_DAMAGE_KEPT, MOST_SECONDS, RecordedEvents, sizeOf, sizePayload } from '../../../src/backend/recording/events'
import { Random } from '../random'
import { eventsOf, fileOf } from './read-recording'

const bytesOf = (text: string): Uint8Array => fileOf(text).bytes

function timesOf(times: number[]): { times: number[]; reasons: string[] } {
  const events = new RecordedEvents()
  for (const time of times) events.add(time, 'output', bytesOf('x'))
  return { times: [...events.columns.times], reasons: events.damages.first.map(({ at, reason }) => `${at}: ${reason}`) }
}

describe('events', () => {
  it('are none at first', () => {
    const { columns, damages } = new RecordedEvents()
    expect(columns).toEqual({
      count: 0,
      times: new Float64Array(),
      kinds: new Uint8Array(),
      offsets: new Float64Array(1),
      bytes: new Uint8Array(),
      outputBytes: 0,
    })
    expect(damages).toEqual({ total: 0, first: [] })
  })

  it('keep their payloads apart, empty ones too, and count output alone', () => {
    const events = new RecordedEvents()
    events.add(0, 'output', bytesOf('ab'))
    events.add(0, 'input', bytesOf(''))
    events.add(1.5, 'input', bytesOf('cde'))
    events.add(2, 'resize', sizePayload({ cols: 100, rows: 30 }))
    events.add(2, 'exit', bytesOf('0'))
    expect(eventsOf(events)).toEqual([
      [0, 'output', 'ab'],
      [0, 'input', ''],
      [1.5, 'input', 'cde'],
      [2, 'resize', '100x30'],
      [2, 'exit', '0'],
    ])
    expect(events.columns.outputBytes).toBe(2)
  })

  it('are the same after growing as they were given', () => {
    const random = new Random(5)
    const payloads = Array.from({ length: 9000 }, () => random.bytes(random.int(300)))
    const events = new RecordedEvents()
    payloads.forEach((payload, i) => events.add(i / 8, 'output', payload))
    const { count, times, offsets, bytes, outputBytes } = events.columns
    expect(count).toBe(9000)
    expect(times[8999]).toBe(8999 / 8)
    expect(Buffer.from(bytes).equals(Buffer.concat(payloads))).toBe(true)
    expect(offsets[9000]).toBe(bytes.length)
    expect(outputBytes).toBe(bytes.length)
    expect(bytes.subarray(offsets[4321], offsets[4322])).toEqual(payloads[4321])
  })

  it('never go back in time', () => {
    expect(timesOf([1, 0.5, 2])).toEqual({ times: [1, 1, 2], reasons: ['event 2: the time goes back from 1 s to 0.5 s: taken as 1 s'] })
  })

  it('begin at 0 at the earliest', () => {
    expect(timesOf([-3, 1])).toEqual({ times: [0, 1], reasons: ['event 1: the time goes back from 0 s to -3 s: taken as 0 s'] })
  })

  it('have a time that is a number, and can be', () => {
    expect(timesOf([1, Number.NaN, Infinity, -Infinity, MOST_SECONDS + 1, 2])).toEqual({
      times: [1, 1, 1, 1, 1, 2],
      reasons: [
        'event 2: the time is not a number: taken as 1 s',
        'event 3: the time Infinity s is beyond ten years: taken as 1 s',
        'event 4: the time goes back from 1 s to -Infinity s: taken as 1 s',
        `event 5: the time ${MOST_SECONDS + 1} s is beyond ten years: taken as 1 s`,
      ],
    })
  })

  it('end at a count, which is told once', () => {
    const events = new RecordedEvents({ events: 3, bytes: 100 })
    for (let i = 0; i < 9; i++) events.add(i, 'output', bytesOf('x'))
    expect(events.columns.count).toBe(3)
    expect(events.full).toBe(true)
    expect(events.damages).toEqual({
      total: 1,
      first: [{ at: 'event 4', reason: 'more than 3 events: this and everything after it is left out' }],
    })
  })

  it('end at a size, with nothing after what did not fit', () => {
    const events = new RecordedEvents({ events: 100, bytes: 5 })
    for (const text of ['abc', 'de', 'f', '']) events.add(0, 'output', bytesOf(text))
    expect(eventsOf(events).map(([, , text]) => text)).toEqual(['abc', 'de'])
    expect(events.damages).toEqual({
      total: 1,
      first: [{ at: 'event 3', reason: 'more than 5 bytes: this and everything after it is left out' }],
    })
  })

  it('are 5,000,000 at most', () => {
    const events = new RecordedEvents()
    const none = new Uint8Array()
    for (let i = 0; i < 5_000_002; i++) events.add(i / 1000, 'output', none)
    expect(events.columns.count).toBe(5_000_000)
    expect(events.damages.first).toEqual([
      { at: 'event 5000001', reason: 'more than 5,000,000 events: this and everything after it is left out' },
    ])
  })
})

describe('damage', () => {
  it('is counted beyond what is kept of it', () => {
    const events = new RecordedEvents()
    for (let i = 1; i <= MOST_DAMAGE_KEPT + 234; i++) events.damage({ at: `line ${i}`, reason: 'bad' })
    expect(events.damages.total).toBe(1234)
    expect(events.damages.first).toHaveLength(1000)
    expect(events.damages.first.at(-1)).toEqual({ at: 'line 1000', reason: 'bad' })
  })
})

describe('sizes', () => {
  it.each([
    [80, 24, { cols: 80, rows: 24 }],
    [10_000, 2000, { cols: 500, rows: 200 }],
    [1, 1, { cols: 1, rows: 1 }],
    [0, 24, null],
    [80, 0, null],
    [-1, 24, null],
    [80.5, 24, null],
    [Number.NaN, 24, null],
    [Infinity, 24, null],
    ['80', 24, null],
    [undefined, undefined, null],
  ])('%s x %s', (cols, rows, size) => {
    expect(sizeOf(cols, rows)).toEqual(size)
  })
})
