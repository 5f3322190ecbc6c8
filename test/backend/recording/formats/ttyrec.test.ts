import { describe, expect, it } from 'vitest'
import { ttyrec } from '../../../../src/backend/recording/formats/ttyrec'
import { RecordingFault } from '../../../../src/backend/recording/model'
import { describeWithData } from '../../../data'
import { damages, file, played, recorded, told } from './play'

type Frame = { seconds?: number; micros?: number; length?: number; channel?: number; data: string }

function frames(...list: Frame[]): Buffer {
  return Buffer.concat(
    list.map(({ seconds = 1_700_000_000, micros = 0, length, channel, data }) => {
      const payload = Buffer.from(data)
      const header = Buffer.alloc(channel === undefined ? 12 : 13)
      header.writeUInt32LE(seconds, 0)
      header.writeUInt32LE(micros, 4)
      header.writeUInt32LE(length ?? payload.length, 8)
      if (channel !== undefined) header[12] = channel
      return Buffer.concat([header, payload])
    }),
  )
}

const ttyrecOf = (bytes: Uint8Array) => [file('game.ttyrec', bytes)]

describeWithData('ttyrecs of others', () => {
  it('reads a good one', () => {
    const play = played(ttyrec, [recorded('odd/ttyrec2video-hello.ttyrec')])
    expect(play.head).toEqual({
      format: 'ttyrec',
      cols: 80,
      rows: 24,
      sizeAssumed: true,
      start: 1512942573000,
      startPrecision: 'us',
    })
    expect(told(play)).toEqual([
      '0 output "Hello,"',
      '4.000256 output "“World”!\\r\\n"',
      '42.065535 output "How\'s it going?\\r\\n"',
    ])
    expect(play.damage).toEqual([])
  })

  it('keeps what is there of a cut one', () => {
    const play = played(ttyrec, [recorded('odd/ttyrec2video-short.ttyrec')])
    expect(told(play)).toEqual(['0 output "Hello,"', '4.000256 output "“Wor"'])
    expect(damages(play)).toEqual(['byte 18: the file ends 8 bytes before the end of this frame'])
  })

  it('takes an empty one for an empty recording, by its name', () => {
    const empty = recorded('odd/ttyrec2video-empty.ttyrec')
    expect(ttyrec.accepts([empty])).toBe(true)
    expect(ttyrec.accepts([{ ...empty, name: 'empty.txt' }])).toBe(false)
    const play = played(ttyrec, [empty])
    expect(play.events).toEqual([])
    expect(play.head.start).toBeNull()
  })
})

describe('ttyrec', () => {
  it('takes the window that a game server sends first for the size', () => {
    const { head } = played(ttyrec, ttyrecOf(frames({ data: 'welcome \x1b[8;40;132t\x1b[2J' }, { data: 'x' })))
    expect(head).toMatchObject({ cols: 132, rows: 40 })
    expect(head.sizeAssumed).toBeUndefined()
  })

  it('clamps such a size', () => {
    const { head } = played(ttyrec, ttyrecOf(frames({ data: '\x1b[8;2000;10000t' }, { data: 'x' })))
    expect(head).toMatchObject({ cols: 500, rows: 200 })
  })

  it('looks for it in the first frame only', () => {
    const { head } = played(ttyrec, ttyrecOf(frames({ data: 'x' }, { data: '\x1b[8;40;132t' })))
    expect(head.sizeAssumed).toBe(true)
  })

  it('tells the layout with a channel from the one without', () => {
    const late = { data: 'third', seconds: 1_700_000_002 }
    const plain = frames({ data: 'first' }, { data: 'second', micros: 500_000 }, late)
    const channelled = frames(
      { channel: 0, data: 'out' },
      { channel: 1, data: 'k', micros: 250_000 },
      { channel: 2, data: '\x01\x02', micros: 250_000 },
      { channel: 0, data: 'put', seconds: 1_700_000_001 },
    )
    expect(told(played(ttyrec, ttyrecOf(plain)))).toEqual([
      '0 output "first"',
      '0.5 output "second"',
      '2 output "third"',
    ])
    expect(told(played(ttyrec, ttyrecOf(channelled)))).toEqual([
      '0 output "out"',
      '0.25 input "k"',
      '0.25 other "channel 2: 0102"',
      '1 output "put"',
    ])
  })

  it('tells it from a single frame as well', () => {
    expect(played(ttyrec, ttyrecOf(frames({ channel: 0, data: 'alone' }))).output.toString()).toBe('alone')
    expect(played(ttyrec, ttyrecOf(frames({ data: 'alone' }))).output.toString()).toBe('alone')
  })

  it('takes the plain layout where a file is cut before it could tell', () => {
    expect(played(ttyrec, ttyrecOf(frames({ length: 99, data: 'cut' }))).output.toString()).toBe('cut')
  })

  it('keeps the frames before a cut header', () => {
    const whole = frames({ data: 'kept' })
    const play = played(ttyrec, ttyrecOf(Buffer.concat([whole, whole.subarray(0, 7)])))
    expect(told(play)).toEqual(['0 output "kept"'])
    expect(damages(play)).toEqual(['byte 16: the file ends within the header of a frame'])
  })

  it('is not what has a million microseconds in its first frame', () => {
    const wrong = ttyrecOf(frames({ micros: 1_000_000, data: 'x' }, { data: 'y' }))
    expect(ttyrec.accepts(wrong)).toBe(false)
    expect(() => ttyrec.open(wrong, '')).toThrow(RecordingFault)
    expect(() => ttyrec.open(wrong, '')).toThrow('Expected a ttyrec frame')
  })

  it('takes the time before for one that cannot be, and reads on', () => {
    const play = played(
      ttyrec,
      ttyrecOf(
        frames(
          { data: 'a' },
          { seconds: 1_700_000_005, data: 'b' },
          { seconds: 1_700_000_006, micros: 3_000_000, data: 'c' },
          { seconds: 4_000_000_000, data: 'd' },
          { seconds: 1_700_000_001, data: 'e' },
          { seconds: 1_700_000_009, data: 'f' },
        ),
      ),
    )
    expect(told(play).map((line) => line.split(' ')[0])).toEqual(['0', '5', '5', '5', '5', '9'])
    expect(play.output.toString()).toBe('abcdef')
    expect(damages(play)).toEqual([
      'byte 26: the time of this frame cannot be: the time before it is taken',
      'byte 39: the time of this frame cannot be: the time before it is taken',
      'event 5: the time goes back from 5 s to 1 s: taken as 5 s',
    ])
  })

  it('is no text, no archive, nothing of zeros', () => {
    const archive = 'PK\x03\x04\x14\0\0\0\x08\0abcdefgh'
    const others = ['Script started on 2026', '{"version": 2, "width": 80, "height": 24}\n', '\0'.repeat(4096), archive]
    for (const content of others) expect(ttyrec.accepts([file('x', content)])).toBe(false)
    expect(ttyrec.accepts([])).toBe(false)
    const one = file('a.ttyrec', frames({ data: 'x' }))
    expect(ttyrec.accepts([one])).toBe(true)
    expect(ttyrec.accepts([one, one])).toBe(false)
  })

  it('lets others work about every quarter of a megabyte', () => {
    const list = Array.from({ length: 1024 }, () => ({ data: 'y'.repeat(1024) }))
    expect(played(ttyrec, ttyrecOf(frames(...list))).yields).toBe(4)
  })
})
