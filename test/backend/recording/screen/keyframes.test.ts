import { expect, it } from 'vitest'
import { Screen } from '../../../../src/backend/recording/screen/screen'
import { wholeText } from '../../../../src/backend/recording/screen/snapshot'
import { describeWithData } from '../../../data'
import { compared, play, restored, type Restored } from './restored'
import { recordedSessions, type Session } from './sessions'

const POINTS = 8

type Result = { name: string; sizes: number[]; wrong: string[]; shortTo: number }
/** Without its history, which it must have from the first resize or erasing of it on. */
type Short = Restored & { from: number; cuts: number; ended: boolean }

/** Takes keyframes at eight points, and plays on from each of them to the end. */
async function followed({ name, cols, rows, steps }: Session): Promise<Result> {
  const result: Result = { name, sizes: [], wrong: [], shortTo: 0 }
  const screen = new Screen({ cols, rows })
  const others: (Restored & { from: number })[] = []
  const shorts: Short[] = []
  const compare = (other: Restored, when: string): void => {
    const found = compared(screen.terminal, other.terminal)
    if (found.length > 0) result.wrong.push(`${name}, ${when} of ${steps.length}: ${found.join('\n  ')}`)
  }
  for (const [at, step] of steps.entries()) {
    const going = shorts.filter(({ ended }) => !ended)
    if ('cols' in step) {
      for (const short of going) {
        compare(short, `played on without its history from ${short.from} to a resize at ${at}`)
        short.ended = true
      }
      screen.resize(step.cols, step.rows)
    }
    const writing = 'bytes' in step ? screen.write(step.bytes) : null
    await Promise.all([writing, ...[...others, ...going].map((other) => play(other, step))])
    for (const short of going) short.ended ||= short.cuts !== screen.historyCuts
    const due = (steps.length * (others.length + 1)) / (POINTS + 1)
    if (at + 1 < due || others.length === POINTS || !screen.atRest()) continue
    const other = { ...(await restored(screen)), from: at }
    result.sizes.push(wholeText(screen.snapshot()).length)
    compare(other, `restored at ${at}`)
    others.push(other)
    if (others.length % 4 !== 2) continue
    const short = { ...(await restored(screen, 'short')), from: at, cuts: screen.historyCuts, ended: false }
    compare(short, `restored at ${at} without its history`)
    shorts.push(short)
  }
  for (const other of others) {
    compare(other, `played on from ${other.from}`)
    other.terminal.dispose()
  }
  for (const { ended, ...short } of shorts) {
    if (!ended) compare(short, `played on without its history from ${short.from}`)
    if (!ended) result.shortTo++
    short.terminal.dispose()
  }
  screen.close()
  return result
}

describeWithData('a keyframe', () => {
  it('restored and played on is the uninterrupted terminal, in every recording', { timeout: 300_000 }, async () => {
    const results: Result[] = []
    for (const session of recordedSessions()) results.push(await followed(session))
    const sizes = results.flatMap((result) => result.sizes).sort((one, other) => one - other)
    const mean = Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length)
    const [median, largest] = [sizes[Math.floor(sizes.length / 2)], sizes.at(-1)]
    const lengths = `median ${median}, mean ${mean}, largest ${largest} characters`
    console.log(`${results.length} recordings, ${sizes.length} keyframes: ${lengths}`)
    expect(results.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(results.length).toBeGreaterThan(200)
    expect(sizes.length).toBeGreaterThan(1500)
    expect(results.reduce((sum, { shortTo }) => sum + shortTo, 0)).toBeGreaterThan(200)
  })
})
