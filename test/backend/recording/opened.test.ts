import { describe, expect, it } from 'vitest'
import { EVENT_KINDS } from '../../../src/backend/recording/model'
import { OpenedRecording } from '../../../src/backend/recording/opened'
import { Screen } from '../../../src/backend/recording/screen/screen'
import { nextRun, resizeOf } from '../../../src/backend/recording/runs'
import { readRecording } from './read-recording'
import { describeWithData } from '../../data'
import { ABOUT, allSources, drawn, opened, OPTIONS, segmentAt, sessionFile, type Source } from './an-opened'
import { compared } from './screen/restored'

const POINTS = 8

/** What differs between segments played from their keyframe and the recording played from its start. */
async function differing({ name, files, part }: Source): Promise<string[]> {
  const recording = await opened(files, { part })
  const { index } = await recording.answer('opened', {})
  const { columns, head } = readRecording(...files)
  const straight = new Screen(head)
  const wrong: string[] = []
  let event = 0
  let last = -1
  for (let point = 1; point <= POINTS; point++) {
    const moment = columns.times[Math.floor((columns.count * point) / POINTS) - 1] ?? 0
    if (moment === last) continue
    last = moment
    let end = event
    while (end < columns.count && (columns.times[end] ?? 0) <= moment) end++
    for (let run = nextRun(columns, event, end); run !== null; run = nextRun(columns, event, end)) {
      const size = run.isResize ? resizeOf(run.bytes) : null
      if (size !== null) straight.resize(size.cols, size.rows)
      if (!run.isResize) await straight.write(run.bytes)
      event = run.to
    }
    const segment = await recording.answer('segment', { segment: segmentAt(index.segments, moment), input: false })
    const { terminal } = await drawn(segment, moment)
    const found = compared(straight.terminal, terminal)
    if (found.length > 0) wrong.push(`${name} ${part} at ${moment}: ${found.join('\n  ')}`)
    terminal.dispose()
  }
  straight.close()
  recording.close()
  return wrong
}

describeWithData('an opened recording', () => {
  it('is played from any of its keyframes as from its start, in every recording', { timeout: 300_000 }, async () => {
    const { held, refused } = allSources()
    const wrong: string[] = []
    // A journal's parts have one straight reading here: that of the first.
    const firsts = held.filter(({ name }, index) => held[index - 1]?.name !== name)
    for (const source of firsts) wrong.push(...(await differing(source)))
    expect(wrong).toEqual([])
    expect(firsts.length).toBeGreaterThan(70)
    expect(refused).toContain('asciinema-server-stdout.json')
  })

  it('answers everything of every recording', { timeout: 120_000 }, async () => {
    for (const { name, files, part } of allSources().held) {
      const recording = await opened(files, { part })
      const { index, events, outputBytes } = await recording.answer('opened', {})
      const { times, bytes, kinds } = await recording.answer('segment', { segment: 0, input: true })
      const { rows, svg } = await recording.answer('screen', { at: index.indexedTo / 2, about: ABOUT })
      const { text } = await recording.answer('transcript', { about: ABOUT })
      const raw = await recording.answer('bytes', { at: index.indexedTo / 2, most: 4096 })
      expect([name, index.done, kinds.length <= events, times.length === kinds.length]).toEqual([name, true, true, true])
      expect(rows.length).toBeGreaterThan(0)
      expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/)
      expect(raw.bytes.length).toBeLessThanOrEqual(Math.min(4096, outputBytes))
      expect(text.length <= outputBytes * 2 + 1000 && bytes.length >= 0).toBe(true)
      recording.close()
    }
  })
})

