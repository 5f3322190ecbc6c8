import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EVENT_KINDS, MOST_COLS, MOST_ROWS, RecordingFault } from '../../../../src/backend/recording/model'
import { dataPath, describeWithData } from '../../../data'
import { Random } from '../../random'
import { fileOf, readRecording, type ReadRecording } from '../read-recording'

/** Bytes that mean something to a format. */
const TELLING = [...Buffer.from('\n\r"[]{},:\\#-0129eE\0\xff\x1b', 'latin1')]

function mutated(random: Random, seeds: readonly Uint8Array[]): Uint8Array {
  let bytes = random.pick(seeds)
  for (let times = 1 + random.int(4); times > 0; times--) {
    const at = random.int(bytes.length + 1)
    const to = at + random.int(bytes.length - at + 1)
    const ways = [
      () => bytes.with(Math.min(at, bytes.length - 1), random.int(256)),
      () => bytes.with(Math.min(at, bytes.length - 1), random.pick(TELLING)),
      () => bytes.subarray(0, at),
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]),
      () => Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]),
      () => Buffer.concat([bytes.subarray(0, at), random.pick(seeds)]),
      () => Buffer.concat([bytes.subarray(0, at), random.bytes(random.int(8)), bytes.subarray(at)]),
    ]
    if (bytes.length > 0) bytes = random.pick(ways)()
  }
  return bytes
}

/** What must hold of any recording, whatever it was read from. */
function check({ head, columns, damage }: ReadRecording, size: number): void {
  const { count, times, kinds, offsets, bytes, outputBytes } = columns
  // A byte that is no UTF-8 becomes three; what is told of a frame that is neither output nor input has its own words.
  expect(bytes.length).toBeLessThanOrEqual(size * 3 + 200 * count)
  expect(outputBytes).toBeLessThanOrEqual(size * 3)
  expect(count).toBeLessThanOrEqual(size)
  expect(damage.first.length).toBe(Math.min(damage.total, 1000))
  expect([times.length, kinds.length, offsets.length, offsets[count]]).toEqual([count, count, count + 1, bytes.length])
  for (let i = 0; i < count; i++) {
    const isInOrder = (times[i] ?? -1) >= (times[i - 1] ?? 0)
    if (!isInOrder || (kinds[i] ?? 99) >= EVENT_KINDS.length) throw new Error(`event ${i} is not sound`)
  }
  expect(head.cols >= 1 && head.cols <= MOST_COLS && head.rows >= 1 && head.rows <= MOST_ROWS).toBe(true)
}

describeWithData('a changed recording of any format', () => {
  it('is read or refused, 10,000 times', () => {
    const folder = dataPath('recordings/odd')
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).toSorted()
    const seeds = paths.map((path) => Uint8Array.from(readFileSync(path)))
    expect(seeds.length).toBeGreaterThan(50)
    const random = new Random(20_260)
    const outcomes = { read: 0, damaged: 0, refused: 0 }
    for (let i = 0; i < 10_000; i++) {
      const bytes = mutated(random, seeds)
      try {
        const recording = readRecording(fileOf(bytes))
        check(recording, bytes.length)
        outcomes[recording.damage.total > 0 ? 'damaged' : 'read']++
      } catch (error) {
        if (!(error instanceof RecordingFault)) throw error
        expect(error.message).not.toBe('')
        outcomes.refused++
      }
    }
    // Each way out is taken often, or the changes would prove little.
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(500)
  }, 120_000)
})
