import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../../src/backend/report'
import { hostileRecords } from './hostile-events'

// Fields of the Elastic Common Schema, with their types, as its field list has them (github.com/elastic/ecs,
// generated/csv/fields.csv), and the values that its categories and types may have. `labels.*` are keywords of one's own.

const FIELDS: Record<string, 'date' | 'keyword' | 'long' | 'ip' | 'text' | 'keywords' | 'ips'> = {
  '@timestamp': 'date',
  message: 'text',
  tags: 'keywords',
  'agent.name': 'keyword',
  'agent.type': 'keyword',
  'agent.version': 'keyword',
  'cloud.project.id': 'keyword',
  'ecs.version': 'keyword',
  'event.action': 'keyword',
  'event.category': 'keywords',
  'event.code': 'keyword',
  'event.dataset': 'keyword',
  'event.duration': 'long',
  'event.hash': 'keyword',
  'event.id': 'keyword',
  'event.ingested': 'date',
  'event.kind': 'keyword',
  'event.module': 'keyword',
  'event.original': 'keyword',
  'event.outcome': 'keyword',
  'event.provider': 'keyword',
  'event.reason': 'keyword',
  'event.sequence': 'long',
  'event.severity': 'long',
  'event.type': 'keywords',
  'file.name': 'keyword',
  'file.size': 'long',
  'host.hostname': 'keyword',
  'host.id': 'keyword',
  'host.name': 'keyword',
  'organization.id': 'keyword',
  'process.command_line': 'keyword',
  'process.exit_code': 'long',
  'related.hosts': 'keywords',
  'related.ip': 'ips',
  'related.user': 'keywords',
  'source.address': 'keyword',
  'source.domain': 'keyword',
  'source.ip': 'ip',
  'user.effective.name': 'keyword',
  'user.email': 'keyword',
  'user.id': 'keyword',
  'user.name': 'keyword',
  'user.target.id': 'keyword',
  'user.target.name': 'keyword',
  'user_agent.original': 'keyword',
}

/** Types that ECS expects with each category. */
const TYPES: Record<string, string[]> = {
  api: ['access', 'admin', 'allowed', 'change', 'creation', 'deletion', 'denied', 'end', 'info', 'start', 'user'],
  authentication: ['start', 'end', 'info'],
  configuration: ['access', 'change', 'creation', 'deletion', 'info'],
  file: ['access', 'change', 'creation', 'deletion', 'info'],
  host: ['access', 'change', 'end', 'info', 'start'],
  iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
  network: ['access', 'allowed', 'connection', 'denied', 'end', 'info', 'protocol', 'start'],
  process: ['access', 'change', 'end', 'info', 'start'],
  session: ['start', 'end', 'info'],
}

const FITS: Record<(typeof FIELDS)[string], (value: unknown) => boolean> = {
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  keyword: (value) => typeof value === 'string',
  text: (value) => typeof value === 'string',
  long: (value) => Number.isSafeInteger(value),
  ip: (value) => value === '10.0.0.1' || value === '2001:db8::1',
  keywords: (value) => Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'),
  ips: (value) => Array.isArray(value) && value.length > 0 && value.every(isAddress),
}

function isAddress(value: unknown): boolean {
  return FITS.ip(value)
}

function* flat(value: object, path = ''): Generator<[string, unknown]> {
  for (const [name, held] of Object.entries(value) as [string, unknown][]) {
    const at = path === '' ? name : `${path}.${name}`
    if (typeof held === 'object' && held !== null && !Array.isArray(held)) yield* flat(held, at)
    else yield [at, held]
  }
}

async function written() {
  const records = await hostileRecords()
  return records.map((record) => ({ record, read: JSON.parse(FORMATS.ecs.line(record, { version: '1.2.3' })) as { event: { category: string[]; type: string[] } } }))
}

describe('ECS 9', () => {
  test('has fields of the list alone, each of its type', async () => {
    const seen = new Set<string>()
    for (const { read } of await written()) {
      for (const [path, value] of flat(read)) {
        if (path.startsWith('labels.')) {
          expect([path, typeof value]).toEqual([expect.stringMatching(/^labels\.\w+$/), 'string'])
          continue
        }
        seen.add(path)
        const type = FIELDS[path]
        expect(type, path).toBeDefined()
        if (type) expect([path, value, FITS[type](value)]).toEqual([path, value, true])
      }
    }
    expect(Object.keys(FIELDS).filter((field) => !seen.has(field) && field !== 'tags')).toEqual([])
  })

  test('has types that go with their category', async () => {
    for (const { read, record } of await written()) {
      const [category = ''] = read.event.category
      const stray = read.event.type.filter((type) => !TYPES[category]?.includes(type))
      expect([record.event.category, record.event.action, category, stray]).toEqual([record.event.category, record.event.action, category, []])
    }
  })

  test('says who, whence and what', async () => {
    for (const { read, record } of await written()) {
      const { event } = record
      expect(read).toMatchObject({ '@timestamp': '2026-02-06T12:00:00.000Z', ecs: { version: '9.0.0' }, event: { kind: 'event', id: event.key, outcome: event.outcome, original: Buffer.from(record.raw).toString() } })
      if (event.durationMs !== undefined) expect(read).toMatchObject({ event: { duration: event.durationMs * 1e6 } })
      if (event.command !== undefined) expect(read).toMatchObject({ process: { command_line: event.command } })
      if (event.ip === 'a.example') expect(read).toMatchObject({ source: { address: 'a.example', domain: 'a.example' } })
    }
  })
})
