import { expect, test } from 'vitest'
import { clockWords, momentWords, parseClock, wallClock } from '../../../src/renderer/replay/clock-words'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'

test.each([
  [0, '00:00'],
  [0.999, '00:00'],
  [59.9999999, '01:00'],
  [808, '13:28'],
  [3599.5, '59:59'],
  [3600, '1:00:00'],
  [36_061, '10:01:01'],
  [-5, '00:00'],
  [NaN, '00:00'],
])('%d s are %s', (seconds, words) => {
  expect(clockWords(seconds)).toBe(words)
})

test('a moment is written as long as the duration beside it', () => {
  expect(clockWords(808, 2128)).toBe('13:28')
  expect(clockWords(808, 7200)).toBe('0:13:28')
})

test.each([
  ['90', 90],
  ['1:30', 90],
  [' 1:02:03 ', 3723],
  ['0:00.25', 0.25],
  ['90:00', 5400],
  ['1:60', null],
  ['1:60:00', null],
  ['', null],
  ['-5', null],
  ['1e3', null],
  ['1:2:3:4', null],
])('%j is read as %s', (text, seconds) => {
  expect(parseClock(text)).toBe(seconds)
})

const start = Date.UTC(2026, 1, 6, 2, 55, 41)
const utc = zoneFormat('UTC')

test('the time of day follows the zone', () => {
  const head = { start, startPrecision: 'us' } as const
  expect(wallClock(head, 808.5, { zone: utc, finest: 's' })).toEqual({ date: '2026-02-06', time: '03:09:09' })
  const seoul = zoneFormat('Asia/Seoul')
  expect(wallClock(head, 0, { zone: seoul, finest: 's' })).toEqual({ date: '2026-02-06', time: '11:55:41' })
  expect(wallClock(head, 86_400, { zone: utc, finest: 's' })?.date).toBe('2026-02-07')
})

test('milliseconds are shown only where the recording knows them', () => {
  const options = { zone: utc, finest: 'ms' } as const
  expect(wallClock({ start, startPrecision: 'ms' }, 1.001, options)?.time).toBe('02:55:42.001')
  expect(wallClock({ start: start + 207, startPrecision: 'us' }, 1, options)?.time).toBe('02:55:42.207')
  expect(wallClock({ start, startPrecision: 's' }, 0.999, options)?.time).toBe('02:55:41')
})

test('a recording that does not say when it began has no time of day', () => {
  const options = { zone: utc, finest: 's' } as const
  expect(wallClock({ start: null, startPrecision: 's' }, 5, options)).toBeNull()
  expect(wallClock({ start, startPrecision: 's' }, Infinity, options)).toBeNull()
  expect(wallClock({ start, startPrecision: 's' }, 1e300, options)).toBeNull()
})

test('a moment of a short recording is told more finely, rounded down', () => {
  expect(momentWords(0.49, 5)).toBe('0.4 s')
  expect(momentWords(0.13, 0.5)).toBe('130 ms')
  expect(momentWords(9.3, 9.9)).toBe('9.3 s')
  expect(momentWords(0.49, 10)).toBe('00:00')
})
