import { expect, test } from 'vitest'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'
import { lastMonth, lastQuarter } from '../../../src/renderer/reports/calendar'

const zone = (name: string) => ({ ...zoneFormat(name), toggle: () => {} })
const span = (range: { from: number; to: number } | undefined) => range && [new Date(range.from).toISOString(), new Date(range.to).toISOString()]

test.each([
  ['2026-11-21T14:00:00Z', 'UTC', 'Quarter 3 of 2026', ['2026-07-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z']],
  ['2026-02-06T00:00:00Z', 'UTC', 'Quarter 4 of 2025', ['2025-10-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']],
  ['2026-03-31T23:30:00Z', 'Europe/Berlin', 'Quarter 1 of 2026', ['2025-12-31T23:00:00.000Z', '2026-03-31T22:00:00.000Z']],
])('the last quarter before %s in %s', (at, name, ...expected) => {
  const found = lastQuarter(Date.parse(at), zone(name))
  expect([found?.words, span(found?.range)]).toEqual(expected)
})

test.each([
  ['2026-01-15T00:00:00Z', 'UTC', 'Month 2025-12', ['2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']],
  ['2026-04-10T00:00:00Z', 'Europe/Berlin', 'Month 2026-03', ['2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z']],
])('the last month before %s in %s', (at, name, ...expected) => {
  const found = lastMonth(Date.parse(at), zone(name))
  expect([found?.words, span(found?.range)]).toEqual(expected)
})
