import { expect, test } from 'vitest'
import type { TimelineRow } from '../../../src/contract'
import { companionWords, detailFacts, shortKey } from '../../../src/renderer/timeline/detail-facts'
import { hexLines } from '../../../src/renderer/timeline/raw-bytes'
import { isAboutCompanions, isFiltered, withFilter, withFlag, withoutFilter } from '../../../src/renderer/timeline/terms'
import { parseInZone, rangeWords } from '../../../src/renderer/shared/zone-clock'

const HOUR = 3_600_000
const clock = (offset: number, label: string) => ({
  label,
  format: (at: number, precision: 's' | 'ms' | 'min' | 'date' = 's') =>
    new Date(at + offset).toISOString().replace('T', ' ').slice(0, { date: 10, min: 16, s: 19, ms: 23 }[precision]),
})
const UTC = clock(0, 'UTC')
const EAST = clock(2 * HOUR, 'Europe/Helsinki')

test('a range is said as short as it can be', () => {
  const from = Date.UTC(2026, 1, 6, 2, 10)
  expect(rangeWords({ from, to: from + 90 * 60_000 }, UTC)).toBe('02:10 → 03:40 UTC · 6 Feb 2026')
  expect(rangeWords({ from, to: from + 1500 }, UTC)).toBe('02:10 → 02:10:01.500 UTC · 6 Feb 2026')
  expect(rangeWords({ from, to: from + 24 * HOUR }, EAST)).toBe('2026-02-06 04:10 → 2026-02-07 04:10 Europe/Helsinki')
})

test('a typed time is one of the zone on screen unless it names its own', () => {
  const noon = Date.UTC(2026, 1, 6, 12)
  expect(parseInZone('2026-02-06 12:00', UTC)).toBe(noon)
  expect(parseInZone('2026-02-06 14:00', EAST)).toBe(noon)
  expect(parseInZone('2026-02-06T12:00:00Z', EAST)).toBe(noon)
  expect(parseInZone('2026-02-06T13:00:00+01:00', EAST)).toBe(noon)
  expect(parseInZone('2026-02-06', EAST)).toBe(Date.UTC(2026, 1, 5, 22))
  expect(parseInZone('yesterday', UTC)).toBeNull()
})

test('a filter replaces its opposite and is there once', () => {
  const term = { field: 'user', value: 'akim' } as const
  expect(withFilter('', term, false)).toBe('user:akim')
  expect(withFilter('user:akim', term, false)).toBe('user:akim')
  expect(withFilter('action:login user:akim', term, true)).toBe('action:login -user:akim')
  expect(isFiltered('-user:akim', term, true)).toBe(true)
  expect(withoutFilter('action:login -user:akim', term, true)).toBe('action:login')
  expect(withFilter('', { field: 'user', value: null }, false)).toBe('-user:*')
  expect(withFlag('user:akim', 'companion')).toBe('user:akim is:companion')
  expect(isAboutCompanions('user:akim is:companion')).toBe(true)
  expect(isAboutCompanions('-is:companion')).toBe(true)
  expect(isAboutCompanions('user:companion')).toBe(false)
})

test('bytes show in hex with what is printable beside them', () => {
  expect(hexLines(new Uint8Array([0x4a, 0x61, 0x6e, 0x00, 0xff]))).toEqual([`00000000  4a 61 6e 00 ff${' '.repeat(9)}  Jan..`])
  expect(hexLines(new Uint8Array(17))).toHaveLength(3)
})

test('a key is cut to the part that tells events apart', () => {
  expect(shortKey('sshd:LabSZ:auth:0123456789abcdef0123:1')).toBe('0123456789ab…')
  expect(shortKey('webxterm:acme:audit:88213')).toBe('88213')
})

test('facts say what the record says and leave out what it does not', () => {
  const facts = detailFacts({
    event: {
      key: 'k', time: 0, sequence: 0, timePrecision: 's', category: 'authentication', action: 'login', actionRaw: 'Failed',
      outcome: 'failure', outcomeBasis: 'reported', severity: 'warning', severityBasis: 'derived', actor: { name: 'root' },
      ip: '203.0.113.4', repeat: 1, attributes: {},
    },
    origin: { connection: 'LabSZ', kind: 'sshd', stream: 'auth' },
    sentence: '', raw: new Uint8Array(), rawSha256: '',
    provenance: { origin: 'file', place: '/a', fetchedAt: 0, offset: 0, length: 0 },
    linked: [],
    revisions: [],
  })
  expect(facts.map((fact) => fact.label)).toEqual(['Actor', 'From', 'Action', 'Category', 'Source'])
  expect(facts[0]?.values[0]).toMatchObject({ text: 'root', term: { field: 'user', value: 'root' } })
})

test('why a record is not counted follows from what it is linked to', () => {
  const row: TimelineRow = {
    key: 'k', time: 0, timePrecision: 's', category: 'command', action: 'execute', outcome: 'success', severity: 'info', user: 'root',
    ip: null, connection: 'work', place: 'db-1', lead: 'ls', detail: '', repeat: 1, companion: false,
  }
  expect(companionWords({ linked: [{ relation: 'same', row }] })).toBe("the same command, counted in the machine's log")
  expect(companionWords({ linked: [{ relation: 'companion', row }] })).toMatch(/^a second line about an attempt/)
  expect(companionWords({ linked: [] })).toMatch(/^a second line/)
})
