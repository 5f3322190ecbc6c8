import { EcsFlat, EcsVersion } from '@elastic/ecs'
import { isIP } from 'node:net'
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../../src/backend/report'
import type { StoredRecord } from '../../../src/backend/store'
import { hostileRecords } from './hostile-events'

// The field list is Elastic's own, of every field with its type, the values it may have and whether it is an array.

type Allowed = { name: string; expected_event_types?: readonly string[] }
type Field = { type: string; normalize: readonly string[]; required?: boolean; allowed_values?: readonly Allowed[] }
const LIST: Readonly<Record<string, Field | undefined>> = EcsFlat

/** Every field that is written, in one record or another. */
const WRITTEN = [
  '@timestamp', 'agent.name', 'agent.type', 'agent.version', 'cloud.project.id', 'ecs.version', 'event.action',
  'event.category', 'event.code', 'event.dataset', 'event.duration', 'event.hash', 'event.id', 'event.ingested',
  'event.kind', 'event.module', 'event.original', 'event.outcome', 'event.provider', 'event.reason', 'event.sequence',
  'event.severity', 'event.type', 'file.name', 'file.size', 'host.hostname', 'host.id', 'host.name', 'labels',
  'message', 'organization.id', 'process.command_line', 'process.exit_code', 'related.hosts', 'related.ip',
  'related.user', 'source.address', 'source.domain', 'source.ip', 'tags', 'user.effective.name', 'user.email',
  'user.id', 'user.name', 'user.target.id', 'user.target.name', 'user_agent.original',
]

const isText = (value: unknown): boolean => typeof value === 'string'
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a value of each type is; a field of a type that is not here is a fault. The one object is `labels`. */
const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  keyword: isText,
  wildcard: isText,
  match_only_text: isText,
  long: Number.isSafeInteger,
  ip: (value) => typeof value === 'string' && isIP(value) !== 0 && !value.includes('%'),
  object: (value) => isObject(value) && Object.entries(value).every(([name, held]) => /^\w+$/.test(name) && isText(held)),
}

/** Fields by the paths of the list; below a field there are none. */
function* fieldsOf(value: Record<string, unknown>, path = ''): Generator<[string, unknown]> {
  for (const [name, held] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`
    if (isObject(held) && !LIST[at]) yield* fieldsOf(held, at)
    else yield [at, held]
  }
}

function faultsOf(path: string, value: unknown): string[] {
  const field = LIST[path]
  if (!field) return [`${path} is not in the list`]
  const isArray = field.normalize.includes('array')
  if (Array.isArray(value) !== isArray) return [`${path} is ${isArray ? 'no' : 'an'} array`]
  const values: unknown[] = Array.isArray(value) ? value : [value]
  if (values.length === 0) return [`${path} is empty`]
  const faults = values.filter((one) => !FITS[field.type]?.(one)).map((one) => `${path} is no ${field.type}: ${JSON.stringify(one)}`)
  const allowed = field.allowed_values?.map(({ name }) => name)
  if (allowed) faults.push(...values.filter((one) => !allowed.includes(String(one))).map((one) => `${path} may not be ${String(one)}`))
  return faults
}

/** What the list does not expect together. */
function strayTypes({ category, type }: { category: string[]; type: string[] }): string[] {
  const expected = new Set(LIST['event.category']?.allowed_values?.filter(({ name }) => category.includes(name)).flatMap(({ expected_event_types = [] }) => expected_event_types))
  return type.filter((one) => !expected.has(one))
}

type Read = Record<string, unknown> & { event: { category: string[]; type: string[] } }
const write = (record: StoredRecord) => JSON.parse(FORMATS.ecs.line(record, { version: '1.2.3' })) as Read
const written = (await hostileRecords()).map((held, i) => {
  const record = { ...held, event: { ...held.event, ...(i % 9 === 0 && { companion: true, ip: 'fe80::1%eth0' }) } }
  return { record, read: write(record) }
})

describe(`ECS ${EcsVersion}`, () => {
  test('has fields of the list alone, each of its type, and all that the list requires', () => {
    const seen = new Set<string>()
    const required = Object.entries(LIST).flatMap(([path, field]) => (field?.required ? [path] : []))
    for (const { read } of written) {
      const fields = [...fieldsOf(read)]
      expect(fields.flatMap(([path, value]) => faultsOf(path, value))).toEqual([])
      const paths = fields.map(([path]) => path)
      expect(required.filter((path) => !paths.includes(path))).toEqual([])
      for (const path of paths) seen.add(path)
    }
    expect(required).toContain('ecs.version')
    expect([...seen].toSorted()).toEqual(WRITTEN)
  })

  test('has types that go with their category', () => {
    for (const { read, record } of written) {
      const { category, action } = record.event
      expect([category, action, read.event.category.length, strayTypes(read.event)]).toEqual([category, action, 1, []])
    }
  })

  test.each([
    [{ process: { exit_code: '0' } }, 'process.exit_code is no long: "0"'],
    [{ host: { ip: '10.0.0.1' } }, 'host.ip is no array'],
    [{ user: { name: ['a'] } }, 'user.name is an array'],
    [{ source: { ip: 'fe80::1%eth0' } }, 'source.ip is no ip: "fe80::1%eth0"'],
    [{ event: { kind: 'audit' } }, 'event.kind may not be audit'],
    [{ labels: { 'a.b': 'c' } }, 'labels is no object: {"a.b":"c"}'],
    [{ session: { id: 'x' } }, 'session.id is not in the list'],
  ])('would not pass %j', (read, fault) => {
    expect([...fieldsOf(read)].flatMap(([path, value]) => faultsOf(path, value))).toEqual([fault])
  })

  test('would not pass a type that its category does not expect', () => {
    expect(strayTypes({ category: ['session'], type: ['start', 'change'] })).toEqual(['change'])
  })

  test('says who, whence and what', () => {
    for (const { read, record } of written) {
      const { event } = record
      expect(read).toMatchObject({ '@timestamp': '2026-02-06T12:00:00.000Z', ecs: { version: EcsVersion }, event: { kind: 'event', id: event.key, outcome: event.outcome, original: Buffer.from(record.raw).toString() } })
      if (event.durationMs !== undefined) expect(read).toMatchObject({ event: { duration: event.durationMs * 1e6 } })
      if (event.command !== undefined) expect(read).toMatchObject({ process: { command_line: event.command } })
      if (event.ip === 'a.example') expect(read).toMatchObject({ source: { address: 'a.example', domain: 'a.example' } })
      if (event.ip === 'fe80::1%eth0') expect(read).toMatchObject({ source: { address: 'fe80::1%eth0', ip: 'fe80::1' }, related: { ip: ['fe80::1'] } })
    }
  })
})
