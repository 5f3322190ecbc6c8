import { describe, expect, it } from 'vitest'
import { decisionWords, grantWords, latencyWords, spanWords, whenWords } from '../../../src/renderer/approvals/approval-words'
import { rangeOf } from '../../../src/renderer/approvals/use-look'
import { zoneFormat } from '../../../src/renderer/shared'
import { chainOf, DAY, HOUR, NOW } from './chains'

const UTC = zoneFormat('UTC')
const KOLKATA = zoneFormat('Asia/Kolkata')

describe('a range', () => {
  it('of days is told by its first and last day, in the zone', () => {
    expect(spanWords({ from: Date.UTC(2025, 10, 1), to: Date.UTC(2026, 1, 7) }, UTC)).toBe('1 Nov 2025 → 6 Feb 2026 UTC')
    expect(spanWords({ from: Date.UTC(2025, 9, 31, 20), to: Date.UTC(2026, 1, 7) }, KOLKATA)).toMatch(/^1 Nov 2025 → 7 Feb 2026 Asia/)
  })

  it('of hours is told with its clock', () => {
    expect(spanWords({ from: NOW, to: NOW + HOUR }, UTC)).toBe('12:00 → 13:00 UTC · 6 Feb 2026')
  })

  it('ends with the newest that is held, or is the pin, or all', () => {
    const held = { from: 0, to: NOW }
    const pin = { from: 5, to: 9 }
    expect(rangeOf('quarter', null, held)).toEqual({ from: NOW - 90 * DAY, to: NOW })
    expect(rangeOf('month', pin, held)).toEqual({ from: NOW - 30 * DAY, to: NOW })
    expect(rangeOf('pin', pin, held)).toBe(pin)
    expect([rangeOf('all', pin, held), rangeOf('quarter', null, null)]).toEqual([null, null])
  })
})

it('tells when a pattern was, no longer than it has to be', () => {
  expect(whenWords({ from: NOW, to: NOW }, UTC)).toBe('2026-02-06 12:00:00')
  expect(whenWords({ from: NOW, to: NOW + 2 * HOUR }, UTC)).toBe('2026-02-06 12:00 → 14:00')
  expect(whenWords({ from: NOW, to: NOW + 20_000 }, UTC)).toBe('2026-02-06 12:00')
  expect(whenWords({ from: NOW - 9 * DAY, to: NOW }, UTC)).toBe('28 Jan 2026 → 6 Feb 2026')
})

describe('a line from request to outcome', () => {
  it('tells who decided, and what took the place of a person', () => {
    expect(decisionWords(chainOf())).toBe('approved · mlee')
    const decision = chainOf().decision
    expect(decisionWords(chainOf({ decision: decision && { ...decision, outcome: 'rejected', approver: null } }))).toBe('rejected · unknown')
    expect(decisionWords(chainOf({ decision: decision && { ...decision, isRobot: true } }))).toBe('approved · mlee (automation)')
    expect(decisionWords(chainOf({ decision: null }))).toBeNull()
  })

  it('tells how long a grant was to last', () => {
    expect(grantWords(chainOf())).toBe('grant · 2 h')
    expect(grantWords(chainOf({ grant: { from: NOW, to: null, revoked: null } }))).toBe('grant · without an end')
    expect(grantWords(chainOf({ grant: { from: NOW, to: NOW + HOUR, revoked: { by: null, at: NOW + 1 } } }))).toBe('grant · 1 h, revoked')
    expect(grantWords(chainOf({ grant: null }))).toBeNull()
  })

  it('tells no time where none is known, and none below nothing', () => {
    expect([latencyWords(null), latencyWords(undefined), latencyWords(-5000), latencyWords(432_000)]).toEqual(['', '', '0 ms', '7 min 12 s'])
  })
})
