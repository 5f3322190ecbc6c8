import { describe, expect, it } from 'vitest'
import type { RecordingRow } from '../../../src/contract'
import type { CoverageRange, CoverageState, StreamFacts } from '../../../src/domain'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'
import { driftQuery } from '../../../src/renderer/sources/connection-query'
import { rangeSentence } from '../../../src/renderer/sources/range-words'
import { countRecordings, countWords, groupWords, listNotes, streamGroups, streamViews, troublesOf } from '../../../src/renderer/sources/stream-views'
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

const A_RECORDING: RecordingRow = {
  id: '',
  connection: '',
  isHeld: true,
  format: null,
  sha256: null,
  files: [],
  size: null,
  cols: null,
  rows: null,
  start: null,
  startPrecision: 's',
  durationMs: null,
  title: null,
  command: null,
  session: null,
  user: null,
  machine: null,
  place: '',
  fetchedAt: null,
}

describe('lists of a server', () => {
  const machines = ['a', 'b', 'c', 'd', 'e'].map((name) => facts(`logs/${name}`, `logs · ${name}`))
  const all = [facts('audit', 'audit', { serverTotal: 412_086 }), ...machines]
  const ledger = [range('audit', 'complete', 412_086), range('logs/d', 'partial', 3), range('logs/e', 'unknown')]

  it('are folded by list where there are many, those with holes first', () => {
    const views = streamViews(server('work', {}, all), ledger)
    const groups = streamGroups(views, troublesOf(views))
    expect(groups.map(({ list, isMany }) => [list, isMany])).toEqual([
      ['audit', false],
      ['logs', true],
    ])
    expect(groups[1]?.views.map(({ label }) => label.at(-1))).toEqual(['d', 'e', 'a', 'b', 'c'])
    const quiet = streamGroups(views, new Map())
    expect(quiet[1]?.views.map(({ label }) => label.at(-1))).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('say what is held, of how many, or why there is nothing', () => {
    const words = (more: Partial<StreamFacts>, held = 0) => {
      const [view] = streamViews(server('work', {}, [facts('x', 'x', more)]), held > 0 ? [range('x', 'complete', held)] : [])
      return view && countWords(view)
    }
    expect(words({ serverTotal: 412_086 }, 412_086)).toBe('412,086 of 412,086')
    expect(words({}, 201_442)).toBe('201,442')
    expect(words({ serverTotal: 187_370 }, 187_459)).toBe('187,459')
    expect(words({ serverTotal: 90 })).toBe('not asked')
    expect(words({ status: 'throttled' })).toBe('throttled')
    expect(words({ status: 'not-visible', fault: { code: 'forbidden', message: 'no' } })).toBe('403 not visible')
    expect(words({ status: 'not-offered' })).toBe('not offered')
    expect(words({ status: 'failed' }, 5)).toBe('5 · failed')
  })

  it('of recordings say how many of those listed are here', () => {
    const row = (id: string, isHeld: boolean, connection = 'work') => ({ ...A_RECORDING, id, isHeld, connection })
    const rows = [row('webxterm:acme:recordings/a:1', true), row('webxterm:acme:recordings/a:2', false), row('webxterm:acme:recordings/b:3', false, 'home')]
    const counts = countRecordings([...rows, row('sha256:00', true)], 'work')
    expect(counts).toEqual(new Map([['recordings/a', { held: 1, listed: 2 }], ['', { held: 1, listed: 1 }]]))
    const streams = [facts('recordings/a', 'recordings · a'), facts('audit', 'audit', { serverTotal: 7 })]
    const ledger = [range('recordings/a', 'complete'), range('audit', 'complete', 7)]
    expect(streamViews(server('work', {}, streams), ledger, counts).map(countWords)).toEqual(['1 of 2', '7 of 7'])
  })

  it('are summed for all machines, and 0 is said only of what was asked for', () => {
    const words = (streams: StreamFacts[], held: CoverageRange[] = []) => groupWords(streamViews(server('work', {}, streams), held))
    const counted = [facts('logs/a', 'logs · a', { serverTotal: 9 }), facts('logs/b', 'logs · b', { serverTotal: 4 })]
    const hidden = facts('logs/c', 'logs · c', { status: 'not-visible' })
    const read = [range('logs/a', 'complete', 9), range('logs/b', 'complete', 3)]
    expect(words([...counted, hidden], read)).toBe('12 of 13')
    expect(words([...counted, facts('logs/d', 'logs · d')], read)).toBe('12')
    expect(words(counted)).toBe('not asked')
    expect(words(counted, [range('logs/a', 'complete'), range('logs/b', 'complete')])).toBe('0 of 13')
    expect(words([hidden])).toBe('not visible')
  })

  it('tell once what many of them leave out', () => {
    const streams = [facts('a', 'logs · a', { note: 'x' }), facts('b', 'logs · b', { note: 'x' }), facts('c', 'logs · c')]
    expect(listNotes(streamViews(server('work', {}, streams), []))).toEqual([{ note: 'x', count: 2 }])
  })

  it('are never complete where the ledger is silent', () => {
    const [audit, logs] = streamViews(server('work', {}, [facts('a', 'a'), facts('b', 'b', { status: 'not-visible' })]), [])
    expect([audit?.silent, logs?.silent]).toEqual(['not-asked', 'not-visible'])
  })
})

describe('a range in words', () => {
  const piece = { from: Date.UTC(2026, 1, 6, 2, 51), to: Date.UTC(2026, 1, 6, 3, 7), start: 0.5, held: 100 }
  const listed = { origin: 'server', isCounted: false } as const

  it('says what is not proven, and why', () => {
    const note = 'the server returns only the last 100'
    expect(rangeSentence({ ...piece, state: 'unknown', note }, listed, zone)).toBe(
      'Between 6 Feb 2026 02:51 and 03:07 UTC nothing proves what happened. The server returns only the last 100.',
    )
    expect(rangeSentence({ ...piece, state: 'partial', serverTotal: 1204 }, listed, zone)).toContain('100 of the 1,204 records')
  })

  it('calls complete only what a count agrees with', () => {
    expect(rangeSentence({ ...piece, state: 'complete' }, { ...listed, isCounted: true }, zone)).toContain('its own count agrees')
    expect(rangeSentence({ ...piece, state: 'complete' }, listed, zone)).toContain('no count of its own')
  })
})

it('names no beginning where a bar begins before the oldest record', () => {
  const piece = { from: 0, to: Date.UTC(2026, 1, 6, 3, 7), start: 0, held: 0, state: 'not-asked' } as const
  expect(rangeSentence(piece, { origin: 'server', isCounted: true }, zone)).toBe(
    'Up to 6 Feb 2026 03:07 UTC this list has not been asked for.',
  )
})

it('leads to what later syncs found', () => {
  expect(driftQuery('my server', 'late')).toBe('is:late connection:"my server"')
  expect(parseQuery(driftQuery('a "b" \\c', 'vanished'))).toHaveProperty('query')
})
