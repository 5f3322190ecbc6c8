import { describe, expect, it } from 'vitest'
import { alpacon } from '../../../../src/backend/recording/formats/alpacon'
import { script } from '../../../../src/backend/recording/formats/script'
import { sudo } from '../../../../src/backend/recording/formats/sudo'
import { tlog } from '../../../../src/backend/recording/formats/tlog'
import { ttyrec } from '../../../../src/backend/recording/formats/ttyrec'
import { RecordedEvents } from '../../../../src/backend/recording/events'
import {
  MOST_COLS,
  MOST_ROWS,
  RecordingFault,
  type RecordingFile,
  type RecordingReader,
} from '../../../../src/backend/recording/model'
import { describeWithData } from '../../../data'
import { Random } from '../../random'
import { file, recorded, recordedFolder } from './play'

const READERS: readonly RecordingReader[] = [ttyrec, script, tlog, sudo, alpacon]
const ROUNDS = 10_000

type Sample = { reader: RecordingReader; files: RecordingFile[] }

function samples(): Sample[] {
  const files = (...names: string[]) => names.map((name) => recorded(`produced/${name}`))
  const journal = Buffer.from(recorded('tlog/journal-good.txt').bytes).toString().split('\n').slice(690, 830).join('\n')
  const message: unknown = JSON.parse(Buffer.from(recorded('produced/t.tlog').bytes).toString())
  const records = Array.from({ length: 20 }, (_, i) => ({
    added_at: `2026-08-20T22:03:${10 + i}.002114+09:00`,
    record: `line ${i} \u001b[1m✓\u001b[0m\r\n`,
  }))
  const twice = Buffer.concat([recorded('produced/scr.classic').bytes, recorded('produced/scr.classic').bytes])
  return [
    { reader: ttyrec, files: files('t.ttyrec') },
    { reader: ttyrec, files: [recorded('odd/ttyrec2video-hello.ttyrec')] },
    { reader: ttyrec, files: [recorded('odd/ttyrec2video-short.ttyrec')] },
    { reader: script, files: files('scr.out', 'scr.in', 'scr.timing') },
    { reader: script, files: files('scr.io', 'scr.io.timing') },
    { reader: script, files: files('scr.classic', 'scr.classic.timing') },
    { reader: script, files: [file('twice', twice), recorded('produced/scr.classic.timing')] },
    { reader: script, files: files('scr.out') },
    { reader: tlog, files: files('t.tlog') },
    { reader: tlog, files: [file('journal', journal)] },
    { reader: tlog, files: [file('hits.json', JSON.stringify({ hits: { hits: [{ _source: message }] } }))] },
    { reader: sudo, files: recordedFolder('produced/sudo') },
    { reader: sudo, files: recordedFolder('sudo/filter-test1') },
    { reader: sudo, files: recordedFolder('sudo/filter-test3') },
    { reader: sudo, files: [recorded('sudo/timing-seeds/timing.1', 'timing'), file('ttyout', 'x'.repeat(9000))] },
    { reader: alpacon, files: [file('page.json', JSON.stringify({ next: '', results: records }))] },
    { reader: alpacon, files: [file('lines', records.map((one) => JSON.stringify(one)).join('\n'))] },
  ]
}

const JOINT = '\nScript done on x\nScript started on y\n'
const MARKS = ['-', '.', ',', '"', '\\', '{', '}', '[', ']', '\n', '\0', '\u00ff']
const NASTY = [...MARKS, '9', '99999999999999999999', '{"ver"', 'O ', '\x1b[8;9999;9999t', JOINT]

/** One way in which a file is damaged, or made to harm. */
function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  const text = Buffer.from(bytes)
  const from = random.int(text.length + 1)
  const to = Math.min(text.length, from + random.int(random.chance(0.5) ? 8 : 400))
  const put = (middle: Uint8Array, behind = to) =>
    Buffer.concat([text.subarray(0, from), middle, text.subarray(behind)])
  switch (random.int(7)) {
    case 0:
      return put(random.bytes(to - from))
    case 1:
      return put(Buffer.alloc(0))
    case 2:
      return put(Buffer.from(random.pick(NASTY), 'latin1'), random.chance(0.5) ? from : to)
    case 3:
      return put(text.subarray(from, to), from)
    case 4:
      return text.subarray(0, from)
    case 5:
      return put(Buffer.alloc(to - from, random.pick([0, 0xff, 0x39, 0x22, 0x5b, 0x0a])))
    default: {
      if (from < text.length) text[from] = (text[from] ?? 0) ^ (1 << random.int(8))
      return text
    }
  }
}

