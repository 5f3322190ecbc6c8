import { describe, expect, test } from 'vitest'
import { clockIn, knownZone, settingZone, writtenOffset, zoneOffsets } from '../../src/domain'

const at = (text: string) => Date.parse(text)

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['Etc/GMT', 'UTC'],
  ['GMT', 'UTC'],
  ['Nowhere/Town', null],
  ['', null],
])('the zone %s is known as %s', (name, known) => {
  expect(knownZone(name)).toBe(known)
})

test('a setting that names no zone counts as UTC, and local is a zone', () => {
  expect(settingZone('Nowhere/Town')).toBe('UTC')
  expect(settingZone('Asia/Kolkata')).toBe(knownZone('Asia/Kolkata'))
  expect(knownZone(settingZone('local'))).toBe(settingZone('local'))
})

const CLOCKS: { zone: string; instant: string; clock: string; offset: string }[] = [
  { zone: 'UTC', instant: '2026-02-06T02:58:41.207Z', clock: '2026-02-06 02:58:41.207', offset: '+00:00' },
  { zone: 'Europe/Berlin', instant: '2026-02-06T02:58:41.207Z', clock: '2026-02-06 03:58:41.207', offset: '+01:00' },
  { zone: 'Europe/Berlin', instant: '2026-03-29T01:00:00.000Z', clock: '2026-03-29 03:00:00.000', offset: '+02:00' },
  { zone: 'America/St_Johns', instant: '2026-01-01T00:00:00.000Z', clock: '2025-12-31 20:30:00.000', offset: '-03:30' },
  { zone: 'Asia/Kathmandu', instant: '1969-12-31T23:59:59.999Z', clock: '1970-01-01 05:29:59.999', offset: '+05:30' },
  { zone: 'America/New_York', instant: '1883-01-01T00:00:00.000Z', clock: '1882-12-31 19:03:58.000', offset: '-04:56:02' },
]

describe.each(CLOCKS)('the clock of $zone at $instant', ({ zone, instant, clock, offset }) => {
  test('is written with how far it is ahead of UTC', () => {
    expect(clockIn(zone)(at(instant))).toBe(clock)
    expect(writtenOffset(clock, at(instant))).toBe(offset)
  })

  test('is as far ahead as it is written', () => {
    expect(at(instant) + zoneOffsets(zone)(at(instant))).toBe(at(`${clock.replace(' ', 'T')}Z`))
  })
})

test('a clock changes at its hour, on a day that is told by both its ends', () => {
  const offsetAt = zoneOffsets('Europe/Berlin')
  const change = at('2026-10-25T01:00:00Z')
  expect([offsetAt(change - 1), offsetAt(change)]).toEqual([7_200_000, 3_600_000])
})

test('a zone that is none has no clock', () => {
  expect(() => clockIn('Nowhere/Town')).toThrow(RangeError)
  expect(() => zoneOffsets('Nowhere/Town')).toThrow(RangeError)
})
