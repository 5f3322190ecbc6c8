import { describe, expect, it } from 'vitest'
import type { Ask } from '../../../src/contract'
import type { OpenedRecording } from '../../../src/backend/recording/opened'
import { Screen } from '../../../src/backend/recording/screen/screen'
import type { RecordingFile } from '../../../src/backend/recording/model'
import { describeWithData } from '../../data'
import { ABOUT, allSources, drawn, opened, segmentAt, sessionFile } from './an-opened'
import { eventsOf, fileOf, readRecording, type SeenEvent } from './read-recording'
import { compared } from './screen/restored'

type Exported = Omit<Ask<'recording.export'>, 'id'>
const WHOLE: Exported = { as: 'cast', from: null, to: null, input: false }

async function exported(recording: OpenedRecording, ask: Partial<Exported>): Promise<RecordingFile> {
  return recording.answer('export', { ...WHOLE, ...ask, about: ABOUT })
}

function cast(...events: [number, string, string][]): RecordingFile {
  const header = { version: 2, width: 40, height: 6, timestamp: 1_700_000_000, title: 'work' }
  return fileOf([header, ...events].map((line) => `${JSON.stringify(line)}\n`).join(''))
}

const outputOf = (events: SeenEvent[]): string => events.map(([, kind, text]) => (kind === 'output' ? text : '')).join('')
const textOf = ({ bytes }: RecordingFile): string => Buffer.from(bytes).toString()

describeWithData('a recording exported as an asciicast', () => {
  it('is the same to our own readers: output, sizes, markers and times', { timeout: 120_000 }, async () => {
    let compared = 0
    let timed = 0
    for (const { name, files, part } of allSources().held) {
      const recording = await opened(files, { part })
      const again = readRecording(await exported(recording, {}))
      const { index, outputBytes } = await recording.answer('opened', {})
      const segments = await Promise.all([...index.segments.keys()].map((segment) => recording.answer('segment', { segment, input: false })))
      const output = Buffer.concat(segments.flatMap(({ kinds, offsets, bytes }) =>
        [...kinds].map((kind, event) => (kind === 0 ? bytes.subarray(offsets[event], offsets[event + 1]) : new Uint8Array())),
      ))
      expect([name, output.length, again.head.format]).toEqual([name, outputBytes, 'asciicast-v3'])
      expect([name, outputOf(eventsOf(again))]).toEqual([name, new TextDecoder('utf-8', { ignoreBOM: true }).decode(output)])
      expect([name, again.damage.total]).toEqual([name, 0])
      const times = segments.flatMap(({ kinds, offsets, times: all }) =>
        [...all].filter((_, event) => kinds[event] === 0 && (offsets[event + 1] ?? 0) > (offsets[event] ?? 0)),
      )
      const seen = eventsOf(again).flatMap(([time, kind]) => (kind === 'output' ? [time] : []))
      expect(seen.every((time, event) => times.length !== seen.length || Math.abs(time - (times[event] ?? 0)) < 1e-5)).toBe(true)
      if (times.length === seen.length) timed++
      compared++
      recording.close()
    }
    expect(compared).toBeGreaterThan(60)
    expect(timed).toBeGreaterThan(60)
  })
})

