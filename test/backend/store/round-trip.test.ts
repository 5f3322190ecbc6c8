import { describe, expect, test } from 'vitest'
import type { IncomingRecord } from '../../../src/backend/store'
import type { AuditEvent } from '../../../src/domain'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, ALL, keys, record, reopened, writable } from './a-store'
import { randomRecord } from './random-records'

const FULL: Omit<AuditEvent, 'key'> = {
  time: Date.UTC(2026, 1, 6, 2, 58, 41, 207),
  sequence: 4_000_000_000,
  timePrecision: 'us',
  zoneAssumed: true,
  category: 'approval',
  action: 'grant',
  actionRaw: 'GRANT ROLE',
  outcome: 'unknown',
  outcomeBasis: 'assumed',
  reason: 'pending',
  severity: 'critical',
  severityBasis: 'reported',
  actor: { id: 'u-1', name: 'Ada', email: 'ada@example.org', kind: 'agent' },
  onBehalf: 'root',
  target: { kind: 'db', id: 't-1', name: 'orders' },
  machine: { kind: 'host', id: 'm-1', name: 'web-1' },
  session: 's-1',
  approval: 'a-1',
  ip: '2001:db8::1',
  userAgent: 'curl/8',
  client: 'Web Terminal',
  tenant: 'acme',
  project: 'p-1',
  command: 'rm -rf /',
  exitCode: -1,
  output: 'ref:1',
  durationMs: 0.5,
  authMethod: 'publickey',
  mfa: 'totp',
  file: { name: 'dump.sql', size: 2 ** 52, direction: 'down' },
  decision: 'granted',
  approver: 'Bob',
  justification: 'because',
  scope: 'all',
  changes: [{ field: 'role', old: 'user', new: 'admin', oldFull: 'o', newFull: 'n' }, { field: 'empty', old: '' }],
  repeat: 7,
  companion: true,
  links: [{ key: 'sshd:web-1:auth:x', relation: 'same' }, { key: 'k', relation: 'revision' }],
  attributes: { 'a.b.c': 'dotted', '': 'no name', 'größe 😀': '', '$bytes': '[1,2]' },
}

/** What is held after the append, and again after a restart. */
async function heldOf(incoming: IncomingRecord[]) {
  const folder = tempFolder()
  const store = await writable(folder)
  add(store, incoming)
  const before = store.records(ALL, 0, incoming.length)
  const after = (await reopened(store, folder)).records(ALL, 0, incoming.length)
  return [before, after]
}

/** Both ways in which texts are kept: a list of few values, and one text for each row. */
function inBothForms(make: (id: string) => IncomingRecord): IncomingRecord[] {
  const one = make('tested')
  const filler = Array.from({ length: 200 }, (_, i) => {
    const texts = { command: `c${i}`, session: `s${i}`, reason: `r${i}`, attributes: { message: `m${i}`, ...(i % 2 ? { every: `e${i}` } : {}) } }
    return record(`filler-${i}`, { time: one.event.time + 1 + i, ...texts })
  })
  return [one, ...filler]
}

async function expectHeld(one: IncomingRecord): Promise<void> {
  for (const incoming of [[one], inBothForms(() => one)]) {
    for (const held of await heldOf(incoming)) {
      const { key, ...bare } = held[0]?.event ?? { key: '' }
      expect(bare).toStrictEqual(one.event)
      expect(key).toBe(`sshd:${one.instance}:${one.stream}:${one.id}`)
      expect(Buffer.from(held[0]?.raw ?? []).equals(Buffer.from(one.raw))).toBe(true)
      expect(held[0]?.offset).toBe(one.offset)
    }
  }
}