describe('an opened session', () => {
  const { file, session } = sessionFile(3, 2_000_000)

  it('has something to show when it is first asked for', async () => {
    const recording = await OpenedRecording.open({ files: [file], part: '' }, OPTIONS)
    const first = recording.answer('opened', {})
    const running = recording.run()
    const { index } = await first
    expect(index.indexedTo).toBeGreaterThan(0)
    expect(index.done).toBe(false)
    recording.close()
    await running
  })

  it('can be played before it is read to its end, and grows', async () => {
    const seen: { events: number; done: boolean; segments: number }[] = []
    let asked = Promise.resolve()
    const recording: OpenedRecording = await OpenedRecording.open(
      { files: [file], part: '' },
      {
        ...OPTIONS,
        onMore: () => {
          const { done } = recording.progress
          asked = asked.then(async () => {
            const { index } = await recording.answer('opened', {})
            const segment = await recording.answer('segment', { segment: index.segments.length - 1, input: false })
            seen.push({ events: segment.times.length, done, segments: index.segments.length })
          })
        },
      },
    )
    await recording.run()
    await asked
    expect(seen[0]?.done).toBe(false)
    expect(seen.filter(({ done, segments }) => !done && segments > 1).length).toBeGreaterThan(3)
    expect(seen.every(({ segments }, at) => segments >= (seen[at - 1]?.segments ?? 1))).toBe(true)
    expect(seen.at(-1)?.done).toBe(true)
    recording.close()
  })

  it('has its segments in order, and in them every byte once', async () => {
    const recording = await opened([file])
    const { index, outputBytes } = await recording.answer('opened', {})
    const parts: Uint8Array[] = []
    for (const [segment, start] of index.segments.entries()) {
      const { from, times, bytes, offsets, kinds } = await recording.answer('segment', { segment, input: false })
      expect([from, offsets[0], offsets.at(-1)]).toEqual([start, 0, bytes.length])
      expect(times.every((time) => time >= start && time <= (index.segments[segment + 1] ?? Infinity))).toBe(true)
      expect(kinds.every((kind) => EVENT_KINDS[kind] === 'output')).toBe(true)
      parts.push(bytes)
    }
    const output = session.events.map((event) => ('output' in event ? String(event.output) : '')).join('')
    expect(Buffer.concat(parts).equals(Buffer.from(output))).toBe(true)
    expect(outputBytes).toBe(Buffer.byteLength(output))
    expect(index.segments.length).toBeGreaterThan(outputBytes / 150_000)
    recording.close()
  })

  it('is searched, also while it is indexed', async () => {
    const recording = await OpenedRecording.open({ files: [file], part: '' }, OPTIONS)
    const running = recording.run()
    const early = await recording.answer('search', { text: 'nginx', pattern: false })
    await running
    const { total, hits } = await recording.answer('search', { text: 'NGINX', pattern: false })
    expect(total).toBeGreaterThan(early.total)
    expect(hits[0]?.line.slice(hits[0].from, hits[0].to)).toBe('nginx')
    expect(hits.every(({ at, until }) => until >= at)).toBe(true)
    const found = await recording.answer('search', { text: 'run=\\d+', pattern: true })
    expect(found.total).toBeGreaterThan(5)
    await expect(recording.answer('search', { text: '(', pattern: true })).rejects.toMatchObject({ code: 'bad-ask' })
    recording.close()
  })

  it('shows at the moment of a hit what was searched for', async () => {
    const recording = await opened([file])
    const { hits } = await recording.answer('search', { text: '--run=', pattern: false })
    expect(hits.length).toBeGreaterThan(20)
    expect(hits.filter(({ at, until }) => until <= at)).toEqual([])
    for (const { at, line, from, to } of hits.slice(0, 20)) {
      const { rows } = await recording.answer('screen', { at, about: ABOUT })
      expect(rows.join('')).toContain(line.slice(from, to))
    }
    recording.close()
  })

  it('is compared with a log', async () => {
    const recording = await opened([file])
    const log = session.ran.map(({ time, command }, row) => ({
      key: `k${row}`,
      time: (ABOUT.start ?? 0) + Math.floor(time + 40) * 1000,
      command,
      outcome: 'success' as const,
      exitCode: 0,
    }))
    const { commands, skew } = await recording.answer('commands', { about: ABOUT, log })
    const met = commands.filter(({ key, at }) => key !== null && at !== null)
    expect(met.length / session.ran.length).toBeGreaterThan(0.95)
    expect(Math.abs((skew ?? 0) - 40)).toBeLessThan(3)
    expect(commands.filter(({ key, at }) => key === null && at === null)).toEqual([])
    const alone = await recording.answer('commands', { about: ABOUT, log: [] })
    expect(alone.commands.length).toBeGreaterThan(session.ran.length / 2)
    expect(alone.commands.every(({ key, time, confidence }) => key === null && time === null && confidence === null)).toBe(true)
    recording.close()
  })
})
