import { expect, test } from 'vitest'
import { SegmentStream, type Cursor } from '../../../src/renderer/replay/segments'
import { rest } from './opened-player'
import { recorded, seconds, type RecordedEvent } from './recorded'

const at = (segment: number, event: number): Cursor => ({ segment, event })

function written(stream: SegmentStream, from: Cursor, to: Cursor): string[] | undefined {
  const words = new TextDecoder()
  return stream
    .steps(from, to)
    ?.map((step) => (step.kind === 'bytes' ? words.decode(step.bytes) : `${step.kind} ${step.cols}x${step.rows}`))
}

async function loaded(events: readonly RecordedEvent[], every = 4) {
  const source = recorded(events, { every })
  const stream = new SegmentStream(source)
  for (let n = 0; n < source.index().segments.length; n++) await stream.load(n)
  return { source, stream }
}

test('a moment is drawn from the last segment that begins by then', () => {
  const stream = new SegmentStream(recorded([[0, 'o', 'a'], [5, 'o', 'b'], [5, 'o', 'c'], [5, 'o', 'd'], [9, 'o', 'e']], { every: 1 }))
  expect([...stream.index().segments]).toEqual([0, 5, 5, 5, 9])
  expect([-1, 0, 4.99, 5, 8.99, 9, 1e9].map((moment) => stream.at(moment))).toEqual([0, 0, 0, 3, 3, 4, 4])
})

test('a recording of which nothing is indexed has no segment', () => {
  const stream = new SegmentStream({
    index: () => ({ segments: new Float64Array(), indexedTo: 0, done: false }),
    segment: () => Promise.reject(new Error('not asked for')),
  })
  expect(stream.at(0)).toBe(-1)
})

test('a segment is fetched once, also by two at a time', async () => {
  const source = recorded(seconds(12))
  const stream = new SegmentStream(source)
  const [one, two] = await Promise.all([stream.load(1), stream.load(1)])
  expect(one).toBe(two)
  expect(await stream.load(1)).toBe(one)
  expect(source.asked).toEqual([1])
})

test('the segment that was not used for the longest time goes first', async () => {
  const events = Array.from({ length: 16 }, (_, n): RecordedEvent => [n, 'o', 'text'])
  // A segment of four: 32 bytes of times, 4 of kinds, 20 of offsets, 16 of text.
  const stream = new SegmentStream(recorded(events, { draw: () => '' }), 3 * 72)
  for (const n of [0, 1, 2]) await stream.load(n)
  stream.known(0)
  await stream.load(3)
  expect([0, 1, 2, 3].map((n) => stream.known(n) !== null)).toEqual([true, false, true, true])
})

test('however large, the segment that plays and the next both stay', async () => {
  const stream = new SegmentStream(recorded(seconds(20)), 1)
  await stream.load(2)
  stream.ahead(2)
  await rest()
  expect([2, 3].map((n) => stream.known(n) !== null)).toEqual([true, true])
  await stream.load(4)
  expect([2, 3, 4].map((n) => stream.known(n) !== null)).toEqual([false, true, true])
})

test('the next segment is fetched ahead, and none after the last', async () => {
  const source = recorded(seconds(12))
  const stream = new SegmentStream(source)
  stream.ahead(1)
  await rest()
  stream.ahead(2)
  stream.ahead(1)
  await rest()
  expect(source.asked).toEqual([1, 2])
})

test('a segment that cannot be fetched ahead is tried again only when it is needed', async () => {
  const source = recorded(seconds(12))
  const stream = new SegmentStream(source)
  await stream.load(0)
  source.fail(1)
  stream.ahead(0)
  await rest()
  stream.ahead(0)
  await rest()
  expect(source.asked).toEqual([0, 1])
  await stream.load(1)
  expect(source.asked).toEqual([0, 1, 1])
})

test('once it could be fetched it is fetched ahead again', async () => {
  const source = recorded(seconds(40))
  const stream = new SegmentStream(source, 1)
  await stream.load(0)
  source.fail(1)
  stream.ahead(0)
  await rest()
  for (const n of [1, 5, 6]) await stream.load(n)
  source.asked.length = 0
  stream.ahead(0)
  await rest()
  expect(source.asked).toEqual([0, 1])
})

test('what was given up is no failure: it is fetched ahead again', async () => {
  const source = recorded(seconds(40))
  const stream = new SegmentStream(source)
  source.hold()
  stream.ahead(0)
  stream.focus(7)
  await rest()
  source.release()
  stream.ahead(0)
  await rest()
  expect([0, 1].map((n) => stream.known(n) !== null)).toEqual([true, true])
})

test('the last segment is fetched again once it has grown', async () => {
  const source = recorded(seconds(12), { every: 10 })
  source.indexTo(3)
  const stream = new SegmentStream(source)
  expect((await stream.load(0)).times).toHaveLength(3)
  expect(stream.known(0)).toMatchObject({ to: 2, closed: false, stale: false })
  source.indexTo(6)
  expect(stream.known(0)).toMatchObject({ to: 2, stale: true })
  expect((await stream.load(0)).times).toHaveLength(6)
  source.finish()
  expect((await stream.load(0)).times).toHaveLength(10)
  expect(stream.known(0)).toMatchObject({ to: 10, closed: true, stale: false })
  await stream.load(0)
  expect(source.asked).toEqual([0, 0, 0])
})

