import { describe, expect, it } from 'vitest'
import type { CoverageRange, CoverageState, StreamFacts } from '../../../src/domain'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'
import { driftQuery } from '../../../src/renderer/sources/connection-query'
import { rangeSentence } from '../../../src/renderer/sources/range-words'
import { countWords, streamGroups, streamViews } from '../../../src/renderer/sources/stream-views'
import { parseQuery } from '../../../src/language'
import { server } from '../sync/jobs'

const DAY = 86_400_000
const zone = { ...zoneFormat('UTC'), toggle: () => {} }

const facts = (stream: string, label: string, more: Partial<StreamFacts> = {}): StreamFacts => {
  return { stream, label, status: 'ok', requests: 1, ...more }
}
const range = (stream: string, state: CoverageState, held = 0): CoverageRange => {
  return { connection: 'work', stream, from: DAY, to: 3 * DAY, state, held }
}

describe('lists of a server', () => {
  const machines = ['a', 'b', 'c', 'd', 'e'].map((name) => facts(`logs/${name}`, `logs · ${name}`))
  const all = [facts('audit', 'audit', { serverTotal: 412_086 }), ...machines]
  const ledger = [range('audit', 'complete', 412_086), range('logs/d', 'partial', 3), range('logs/e', 'unknown')]

  it('are folded by list where there are many, those with holes first', () => {
    const groups = streamGroups(streamViews(server('work', {}, all), ledger))
    expect(groups.map(({ list, isMany }) => [list, isMany])).toEqual([
      ['audit', false],
      ['logs', true],
    ])
    expect(groups[1]?.views.map(({ label }) => label.at(-1))).toEqual(['d', 'e', 'a', 'b', 'c'])
  })

  it('say what is held, of how many, or why there is nothing', () => {
    const words = (more: Partial<StreamFacts>, held = 0) => {
      const [view] = streamViews(server('work', {}, [facts('x', 'x', more)]), held > 0 ? [range('x', 'complete', held)] : [])
      return view && countWords(view)
    }
    expect(words({ serverTotal: 412_086 }, 412_086)).toBe('412,086 of 412,086')
    expect(words({}, 201_442)).toBe('201,442')
    expect(words({ status: 'not-visible', fault: { code: 'forbidden', message: 'no' } })).toBe('403 not visible')
    expect(words({ status: 'not-offered' })).toBe('not offered')
    expect(words({ status: 'failed' }, 5)).toBe('5 · failed')
  })

  it('are never complete where the ledger is silent', () => {
    const [audit, logs] = streamViews(server('work', {}, [facts('a', 'a'), facts('b', 'b', { status: 'not-visible' })]), [])
    expect([audit?.silent, logs?.silent]).toEqual(['not-asked', 'not-visible'])
  })
})

describe('a range in words', () => {
  const piece = { from: Date.UTC(2026, 1, 6, 2, 51), to: Date.UTC(2026, 1, 6, 3, 7), held: 100 }

  it('says what is not proven, and why', () => {
    const note = 'the server returns only the last 100'
    expect(rangeSentence({ ...piece, state: 'unknown', note }, 'server', zone)).toBe(
      'Between 6 Feb 2026 02:51 and 03:07 UTC nothing proves what happened. The server returns only the last 100.',
    )
    expect(rangeSentence({ ...piece, state: 'partial', serverTotal: 1204 }, 'server', zone)).toContain('100 of the 1,204 records')
  })

  it('calls complete only what a count agrees with', () => {
    expect(rangeSentence({ ...piece, state: 'complete', serverTotal: 100 }, 'server', zone)).toContain('its own count agrees')
    expect(rangeSentence({ ...piece, state: 'complete' }, 'server', zone)).toContain('no count of its own')
  })
})

it('leads to what later syncs found', () => {
  expect(driftQuery('my server', 'late')).toBe('is:late connection:"my server"')
  expect(parseQuery(driftQuery('a "b" \\c', 'vanished'))).toHaveProperty('query')
})
