import { expect, test } from 'vitest'
import { SegmentStream } from '../../../src/renderer/replay/segments'
import { Stage } from '../../../src/renderer/replay/stage'
import { notedScreen, rest } from './opened-player'
import { recorded, type RecordedEvent } from './recorded'

const EVENTS: RecordedEvent[] = [
  [0, 'o', 'a'],
  [1, 'o', 'bb'],
  [2, 'r', '90x20'],
  [3, 'o', 'ccc'],
  [4, 'o', 'dddd'],
]
const end = { segment: 0, event: 5 }

async function staged() {
  const stream = new SegmentStream(recorded(EVENTS, { every: 5 }))
  const screen = notedScreen()
  const stage = new Stage(stream, screen)
  await stage.show({ segment: 0, event: 1 }, () => true)
  screen.acts.length = 0
  return { stage, screen }
}

test('from what it shows it goes on, and to what is before it draws anew', async () => {
  const { stage, screen } = await staged()
  expect(await stage.show(end, () => true)).toBe(true)
  expect(screen.acts).toEqual(['write 2', 'resize 90x20', 'write 7'])
  expect(stage.size).toEqual({ cols: 90, rows: 20 })
  screen.acts.length = 0
  await stage.show({ segment: 0, event: 2 }, () => true)
  expect(screen.acts).toEqual(['reset 80x24', 'write 3'])
})

test('what is not wanted any more leaves the screen as it is', async () => {
  const { stage, screen } = await staged()
  expect(await stage.show(end, () => false)).toBe(false)
  expect(screen.acts).toEqual([])
  expect(stage.isDrawn).toBe(true)
})

test('given up on the way it stops there, and the next drawing begins from nothing', async () => {
  const { stage, screen } = await staged()
  let wanted = true
  screen.hold()
  const showing = stage.show(end, () => wanted)
  await rest()
  wanted = false
  screen.release()
  expect(await showing).toBe(false)
  expect(screen.acts).toEqual(['write 2'])
  expect(stage.isDrawn).toBe(false)
  await stage.show(end, () => true)
  expect(screen.text).toBe('abbcccdddd')
})

test('after a write that failed the next drawing begins from nothing', async () => {
  const { stage, screen } = await staged()
  screen.failAfter(1)
  await expect(stage.show(end, () => true)).rejects.toThrow('the write failed')
  expect(stage.isDrawn).toBe(false)
  await stage.show(end, () => true)
  expect(screen.text).toBe('abbcccdddd')
})

test('what it was told to forget while it drew stays forgotten', async () => {
  const { stage, screen } = await staged()
  screen.hold()
  const showing = stage.show(end, () => true)
  await rest()
  stage.forget()
  screen.release()
  expect(await showing).toBe(true)
  expect(stage.isDrawn).toBe(false)
})

test('a terminal without its history goes on to what is not about that, and is drawn anew for what is', async () => {
  const stream = new SegmentStream(recorded(EVENTS, { every: 1, leavesOut: (n) => (n < 2 ? 700 : 0) }))
  const screen = notedScreen()
  const stage = new Stage(stream, screen)
  for (const n of [0, 1, 2]) await stream.load(n)
  await stage.show({ segment: 0, event: 1 }, () => true)
  await stage.show({ segment: 1, event: 1 }, () => true)
  await stage.show({ segment: 2, event: 1 }, () => true)
  expect(screen.acts).toEqual(['reset 80x24, 300', 'write 1', 'write 2', 'reset 80x24', 'write 3', 'resize 90x20'])
})
