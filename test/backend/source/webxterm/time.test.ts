import { expect, it } from 'vitest'
import { readWhen } from '../../../../src/backend/source/webxterm/time'

const AT = Date.UTC(2026, 2, 2, 8, 14, 9)

it.each([
  ['2026-03-02T08:14:09Z', AT, 0, 's'],
  ['2026-03-02T08:14:09.4Z', AT + 400, 0, 'ms'],
  ['2026-03-02T08:14:09.412Z', AT + 412, 0, 'ms'],
  ['2026-03-02T08:14:09.4129Z', AT + 412, 900, 'us'],
  ['2026-03-02T08:14:09.412987Z', AT + 412, 987, 'us'],
  ['2026-03-02T08:14:09.412987654Z', AT + 412, 987, 'us'],
  ['2026-03-02T08:14:09.999999999Z', AT + 999, 999, 'us'],
  ['2026-03-02T10:14:09+02:00', AT, 0, 's'],
  ['2026-03-02T10:14:09+0200', AT, 0, 's'],
  ['2026-03-02T10:14:09+02', AT, 0, 's'],
  ['2026-03-02T02:44:09.5-05:30', AT + 500, 0, 'ms'],
  ['2026-03-02t08:14:09z', AT, 0, 's'],
  ['2026-03-02 08:14:09.412 +0000 UTC', AT + 412, 0, 'ms'],
  ['2026-03-02 09:14:09 +0100 CET', AT, 0, 's'],
  ['2026/03/02 16:14:09 +0800', AT, 0, 's'],
  ['2026-03-02T08:14Z', AT - 9000, 0, 's'],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29), 0, 's'],
])('%s', (...[written, time, sequence, timePrecision]) => {
  expect(readWhen(written)).toEqual({ time, sequence, timePrecision })
})

it('takes UTC where no zone is named, and says so', () => {
  expect(readWhen('2026-03-02T08:14:09.412')).toEqual({ time: AT + 412, sequence: 0, timePrecision: 'ms', zoneAssumed: true })
  expect(readWhen('2026-03-02 08:14:09')).toMatchObject({ time: AT, zoneAssumed: true })
})

it.each([
  '',
  'yesterday',
  '0001-01-01T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:61Z',
  '2026-01-01T00:00:00+25:00',
  '2026-01-01',
  '1772439249',
  ' 2026-01-01T00:00:00Z',
])('is no time: %s', (written) => {
  expect(readWhen(written)).toBeNull()
})