test('a segment that grew on its way is not taken for whole', async () => {
  const source = recorded(seconds(12), { every: 10 })
  source.indexTo(3)
  const stream = new SegmentStream(source)
  source.hold()
  const first = stream.load(0)
  source.finish()
  source.release()
  await first
  expect(stream.known(0)).toMatchObject({ closed: false, stale: true })
})

test('what is on its way elsewhere is given up, and fails at once though the source does not listen', async () => {
  const source = recorded(seconds(40))
  const stream = new SegmentStream(source)
  source.hold()
  const far = stream.load(7)
  const near = stream.load(2)
  stream.focus(2)
  await expect(far).rejects.toThrow(/abort/)
  expect(source.aborted).toEqual([7])
  source.release()
  expect((await near).segment).toBe(2)
})

test('all output between two places is one write, across segments', async () => {
  const { stream } = await loaded(seconds(12))
  expect(written(stream, at(0, 0), at(2, 1))).toEqual(['a0.a1.a2.a3.a4.a5.a6.a7.a8.'])
  expect(written(stream, at(1, 1), at(1, 3))).toEqual(['a5.a6.'])
  expect(written(stream, at(1, 4), at(2, 0))).toEqual([])
  expect(stream.bytesBetween(at(1, 1), at(1, 3))).toBe(6)
})

test('nothing is played over a segment that is not here', async () => {
  const stream = new SegmentStream(recorded(seconds(12)))
  await stream.load(0)
  await stream.load(2)
  expect(stream.steps(at(0, 0), at(2, 1))).toBeNull()
  expect(stream.bytesBetween(at(0, 0), at(2, 1))).toBe(Infinity)
})

test('a resize comes before the bytes that follow it, and input and markers are not written', async () => {
  const { stream } = await loaded([
    [0, 'o', 'a'],
    [1, 'i', 'typed'],
    [1, 'o', 'b'],
    [2, 'r', '100x30'],
    [2, 'm', 'here'],
    [2, 'o', 'c'],
    [3, 'o', 'd'],
  ])
  expect(written(stream, at(0, 0), at(1, 3))).toEqual(['ab', 'size 100x30', 'cd'])
})

test('of sizes with nothing between them the last one counts, and what is no size is left out', async () => {
  const { stream } = await loaded([
    [0, 'r', '90x20'],
    [0, 'r', '91x21'],
    [1, 'o', 'a'],
    [2, 'r', '-1x0'],
    [2, 'r', '0x5'],
    [2, 'r', '99999x99999'],
    [3, 'r', '123456789x1'],
  ])
  expect(written(stream, at(0, 0), at(1, 3))).toEqual(['size 91x21', 'a', 'size 500x200'])
})

test('steps go by changes of the screen, over input, markers and borders of segments', async () => {
  const { stream } = await loaded(
    [
      [0, 'o', 'a'],
      [1, 'i', 'x'],
      [2, 'm', 'mark'],
      [3, 'o', ''],
      [4, 'i', 'y'],
      [5, 'r', '90x20'],
      [6, 'o', 'b'],
      [6, 'o', 'c'],
    ],
    2,
  )
  expect(await stream.stepped(at(0, 0), 1)).toEqual({ cursor: at(0, 1), time: 0 })
  expect(await stream.stepped(at(0, 1), 1)).toEqual({ cursor: at(2, 2), time: 5 })
  expect(await stream.stepped(at(0, 1), 3)).toEqual({ cursor: at(3, 2), time: 6 })
  expect(await stream.stepped(at(0, 1), 99)).toEqual({ cursor: at(3, 2), time: 6 })
  expect(await stream.stepped(at(3, 2), 1)).toBeNull()
  expect(await stream.stepped(at(3, 2), -1)).toEqual({ cursor: at(3, 1), time: 6 })
  expect(await stream.stepped(at(3, 2), -2)).toEqual({ cursor: at(2, 2), time: 5 })
  expect(await stream.stepped(at(3, 0), -1)).toEqual({ cursor: at(0, 1), time: 0 })
  expect(await stream.stepped(at(3, 0), -5)).toEqual({ cursor: at(0, 0), time: 0 })
})

test('the end is reached once nothing is left and nothing more will come', async () => {
  const { source, stream } = await loaded(seconds(6))
  expect(stream.isEnd({ cursor: at(1, 2), time: 5 })).toBe(true)
  expect(stream.isEnd({ cursor: at(1, 1), time: 5 })).toBe(false)
  expect(stream.isEnd({ cursor: at(1, 2), time: 4.9 })).toBe(false)
  source.indexTo(6)
  expect(stream.isEnd({ cursor: at(1, 2), time: 5 })).toBe(false)
})
