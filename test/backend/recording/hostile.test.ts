import { describe, expect, it } from 'vitest'
import { Keyframes } from '../../../src/backend/recording/keyframes'
import { OpenedRecording } from '../../../src/backend/recording/opened'
import { Screen } from '../../../src/backend/recording/screen/screen'
import { wholeText } from '../../../src/backend/recording/screen/snapshot'
import { allowedWork, TOO_COSTLY, WORK_LIMITS } from '../../../src/backend/recording/work-limits'
import { Random } from '../random'
import { ABOUT, opened, OPTIONS } from './an-opened'
import { fileOf } from './read-recording'
import type { RecordingFile } from '../../../src/backend/recording/model'

type Line = [time: number, code: string, data: string]

function cast(lines: Line[], size = { width: 80, height: 24 }): RecordingFile {
  const text = [{ version: 2, ...size }, ...lines].map((line) => JSON.stringify(line)).join('\n')
  return fileOf(`${text}\n`)
}

function each(count: number, line: (at: number) => [code: string, data: string]): Line[] {
  return Array.from({ length: count }, (_, at) => [at / 10, ...line(at)])
}

describe('a hostile recording', () => {
  it('that costs more work than any session is stopped, and plays up to there', async () => {
    // Every line inserted moves all those below it, which is the slowest that output can be.
    const file = cast(each(400, () => ['o', '\x1b[H\x1b[40L'.repeat(200)]))
    let work = 0
    const recording = await OpenedRecording.open({ files: [file], part: '' }, {
      ...OPTIONS,
      worked: () => ++work,
      limits: { workMs: 100, stallMs: 1 },
    })
    await recording.run()
    const { index, stopped, events } = await recording.answer('opened', {})
    expect([index.done, stopped]).toEqual([true, TOO_COSTLY])
    expect(index.indexedTo).toBeGreaterThan(0)
    expect(index.indexedTo).toBeLessThan(39)
    const last = await recording.answer('segment', { segment: index.segments.length - 1, input: false })
    expect(last.times.at(-1)).toBe(index.indexedTo)
    expect(last.times.length).toBeLessThan(events)
    recording.close()
  })

  it('may cost a minute for every 20 MB', () => {
    expect(allowedWork(WORK_LIMITS, 80_000)).toBe(60_000)
    expect(allowedWork(WORK_LIMITS, 200 * 2 ** 20)).toBe(600_000)
  })

  it('fills no memory with what it tries, nor with marks, markers and sizes', async () => {
    const lines = each(60_000, (at) =>
      at % 3 === 0 ? ['o', `\x1b]0;title ${at}\x07\x1b]52;c;AAAA${at}\x07\x1b]133;A\x07`] : at % 3 === 1 ? ['m', `marker ${at}`] : ['r', `${40 + (at % 9)}x10`],
    )
    const recording = await opened([cast(lines)])
    const { facts, markers, resizes } = await recording.answer('opened', {})
    expect(facts.total).toBeGreaterThanOrEqual(40_000)
    expect(facts.first.length).toBeLessThan(2000)
    expect(facts.first.filter(({ kind }) => kind === 'clipboard').length).toBe(500)
    expect([markers.length, resizes.length]).toEqual([20_000, 20_000])
    recording.close()
  })

  it('makes keyframes no larger than a share of itself', async () => {
    const random = new Random(1)
    const screen = new Screen({ cols: 200, rows: 60 })
    const keyframes = new Keyframes()
    keyframes.take(screen, { event: 0, at: 0, outputByte: 0 })
    let written = 0
    // Every cell in a colour of its own: the most that a keyframe can hold.
    for (let batch = 0; batch < 400; batch++) {
      const cells = Array.from({ length: 400 }, () => `\x1b[38;5;${random.int(256)};48;5;${random.int(256)}mx`).join('')
      const bytes = Buffer.from(`\x1b[${1 + random.int(60)};1H${cells}`)
      await screen.write(bytes)
      written += bytes.length
      keyframes.written(bytes, screen)
      if (keyframes.isDue()) keyframes.take(screen, { event: batch, at: batch, outputByte: written })
    }
    const size = keyframes.all.reduce((sum, keyframe) => sum + wholeText(keyframe.drawing).length, 0)
    expect(keyframes.all.length).toBeGreaterThan(3)
    expect(size).toBeLessThan(written / 2)
    screen.close()
  })

  it('that swallows its output in a string says so, and has no keyframe within', async () => {
    const lines: Line[] = [[1, 'o', 'before \x1b]0;'], ...each(40, (): [string, string] => ['o', 'x'.repeat(8000)]).map(([at, code, data]): Line => [at + 2, code, data])]
    const recording = await opened([cast(lines)])
    const { index, facts } = await recording.answer('opened', {})
    expect(index.segments.length).toBe(1)
    expect(facts.first.map(({ kind }) => kind)).toContain('swallowed-output')
    expect((await recording.answer('screen', { at: 9, about: ABOUT })).rows[0]).toBe('before')
    recording.close()
  })

  it('gets an answer to whatever is asked of it', async () => {
    const recording = await opened([cast([[5, 'o', 'one'], [1, 'o', 'two'], [6, 'x', '3'], [7, 'o', '\x1b]8;;http://x\u202e\x07']])])
    const { facts, damage } = await recording.answer('opened', {})
    expect(facts.first.map(({ kind, text }) => [kind, text])).toEqual(expect.arrayContaining([['exit', 'exit status 3'], ['link', 'http://x<U+202E>'], ['time-back', 'The time goes back by 4.000 s']]))
    expect(damage.total).toBe(1)
    await expect(recording.answer('segment', { segment: 7, input: false })).rejects.toMatchObject({ code: 'not-found' })
    expect((await recording.answer('bytes', { at: 5, most: 4 })).bytes).toEqual(new Uint8Array(Buffer.from('two\x1b')))
    expect(await recording.answer('bytes', { at: 1e9, most: 3 })).toMatchObject({ from: 6 })
    expect((await recording.answer('screen', { at: 1e9, about: ABOUT })).rows[0]).toBe('onetwo')
    recording.close()
  })
})
