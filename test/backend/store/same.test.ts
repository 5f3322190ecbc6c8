import { describe, expect, test } from 'vitest'
import type { AuditEvent } from '../../../src/domain'
import { tempFolder } from '../temp-folder'
import { add, ALL, ids, nowAndReopened, record, reopened, writable } from './a-store'
import { bring, hex, keyOf, SERVER } from './a-server'

type Fields = Partial<Omit<AuditEvent, 'key'>>

const RANGE = { from: 0, to: 100_000 }
const RAN: Fields = { category: 'command', command: 'rm -rf /srv', actor: { id: '7', name: 'akim' }, machine: { id: 'm1', name: 'web-1' } }
const listed = (id: string, time: number, fields: Fields = {}) => ({ id, fields: { ...RAN, time, ...fields } })
const logged = (id: string, time: number, fields: Fields = {}) => ({ id, stream: 'logs/m1', fields: { ...RAN, time, category: 'command' as const, ...fields } })
const inLog = (id: string) => keyOf(id, 'logs/m1')
const SHOWN = { ...ALL, companions: false }

async function store(...given: Parameters<typeof bring>[1]) {
  const folder = tempFolder()
  const held = await writable(folder)
  bring(held, given)
  return { folder, held }
}

describe('a command in an audit list and in a log', () => {
  test('is one fact: linked from both sides, counted once, the log shown', async () => {
    const { folder, held } = await store(listed('a', 1000), logged('l', 2500), listed('alone', 50_000))
    expect(ids(held, SHOWN)).toEqual(['a', 'l', 'alone'])
    expect(await held.linkSame('prod', RANGE)).toBe(1)
    expect(await held.linkSame('prod', RANGE)).toBe(0)
    add(held, [record('else')], { connection: 'else' })
    await held.remove('else', true)
    await nowAndReopened(held, folder, (at) => {
      expect([ids(at, SHOWN), ids(at), ids(at, { ...ALL, filter: { kind: 'companion' } })]).toEqual([['l', 'alone'], ['a', 'l', 'alone'], ['a']])
      expect(at.state()).toMatchObject({ held: 2, companions: 1 })
      expect(at.connections()).toMatchObject([{ rows: 2, companions: 1 }])
      expect(at.find(keyOf('a'))?.event).toMatchObject({ companion: true, links: [{ key: inLog('l'), relation: 'same' }] })
      expect(at.find(inLog('l'))?.event.links).toEqual([{ key: keyOf('a'), relation: 'same' }])
      expect(at.find(inLog('l'))?.event).not.toHaveProperty('companion')
      expect([at.linkedFrom(keyOf('a')), at.linkedFrom(inLog('l')), at.linkedFrom(keyOf('alone'))]).toEqual([[{ key: inLog('l'), relation: 'same' }], [{ key: keyOf('a'), relation: 'same' }], []])
    })
  })

  test.each<[string, Fields | { command: undefined }, Fields, number]>([
    ['who agree in an e-mail in any case', { actor: { email: 'A@x' } }, { actor: { id: '9', email: 'a@X' } }, 1],
    ['that name the machine in any case, one without its id', { machine: { name: 'WEB-1' } }, {}, 1],
    ['that both know the machine by its id alone', { machine: { id: 'm1' } }, { machine: { id: 'm1' } }, 1],
    ['by a hash of the text', { command: undefined, attributes: { command_sha256: hex('rm -rf /srv').toUpperCase() } }, {}, 1],
    ['by another hash', { command: undefined, attributes: { command_sha256: hex('rm') } }, {}, 0],
    ['of another actor', { actor: { id: '8', name: 'other' } }, {}, 0],
    ['of an actor who is not known', { actor: {} }, {}, 0],
    ['on machines of one name that have other ids', { machine: { id: 'm2', name: 'web-1' } }, {}, 0],
    ['on a machine that is not known', { machine: {} }, {}, 0],
    ['of another text', { command: 'rm -rf /srv ' }, {}, 0],
    ['that is no command in the list', { category: 'file' }, {}, 0],
    ['that is 2 s later', {}, { time: 3000 }, 1],
    ['that is more than 2 s later', {}, { time: 3001 }, 0],
  ])('%s', async (...[, list, log, expected]) => {
    const bare = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
    const { held } = await store({ id: 'a', fields: bare({ ...RAN, time: 1000, ...list }) }, logged('l', 1000, log))
    expect(await held.linkSame('prod', RANGE)).toBe(expected)
  })

  test('is linked one to one, the nearest first', async () => {
    const { held } = await store(listed('a', 1000), listed('b', 2000), logged('x', 1900), logged('y', 3000), logged('z', 90_000), listed('c', 2500))
    expect(await held.linkSame('prod', RANGE)).toBe(2)
    expect(['a', 'b', 'c'].map((id) => held.find(keyOf(id))?.event.links?.[0]?.key)).toEqual([undefined, inLog('x'), inLog('y')])
  })

  test('is looked for in the range and of one connection', async () => {
    const { held } = await store(listed('a', 50_000), listed('b', 1000))
    bring(held, [logged('x', 50_000), logged('y', 1000)], { connection: 'other' })
    expect(await held.linkSame('prod', RANGE)).toBe(0)
    bring(held, [logged('x', 50_000), logged('y', 1000)])
    expect(await held.linkSame('prod', { from: 40_000, to: 60_000 })).toBe(1)
    expect(await held.linkSame('prod', { from: 2500, to: 3000 })).toBe(1)
    await expect(held.linkSame('none', RANGE)).rejects.toThrow(/none/)
  })

  test('stays linked when either changes, and is shown again when its log is wiped', async () => {
    const { folder, held } = await store(listed('a', 1000))
    bring(held, [logged('l', 1000)], { connection: 'other' })
    bring(held, [logged('l', 1000)])
    await held.linkSame('prod', RANGE)
    bring(held, [{ ...listed('a', 1100), text: 'changed' }])
    bring(held, [{ ...logged('l', 1000), text: 'changed' }])
    expect(held.find(keyOf('a'))?.event).toMatchObject({ time: 1100, companion: true, links: [{ key: inLog('l') }] })
    expect([ids(held, SHOWN), await held.linkSame('prod', RANGE)]).toEqual([['l'], 0])
    const again = await reopened(held, folder)
    expect([ids(again, SHOWN), again.find(inLog('l'))?.event.links]).toEqual([['l'], [{ key: keyOf('a'), relation: 'same' }]])
    await again.remove('prod', true)
    expect([ids(again, SHOWN), again.find(inLog('l'))?.event.links]).toEqual([['l'], undefined])
  })

  test('is counted again when only its log is wiped', async () => {
    const { folder, held } = await store(listed('a', 1000))
    bring(held, [listed('a', 1000)], { connection: 'other' })
    bring(held, [logged('l', 1000)])
    await held.linkSame('prod', RANGE)
    expect(held.connections().map(({ name, rows, companions }) => ({ name, rows, companions }))).toEqual([{ name: 'other', rows: 0, companions: 1 }, { name: 'prod', rows: 1, companions: 1 }])
    await held.remove('prod', true)
    await nowAndReopened(held, folder, (at) => {
      expect(at.connections()).toMatchObject([{ name: 'other', rows: 1, companions: 0 }])
      expect(at.find(keyOf('a'))?.event).not.toHaveProperty('companion')
    })
  })
})

test.each(['', ' and the journal is rewritten'])('what changes%s while commands are looked for is linked as it is then', async (rewritten) => {
  const { held } = await store(listed('a', 1000), logged('l', 1000), listed('b', 50_000), logged('m', 50_000))
  const linked = held.linkSame('prod', RANGE)
  bring(held, [{ ...listed('a', 1100), text: 'changed' }])
  if (rewritten !== '') {
    bring(held, [listed('else', 9)], { connection: 'else' })
    await held.remove('else', true)
  }
  expect(await linked).toBe(2)
  expect(await held.linkSame('prod', RANGE)).toBe(0)
  expect(held.find(keyOf('a'))?.event).toMatchObject({ time: 1100, companion: true, links: [{ key: inLog('l') }] })
  expect(held.find(keyOf('b'))?.event).toMatchObject({ companion: true, links: [{ key: inLog('m') }] })
})

test('many equal commands at once are linked one to one', async () => {
  const held = await writable(tempFolder())
  const many = Array.from({ length: 300 }, (_, i) => i)
  bring(held, many.flatMap((i) => [listed(`a${i}`, 1000), logged(`l${i}`, 1000)]), SERVER)
  expect(await held.linkSame('prod', RANGE)).toBe(300)
})
