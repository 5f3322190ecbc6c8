import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { dataPath, describeWithData } from '../../../data'
import { eventsOf, fileOf, readRecording, type ReadRecording, type SeenEvent } from '../read-recording'

function bytesOf(name: string): Uint8Array {
  return readFileSync(dataPath(`recordings/${name}`))
}

function read(name: string): ReadRecording {
  return readRecording(fileOf(bytesOf(name), basename(name)))
}

function names(folder: string, pattern: RegExp): string[] {
  return readdirSync(dataPath(`recordings/${folder}`))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}${name}`)
}

function output(recording: ReadRecording): string {
  return eventsOf(recording)
    .filter(([, kind]) => kind === 'output')
    .map(([, , text]) => text)
    .join('')
}

/** The strings of all output events of a sound file of lines, by the plainest of means. */
function plainOutput(name: string): string {
  return new TextDecoder()
    .decode(bytesOf(name))
    .split('\n')
    .slice(1)
    .filter((line) => line.startsWith('['))
    .map((line): unknown => JSON.parse(line))
    .map((event) => (Array.isArray(event) && event[1] === 'o' ? String(event[2]) : ''))
    .join('')
}

/** Name, format, size, events, seconds. */
const SOUND: [string, string, string, number, number][] = [
  ['asciinema-edit-test.cast', 'asciicast-v2', '208x59', 78, 13.411091],
  ['asciinema-server-big.cast', 'asciicast-v3', '160x76', 4998, 0.081],
  ['asciinema-server-welcome.cast', 'asciicast-v2', '80x20', 786, 119.207933],
  ['rlib-asciicast.cast', 'asciicast-v2', '80x24', 405, 50.578527],
  ['rlib-dplyr.cast', 'asciicast-v2', '80x24', 521, 26.834685],
  ['rlib-errors.cast', 'asciicast-v2', '80x24', 333, 32.908289],
  ['rlib-hello.cast', 'asciicast-v2', '80x24', 37, 6.081796],
  ['termtosvg-awesome.cast', 'asciicast-v2', '82x19', 94, 26.349826],
  ['termtosvg-colors.cast', 'asciicast-v2', '82x19', 573, 25.450931],
  ['termtosvg-htop.cast', 'asciicast-v2', '82x19', 55, 12.857555],
  ['termtosvg-ipython.cast', 'asciicast-v2', '80x24', 233, 29.174931],
  ['termtosvg-unittest.cast', 'asciicast-v2', '82x19', 112, 16.539204],
]

const SHAPE = 'expected [time, code, data]'
const SIZE = 'expected a size as COLSxROWS'

/** What is wrong with each of the odd ones, and how many events are left; the others are sound. */
const ODD: Record<string, [events: number, damage: string]> = {
  'asciinema-server/v1-invalid-data.json': [2, 'frame 2, byte 118: the data is not a text'],
  'asciinema-server/v1-invalid-time-1.json': [3, 'event 2: the time goes back from 1.234567 s to -3.185187 s: taken as 1.234567 s'],
  'asciinema-server/v1-invalid-time-2.json': [2, 'frame 2, byte 115: the delay is not a number'],
  'asciinema-server/v1-wrong-event-length.json': [2, 'frame 2, byte 118: expected 2 values, found 3'],
  'asciinema-server/v2-broken.cast': [2, `line 3: ${SHAPE}`],
  'asciinema-server/v2-invalid-code.cast': [1, 'line 3: the code is not a text'],
  'asciinema-server/v2-invalid-data.cast': [1, 'line 3: the data is not a text'],
  'asciinema-server/v2-invalid-resize.cast': [2, `line 3: ${SIZE}`],
  'asciinema-server/v2-invalid-time-1.cast': [2, 'event 2: the time goes back from 1.234 s to -1 s: taken as 1.234 s'],
  'asciinema-server/v2-invalid-time-2.cast': [1, 'line 3: the time is not a number'],
  'asciinema-server/v2-wrong-event-length.cast': [1, 'line 3: expected 3 values, found 4'],
  'asciinema-server/v3-broken.cast': [2, `line 3: ${SHAPE}`],
  'asciinema-server/v3-invalid-code.cast': [1, 'line 3: the code is not a text'],
  'asciinema-server/v3-invalid-data.cast': [1, 'line 3: the data is not a text'],
  'asciinema-server/v3-invalid-resize.cast': [2, `line 3: ${SIZE}`],
  'asciinema-server/v3-invalid-time-1.cast': [2, 'event 2: the time goes back from 1.234 s to 0.234 s: taken as 1.234 s'],
  'asciinema-server/v3-invalid-time-2.cast': [1, 'line 3: the time is not a number'],
  'asciinema-server/v3-wrong-event-length.cast': [1, 'line 3: expected 3 values, found 4'],
  'rlib-bad.json': [4, 'line 5: the time is not a number'],
  'rlib-badver.json': [4, 'line 5: the time is not a number'],
}

describeWithData('casts from elsewhere', () => {
  it.each(SOUND)('%s', (...row) => {
    const [name, format, size, count, seconds] = row
    const recording = read(name)
    const { head, columns, damage } = recording
    expect([head.format, `${head.cols}x${head.rows}`, head.sizeAssumed]).toEqual([format, size, undefined])
    expect([columns.count, Math.round((columns.times.at(-1) ?? 0) * 1e6) / 1e6]).toEqual([count, seconds])
    expect(damage).toEqual({ total: 0, first: [] })
    expect(output(recording) === plainOutput(name)).toBe(true)
  })

  it('are all in the table', () => {
    expect(names('', /\.cast$/).toSorted()).toEqual(SOUND.map(([name]) => name).toSorted())
  })

  it('keep the kinds of events that their writers made up', () => {
    const others = eventsOf(read('rlib-hello.cast')).filter(([, kind]) => kind === 'other')
    expect(others[0]).toEqual([0, 'other', 'type: prompt'])
    expect(others.length).toBeGreaterThan(2)
  })

  it('hold the same session in versions 1 and 2', () => {
    const isOutput = ([, kind]: SeenEvent): boolean => kind === 'output'
    const first = eventsOf(read('asciinema-server-welcome-v1.json'))
    const second = eventsOf(read('asciinema-server-welcome.cast'))
    expect(first).toEqual(second.filter(isOutput))
    expect(second.filter((event) => !isOutput(event))).toEqual([[4.4, 'resize', '81x20']])
  })

  it('are told from the screens that a server made of one', () => {
    expect(() => read('asciinema-server-stdout.json')).toThrow(
      /^The file looks like a list of screens that an asciinema server made for its player, .+ Known are asciicast/,
    )
  })
})

describeWithData('odd casts', () => {
  it('are read as far as they are sound', () => {
    const all = [...names('odd/asciinema-server/', /./), ...names('odd/asciinema-player/', /./), ...names('odd/', /^rlib-/)]
    expect(all).toHaveLength(60)
    for (const name of all) {
      const recording = read(name)
      const place = name.slice('odd/'.length)
      const told = recording.damage.first.map(({ at, reason }) => `${at}: ${reason}`)
      const [count, damage] = ODD[place] ?? [recording.columns.count]
      expect([place, recording.columns.count, ...told]).toEqual([place, count, ...(damage === undefined ? [] : [damage])])
      if (damage === undefined && name.endsWith('.cast')) expect([place, output(recording)]).toEqual([place, plainOutput(name)])
    }
  })

  it.each([
    ['v1-invalid.json', 80, 24],
    ['../rlib-badver.json', 80, 24],
  ])('have the usual size where %s names none', (name, cols, rows) => {
    expect(read(`odd/asciinema-server/${name}`).head).toMatchObject({ cols, rows, sizeAssumed: true })
  })

  it('have events of every kind', () => {
    expect(eventsOf(read('odd/asciinema-server/v3-full.cast'))).toEqual([
      [1.234567, 'output', 'foo bar'],
      [2.234567, 'input', '\r'],
      [6.913554, 'output', 'baz qux'],
      [7.913554, 'resize', '80x24'],
      [10.370343, 'output', 'żółć jaźń'],
    ])
    expect(eventsOf(read('odd/asciinema-player/resizing.cast')).at(-1)).toEqual([2.1, 'exit', '0'])
    expect(eventsOf(read('odd/asciinema-player/markers.cast')).filter(([, kind]) => kind === 'marker')).not.toEqual([])
  })
})
