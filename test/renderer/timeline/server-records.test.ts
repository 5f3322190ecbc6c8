import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { EventPage } from '../../../src/contract'
import type { AuditEvent, CoverageRange, CoverageState } from '../../../src/domain'
import { coverageSegments } from '../../../src/renderer/shared/coverage'
import { checkPage } from '../../../src/renderer/timeline/check-page'
import { coverageLines, lineWords } from '../../../src/renderer/timeline/coverage-lines'
import { eventDiff } from '../../../src/renderer/timeline/event-diff'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('checking a page', () => {
  const raw = bytes('{"id":1}')
  const body = bytes('[{"id":1}]')
  const sha256 = createHash('sha256').update(body).digest('hex')
  const provenance = { origin: 'request', place: 'GET /x', fetchedAt: 0, offset: 1, length: raw.length } as const
  const page: EventPage = { bytes: body, sha256, receivedSha256: sha256, provenance }

  test('agrees where hash and place do', async () => {
    const check = await checkPage(page, raw)
    expect(check).toMatchObject({ agrees: true })
    expect(check.words).toHaveLength(1)
  })

  test('tells that secrets were replaced', async () => {
    const { agrees, words } = await checkPage({ ...page, receivedSha256: 'f'.repeat(64) }, raw)
    expect(agrees).toBe(true)
    expect(words[1]).toContain('Secrets in it were replaced')
  })

  test('disagrees with one changed byte, and with another record in its place', async () => {
    expect(await checkPage({ ...page, bytes: bytes('[{"id":2}]') }, raw)).toMatchObject({ agrees: false })
    expect(await checkPage(page, bytes('{"id":3}'))).toMatchObject({ agrees: false })
    expect(await checkPage(page, bytes('{"id":1}}'))).toMatchObject({ agrees: false })
  })
})

test('two states of a record differ field by field', () => {
  const before: AuditEvent = {
    key: 'k', time: 0, sequence: 0, timePrecision: 's', category: 'session', action: 'session_open', actionRaw: 'active',
    outcome: 'unknown', outcomeBasis: 'assumed', severity: 'info', severityBasis: 'derived', actor: { name: 'mira' },
    repeat: 1, attributes: { status: 'active' },
  }
  const after: AuditEvent = { ...before, sequence: 7, outcome: 'success', durationMs: 5, attributes: { status: 'closed' } }
  expect(eventDiff(before, after)).toEqual([
    { field: 'outcome', old: 'unknown', new: 'success' },
    { field: 'status', old: 'active', new: 'closed' },
    { field: 'durationMs', new: '5' },
  ])
  expect(eventDiff(before, before)).toEqual([])
})

describe('coverage of many lists', () => {
  const range = (stream: string, state: CoverageState, more: Partial<CoverageRange> = {}): CoverageRange => {
    return { connection: 'work', stream, from: 0, to: 10, state, held: 1, ...more }
  }
  const segmentOf = (ranges: CoverageRange[]) => coverageSegments(ranges, { from: 0, to: 10 })[0]

  test('what is never given is counted beside what is known of the rest', () => {
    const given = [range('audit', 'complete'), range('logs/a', 'not-visible'), range('recordings', 'not-offered')]
    expect(segmentOf(given)).toMatchObject({ state: 'complete', hidden: 2 })
    expect(segmentOf(given.slice(1))).toMatchObject({ state: 'not-visible', hidden: 2 })
    expect(segmentOf([...given, range('logs/b', 'unknown')])).toMatchObject({ state: 'unknown', hidden: 2 })
  })

  test('lists are told by state, worst first, and many are counted', () => {
    const machines = ['a', 'b', 'c', 'd', 'e'].map((name) => range(name, 'unknown', { note: 'only the last 100' }))
    const segment = segmentOf([range('audit', 'partial', { held: 2, serverTotal: 9 }), range('x', 'not-visible'), ...machines])
    const lines = segment ? coverageLines(segment, ({ stream }) => stream) : []
    expect(lines.map((line) => `${line.names}: ${lineWords(line)}`)).toEqual([
      'audit: partial, 2 of 9',
      'a, b, c and 2 more: unknown, 5',
      'x: not visible',
    ])
    expect(lines[1]?.note).toBe('only the last 100')
  })
})