function mutated(files: readonly RecordingFile[], random: Random): RecordingFile[] {
  const changed = files.map((one) => ({ ...one }))
  for (let rounds = 1 + random.int(4); rounds > 0; rounds--) {
    const one = random.pick(changed)
    one.bytes = damaged(one.bytes, random)
  }
  return random.chance(0.05) ? changed.slice(1) : changed
}

type Outcome = 'read' | 'refused'

/** Reads everything; any error but the documented one comes through. */
function readFully(reader: RecordingReader, files: readonly RecordingFile[]): Outcome {
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  let outcome: Outcome = 'refused'
  for (const { part } of reader.parts(files).slice(0, 3)) {
    const sink = new RecordedEvents()
    try {
      const { head, read } = reader.open(files, part)
      expect(head.cols >= 1 && head.cols <= MOST_COLS && head.rows >= 1 && head.rows <= MOST_ROWS).toBe(true)
      expect(head.start === null || !Number.isNaN(new Date(head.start).getTime())).toBe(true)
      for (const _ of read(sink));
      expect(sink.progressed).toBe(1)
      outcome = 'read'
    } catch (error) {
      if (!(error instanceof RecordingFault)) throw error
      expect(error.place).not.toBe('')
    }
    const { count, bytes } = sink.columns
    // One byte that is no UTF-8 may become three; what is told of a gap or a joint is some words.
    expect(bytes.length).toBeLessThanOrEqual(4 * size + 1000)
    expect(count).toBeLessThanOrEqual(size + 10)
    expect(sink.damages.total).toBeLessThanOrEqual(size + 10)
  }
  return outcome
}

const SCRIPT = 'Script started on x [COMMAND="x"]\n'
const RECORD = '[{"added_at":"2026-01-01T00:00:00Z","record":"x"},'
const MESSAGE = `${JSON.stringify({ ver: 1, id: 1, pos: 0, timing: '>1', out_txt: 'x' })}\n`

/** What is repeated over and over, behind a beginning that makes a reader take it. */
const REPEATED: [what: string, beginning: string, repeated: string][] = [
  ['empty lines', MESSAGE, '\n'],
  ['beginnings of messages', MESSAGE, '{"ver"'],
  ['beginnings of messages in lines', MESSAGE, '{"ver"\n'],
  ['the same message', '', MESSAGE],
  ['hits that are none', '{"hits":{"hits":[', '{},'],
  ['hits in hits', '', '{"hits":'],
  ['trailers', SCRIPT, '\nScript done on '],
  ['joints', SCRIPT, '\nScript done on \nScript started on \n'],
  ['facts in a header', '', 'Script started on [A="x '],
  ['records that are none', RECORD, '{},'],
  ['open brackets', RECORD, '[{"a":'],
  ['quotes', RECORD, '"\\'],
  ['zeros', '\0\0\0`\0\0\0\0\u0001\0\0\0A', '\0'],
]

describe('a megabyte of one thing', () => {
  it.each(REPEATED)('is read in time: %s', (_, beginning, repeated) => {
    const bytes = Buffer.concat([Buffer.from(beginning), Buffer.alloc(2 ** 20, repeated)])
    const whole = file('a', bytes)
    const timing = file('timing', Buffer.alloc(2 ** 20, '0.1 1\n'))
    const folder = [file('log', '1:a:b:c:d:1:2\n\nx'), file('timing', bytes), file('ttyout', bytes)]
    const outcomes = [[whole], [whole, timing], folder].flatMap((files) =>
      READERS.filter(({ accepts }) => accepts(files)).map((reader) => readFully(reader, files)),
    )
    expect(outcomes).toContain('read')
  })
})

describeWithData('damaged recordings', () => {
  it(`never fail in another way than the documented one, in ${ROUNDS} mutations`, () => {
    const random = new Random(20_261_121)
    const all = samples()
    const outcomes = { read: 0, refused: 0 }
    for (let round = 0; round < ROUNDS; round++) {
      const { reader, files } = random.pick(all)
      const hurt = mutated(files, random)
      for (const other of READERS) {
        const accepted = other.accepts(hurt)
        // What a reader takes for its own must not harm it either.
        if (accepted && other !== reader) readFully(other, hurt)
      }
      outcomes[readFully(reader, hurt)]++
    }
    expect(outcomes.read).toBeGreaterThan(ROUNDS * 0.75)
  })

  it('are taken as they are where nothing is damaged', () => {
    for (const { reader, files } of samples()) {
      expect(READERS.filter(({ accepts }) => accepts(files))).toEqual([reader])
      expect(readFully(reader, files)).toBe('read')
    }
  })
})
