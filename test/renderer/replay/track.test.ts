import { expect, test } from 'vitest'
import * as track from '../../../src/renderer/replay/track'

const WHOLE = { window: { from: 0, to: 100 }, width: 1000 }
const ZOOMED = { window: { from: 40, to: 60 }, width: 1000 }
const KEY = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false }

test('places and moments are each the other’s inverse', () => {
  expect(track.xOf(25, WHOLE)).toBe(250)
  expect(track.xOf(45, ZOOMED)).toBe(250)
  expect(track.secondsAt(250, ZOOMED)).toBe(45)
  expect([-5, 2000].map((x) => track.secondsAt(x, ZOOMED))).toEqual([40, 60])
  expect(track.xOf(0, { window: { from: 0, to: 0 }, width: 10 })).toBe(0)
  expect(track.secondsAt(5, { window: { from: 0, to: 10 }, width: 0 })).toBe(10)
})

function bars(path: string): { x: number; tall: number }[] {
  return [...path.matchAll(/M(\d+) \d+v-([\d.]+)/g)].map(([, x, tall]) => ({ x: Number(x), tall: Number(tall) }))
}

test('the busiest part stands highest and a single byte is still seen', () => {
  const activity = new Float64Array(100)
  activity[10] = 1_000_000
  activity[50] = 1
  activity[80] = 1000
  const drawn = bars(track.activityBars(activity, 100, { ...WHOLE, width: 300, height: 30 }))
  expect(drawn.map(({ x }) => x)).toEqual([30, 150, 240])
  expect(drawn[0]?.tall).toBe(30)
  expect(drawn[1]?.tall).toBe(2)
  expect(drawn[2]?.tall).toBeCloseTo(15, 0)
})

test('zoomed in, one part of the activity is many bars', () => {
  const activity = new Float64Array(100)
  activity[50] = 10
  const drawn = bars(track.activityBars(activity, 100, { window: { from: 50, to: 52 }, width: 30, height: 10 }))
  expect(drawn.map(({ x }) => x)).toEqual([0, 3, 6, 9, 12])
})

test('where nothing happened no bar is drawn', () => {
  expect(track.activityBars(new Float64Array(100), 100, { ...WHOLE, height: 30 })).toBe('')
  expect(track.activityBars([], 100, { ...WHOLE, height: 30 })).toBe('')
  expect(track.activityBars([5], 0, { ...WHOLE, height: 30 })).toBe('')
})

test('pauses are hatched within the track, and those that touch are one', () => {
  const spans = [{ from: 0, to: 5 }, { from: 10, to: 41 }, { from: 44, to: 46 }, { from: 46.01, to: 48 }, { from: 50, to: 50.02 }, { from: 59, to: 90 }]
  expect(track.idleHatches(spans, ZOOMED)).toEqual([
    { x: 0, width: 50 },
    { x: 200, width: 200 },
    { x: 950, width: 50 },
  ])
})

test('marks in one place are one mark that counts them', () => {
  const moments = [0, 39, 40, 45, 45.001, 45.002, 60, 61]
  expect(track.trackMarks(moments, ZOOMED)).toEqual([
    { x: 0, index: 2, count: 1 },
    { x: 250, index: 3, count: 3 },
    { x: 999, index: 6, count: 1 },
  ])
})

test('the nearest mark within reach is the one under the pointer', () => {
  const marks = track.trackMarks([10, 20], WHOLE)
  expect(track.markNear(marks, 148, 60)?.index).toBe(0)
  expect(track.markNear(marks, 152, 60)?.index).toBe(1)
  expect(track.markNear(marks, 150, 40)).toBeNull()
})

test('zooming keeps the moment under the pointer in its place, within the recording', () => {
  const zoomed = track.zoomed(WHOLE.window, { factor: 0.5, around: 30, duration: 100 })
  expect(zoomed).toEqual({ from: 15, to: 65 })
  expect(track.zoomed(zoomed, { factor: 100, around: 30, duration: 100 })).toEqual({ from: 0, to: 100 })
  expect(track.zoomed(WHOLE.window, { factor: 0.5, around: 100, duration: 100 })).toEqual({ from: 50, to: 100 })
  expect(track.zoomed(WHOLE.window, { factor: 0, around: 50, duration: 100 })).toEqual({ from: 49.5, to: 50.5 })
  expect(track.zoomed({ from: 0, to: 0.2 }, { factor: 0.5, around: 0.1, duration: 0.2 })).toEqual({ from: 0, to: 0.2 })
})

test('the window moves, and turns its page after the moment that plays', () => {
  expect(track.panned({ from: 40, to: 60 }, 10, 100)).toEqual({ from: 50, to: 70 })
  expect(track.panned({ from: 40, to: 60 }, 1000, 100)).toEqual({ from: 80, to: 100 })
  expect(track.panned({ from: 40, to: 60 }, -1000, 100)).toEqual({ from: 0, to: 20 })
  const shown = { from: 40, to: 60 }
  expect(track.followed(shown, 50, 100)).toBe(shown)
  expect(track.followed(shown, 61, 100)).toEqual({ from: 60, to: 80 })
  expect(track.followed(shown, 39, 100)).toEqual({ from: 20, to: 40 })
})

test.each([
  [{ key: 'ArrowRight' }, { by: 5 }],
  [{ key: 'ArrowLeft' }, { by: -5 }],
  [{ key: 'ArrowLeft', shiftKey: true }, { by: -30 }],
  [{ key: 'ArrowRight', ctrlKey: true }, { by: 20 }],
  [{ key: 'ArrowRight', altKey: true, shiftKey: true }, { by: 20 }],
  [{ key: 'ArrowRight', metaKey: true }, undefined],
  [{ key: 'PageDown' }, { by: 20 }],
  [{ key: 'PageUp' }, { by: -20 }],
  [{ key: 'Home' }, { to: 0 }],
  [{ key: 'End' }, { to: 200 }],
  [{ key: '3' }, { to: 60 }],
  [{ key: '0' }, { to: 0 }],
  [{ key: '3', ctrlKey: true }, undefined],
  [{ key: 'a' }, undefined],
  [{ key: 'toString' }, undefined],
])('%j', (pressed, move) => {
  expect(track.moveOfKey({ ...KEY, ...pressed }, 200)).toEqual(move)
})

test('played time counts every pause as half a second, evenly', () => {
  const spans = [{ from: 10, to: 70 }, { from: 80, to: 81.5 }, { from: 100, to: 105 }]
  expect(track.playedTime(5, spans)).toBe(5)
  expect(track.playedTime(40, spans)).toBeCloseTo(10.25)
  expect(track.playedTime(70, spans)).toBeCloseTo(10.5)
  expect(track.playedTime(90, spans)).toBeCloseTo(30.5)
  expect(track.playedTime(200, spans)).toBeCloseTo(136)
})