describe('a record comes back as it went in', () => {
  test('with every field there is', () => expectHeld({ ...record('full', FULL), offset: 2 ** 40 }))

  test('with no field that can be absent', () => expectHeld(record('bare')))

  test.each([-1, 0, 8_640_000_000_000_000, -62_135_596_800_000])('at the time %i', (time) => expectHeld(record('time', { time })))

  test.each([
    ['empty', ''],
    ['of control characters', '\0\x01\x1b[31m\x7f\r\n\t'],
    ['of bidi overrides and marks', '\u202egnp.exe\u2066\u200f\ufeff'],
    ['with a replacement character', 'a\ufffdb'],
    ['of lone surrogates', 'a\ud800b\udc00'],
    ['a lone surrogate', '\udfff'],
    ['of pairs', '😀🏴'],
    ['that looks like a tag for none', '\xff'],
    ['as long as a megabyte', 'x'.repeat(1_000_000)],
    ['long and not ASCII', 'ü😀'.repeat(200_000)],
  ])('with texts %s', async (_name, text) => {
    const attributes = { message: text, [text.slice(0, 50)]: 'named so', every: text }
    await expectHeld(record('text', { command: text, session: text, reason: text, actor: { name: text }, attributes }))
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a:b', 'c:command', 'id'])('with an attribute named %s', async (name) => {
    const attributes: Record<string, string> = {}
    Object.defineProperty(attributes, name, { value: 'planted', enumerable: true, configurable: true, writable: true })
    await expectHeld(record('attribute', { attributes }))
  })

  test('with names, streams and ids of any text', async () => {
    const texts = ['', ':', 'a:b:c', '\0', '\ud800', 'ü', '😀', 'x'.repeat(5000), `${'ab'.repeat(32)}:3`, `${'AB'.repeat(32)}:3`, `${'ab'.repeat(32)}:03`]
    for (const text of texts) await expectHeld({ ...record(text), instance: text, stream: text })
  })

  test.each([
    ['empty', new Uint8Array()],
    ['NUL', Buffer.from('a\0b\0')],
    ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x80, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xf8])],
    ['escapes', Buffer.from('\x1b]0;title\x07\x1b[2J')],
    ['bidi', Buffer.from('\u202e\u2066evil')],
    ['a byte order mark', Buffer.from('\ufeffx')],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
    ['a megabyte', new Random(1).bytes(1_048_576)],
  ])('with bytes that are %s', async (_name, raw) => {
    await expectHeld({ ...record('raw'), raw })
    // Texts that stand at the end of the bytes, as messages of a log do.
    const text = Buffer.from(raw).toString('utf8').slice(-300)
    const latin1 = Buffer.from(raw).toString('latin1').slice(-300)
    await expectHeld({ ...record('raw', { command: latin1, attributes: { message: text } }), raw })
  })

  test('among thousands of random ones', async () => {
    const random = new Random(4)
    const incoming = Array.from({ length: 3000 }, (_, i) => randomRecord(random, `r${i}`))
    const folder = tempFolder()
    let store = await writable(folder)
    for (let at = 0; at < incoming.length; at += 700) add(store, incoming.slice(at, at + 700))
    for (const restart of [false, true]) {
      if (restart) store = await reopened(store, folder)
      for (const one of incoming) {
        const key = `sshd:${one.instance}:${one.stream}:${one.id}`
        const held = store.find(key)
        expect(held?.event).toStrictEqual({ ...one.event, key })
        expect(Buffer.from(held?.raw ?? []).equals(Buffer.from(one.raw))).toBe(true)
        expect(held?.offset).toBe(one.offset)
      }
    }
  })

  test('with the bytes it had when it was appended, whatever becomes of the memory', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const raw = Buffer.from('as it was')
    add(store, [{ ...record('one'), raw }])
    raw.fill(0)
    expect(Buffer.from(store.records(ALL, 0, 1)[0]?.raw ?? []).toString()).toBe('as it was')
    expect(Buffer.from((await reopened(store, folder)).records(ALL, 0, 1)[0]?.raw ?? []).toString()).toBe('as it was')
  })
})

test('provenance comes back with each record', async () => {
  const folder = tempFolder()
  const store = await writable(folder)
  const provenance = { origin: 'request' as const, place: 'GET https://example.org/api?q=ü', fetchedAt: 5, size: 1, mtime: 1.5, sha256: 'ab', date: 'Fri, 06 Feb', status: 206 }
  store.append([record('one')], provenance, { connection: 'server', kind: 'api' })
  const again = await reopened(store, folder)
  expect(again.records(ALL, 0, 1)[0]).toMatchObject({ provenance, origin: { connection: 'server', kind: 'api', stream: 'auth' } })
  expect(again.connections()).toMatchObject([{ name: 'server', origin: 'server' }])
  expect(keys(again)).toEqual(['api:web-1:auth:one'])
})

test('links are found from their other end', async () => {
  const folder = tempFolder()
  const store = await writable(folder)
  const target = 'sshd:web-1:auth:target'
  add(store, [record('target'), record('a', { links: [{ key: target, relation: 'same' }] })])
  add(store, [record('b', { links: [{ key: 'elsewhere', relation: 'same' }, { key: target, relation: 'companion' }] })])
  const expected = [{ key: 'sshd:web-1:auth:a', relation: 'same' }, { key: 'sshd:web-1:auth:b', relation: 'companion' }]
  expect(store.linkedFrom(target)).toEqual(expected)
  expect((await reopened(store, folder)).linkedFrom(target)).toEqual(expected)
})