describe('an export', () => {
  it('says what it is made from and what it cannot say', async () => {
    const recording = await opened([cast([1, 'o', 'one\r\n'], [2, 'm', 'here'], [2.5, 'o', 'two'])])
    const { name, bytes } = await exported(recording, {})
    const [header = '', ...rest] = Buffer.from(bytes).toString().split('\n')
    expect(name).toBe('a-session.cast')
    expect(JSON.parse(header)).toEqual({ version: 3, term: { cols: 40, rows: 6 }, timestamp: Date.UTC(2026, 1, 6, 14) / 1000, title: 'work' })
    const remarks = rest.filter((line) => line.startsWith('# ')).join('\n')
    expect(remarks).toContain(`SHA-256 of the original: ${'ab'.repeat(32)}`)
    expect(remarks).toContain('does not prove which commands ran')
    expect(rest.filter((line) => line.startsWith('['))).toEqual(['[1.000, "o", "one\\r\\n"]', '[1.000, "m", "here"]', '[0.500, "o", "two"]'])
    recording.close()
  })

  it('keeps a character that came in two events, and says of a broken one that it is broken', async () => {
    const frames = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1), Buffer.from([0xff])]
    const ttyrec = Buffer.concat(frames.flatMap((payload, second) => {
      const head = Buffer.alloc(12)
      head.writeUInt32LE(1_700_000_000 + second, 0)
      head.writeUInt32LE(payload.length, 8)
      return [head, payload]
    }))
    const recording = await opened([fileOf(ttyrec, 'a.ttyrec')])
    expect(eventsOf(readRecording(await exported(recording, {})))).toEqual([[1, 'output', 'é'], [2, 'output', '\ufffd']])
    recording.close()
  })

  it('of a stretch begins with the screen as it stood, and ends as the recording does', async () => {
    const { file } = sessionFile(11, 400_000)
    const recording = await opened([file])
    const { index } = await recording.answer('opened', {})
    for (const share of [0.2, 0.5, 0.9]) {
      const from = index.indexedTo * share
      const clip = await exported(recording, { from, to: index.indexedTo })
      const { columns, head } = readRecording(clip)
      const screen = new Screen(head)
      for (let event = 0; event < columns.count; event++) {
        await screen.write(columns.bytes.subarray(columns.offsets[event], columns.offsets[event + 1]))
        if (event > 0) continue
        const segment = await recording.answer('segment', { segment: segmentAt(index.segments, from), input: false })
        const shown = await drawn(segment, from)
        expect(compared(shown.terminal, screen.terminal)).toEqual([])
        expect(columns.times[0]).toBe(0)
      }
      const segment = await recording.answer('segment', { segment: index.segments.length - 1, input: false })
      expect(compared((await drawn(segment, index.indexedTo)).terminal, screen.terminal)).toEqual([])
      expect(head.start).toBe(Math.floor(((ABOUT.start ?? 0) + from * 1000) / 1000) * 1000)
      screen.close()
    }
    recording.close()
  })

  it('of a stretch that begins within a sequence shows the same', async () => {
    const recording = await opened([cast([1, 'o', 'one \x1b[3'], [2, 'o', '1mred'], [3, 'o', ' two'])])
    const clip = readRecording(await exported(recording, { from: 1.5, to: 2.5 }))
    const screen = new Screen(clip.head)
    await screen.write(clip.columns.bytes.slice())
    expect(screen.text()[0]).toBe('one red')
    expect(screen.terminal.buffer.active.getLine(0)?.getCell(4)?.getFgColor()).toBe(1)
    screen.close()
    recording.close()
  })

  it('has input where it is asked for, and then nothing that may be a password', async () => {
    const recording = await opened([
      cast([1, 'i', 'l'], [1.05, 'o', 'l'], [1.2, 'i', 's\r'], [1.25, 'o', 's\r\n'], [2, 'o', 'Password: '], [3, 'i', 'hunter2\r'], [3.1, 'o', '\r\nhunter2 is not it\r\n']),
    ])
    const inputs = async (input: boolean): Promise<string[]> =>
      eventsOf(readRecording(await exported(recording, { input }))).flatMap(([, kind, text]) => (kind === 'input' ? [text] : []))
    expect(await inputs(false)).toEqual([])
    expect(await inputs(true)).toEqual(['l', 's\r', '*******\r'])
    recording.close()
  })

  it('as text has a head, and what was shown', async () => {
    const recording = await opened([cast([1, 'o', 'one\r\n'], [9, 'o', 'two\u202e\r\n'])])
    const text = textOf(await exported(recording, { as: 'transcript' }))
    expect(text).toContain(`# SHA-256 of the original: ${'ab'.repeat(32)}\n`)
    expect(text.endsWith('\n\none\ntwo<U+202E>\n')).toBe(true)
    const late = textOf(await exported(recording, { as: 'transcript', from: 5, to: 10 }))
    expect(late.endsWith('\n\ntwo<U+202E>\n')).toBe(true)
    recording.close()
  })

  it('as a still shows the screen of its moment, and holds nothing that acts', async () => {
    const hostile = '\x1b]8;;javascript:alert(1)\x07<script>alert(1)</script> "&\u202e\x1b]8;;\x07'
    const recording = await opened([cast([1, 'o', `\x1b[31;44mred\x1b[m ${hostile}`], [5, 'o', '\x1b[2J\x1b[Hlater'])])
    const svg = textOf(await exported(recording, { as: 'svg', from: 2 }))
    expect(svg).toContain('>red</tspan>')
    expect(svg).toMatch(/<tspan [^>]*fill="#e06c75"[^>]*>red</)
    expect(svg).toMatch(/<rect [^>]*fill="#6c9eef"/)
    expect(svg).toContain('&lt;script&gt;')
    expect(svg).toContain('does not prove which commands ran')
    expect(svg).not.toMatch(/<script|javascript:|foreignObject|href|\bon\w+=|\u202e|later/)
    expect(textOf(await exported(recording, { as: 'svg', from: 6 }))).toContain('later')
    recording.close()
  })
})
