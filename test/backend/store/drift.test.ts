import { describe, expect, test } from 'vitest'
import type { StoreView, WritableStore } from '../../../src/backend/store'
import { tempFolder } from '../temp-folder'
import { add, ALL, ids, nowAndReopened, NOW, record, writable } from './a-store'
import { bring, FACTS, keyOf, SERVER } from './a-server'

const drift = (what: 'changed' | 'late' | 'vanished'): StoreView => ({ ...ALL, filter: { kind: 'drift', what } })
const at = (time: number) => ({ fields: { time } })
const AUDIT = { connection: 'prod', stream: 'audit' }
const ALWAYS = { from: 0, to: NOW * 2 }

/** Rewrites the journal by wiping a connection that is of no matter here. */
async function rewritten(store: WritableStore): Promise<void> {
  add(store, [record('else')], { connection: 'else' })
  await store.remove('else', true)
}

describe('a record is late', () => {
  test('when the ledger of its own stream called its time complete before it came', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const coverage = [{ stream: 'audit', from: 10, to: 20, state: 'complete' as const }, { stream: 'audit', from: 20, to: 30, state: 'partial' as const }]
    expect(bring(store, [{ id: 'first', ...at(15) }], { coverage })).toMatchObject({ added: 1, late: 0 })
    const page = [{ id: 'in', ...at(19) }, { id: 'end', ...at(20) }, { id: 'before', ...at(9) }, { id: 'log', stream: 'logs/1', ...at(15) }, { id: 'first', ...at(15) }]
    expect(bring(store, page, { at: NOW + 7 })).toMatchObject({ added: 4, duplicates: 1, late: 1 })
    expect(bring(store, [{ id: 'in', text: 'changed', ...at(18) }], { at: NOW + 8 })).toMatchObject({ changed: 1, late: 0 })
    expect(bring(store, [{ id: 'else', ...at(15) }], { connection: 'other' })).toMatchObject({ added: 1, late: 0 })
    const check = (held: WritableStore) => {
      expect(ids(held, drift('late'))).toEqual(['in'])
      expect(held.find(keyOf('in'))).toMatchObject({ late: NOW + 7, event: { time: 18 } })
      expect(held.find(keyOf('first'))).not.toHaveProperty('late')
      expect(held.drift()).toEqual([{ connection: 'other', changed: 0, late: 0, vanished: 0 }, { connection: 'prod', changed: 1, late: 1, vanished: 0 }])
    }
    await rewritten(store)
    await nowAndReopened(store, folder, check)
  })

  test('never when it comes from a file', async () => {
    const store = await writable(tempFolder())
    add(store, [record('a', { time: 15 })], { coverage: [{ stream: 'auth', from: 10, to: 20, state: 'complete' }] })
    expect(add(store, [record('b', { time: 15 })])).toMatchObject({ added: 1, late: 0 })
    expect(store.drift()).toEqual([])
  })
})

describe('a record that its server gives no more', () => {
  test('stays, is told, and is not among what the server gives until it comes again', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1', ...at(10) }, { id: '2', ...at(20) }, { id: '3', ...at(30) }])
    store.note({ ...SERVER, vanished: [keyOf('1'), keyOf('none')] })
    bring(store, [{ id: '4', ...at(40) }], { vanished: [keyOf('2'), keyOf('4')], at: NOW + 5 })
    await rewritten(store)
    await nowAndReopened(store, folder, (held) => {
      expect([ids(held), ids(held, drift('vanished'))]).toEqual([['1', '2', '3', '4'], ['1', '2']])
      expect([held.find(keyOf('1'))?.vanished, held.find(keyOf('2'))?.vanished]).toEqual([NOW, NOW + 5])
      expect([held.heldIn(AUDIT, ALWAYS), held.oldestIn(AUDIT), held.drift()[0]?.vanished]).toEqual([2, 30, 2])
    })
  })

  test('is given again when it comes, as it was or changed', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1' }, { id: '2' }])
    store.note({ ...SERVER, vanished: [keyOf('1'), keyOf('2')] })
    expect(ids(store, drift('vanished'))).toEqual(['1', '2'])
    expect(bring(store, [{ id: '1' }])).toMatchObject({ duplicates: 1 })
    expect(ids(store, drift('vanished'))).toEqual(['2'])
    expect(bring(store, [{ id: '2', text: 'changed' }])).toMatchObject({ changed: 1 })
    await nowAndReopened(store, folder, (held) => {
      expect([ids(held, drift('vanished')), held.heldIn(AUDIT, ALWAYS)]).toEqual([[], 2])
      expect(held.find(keyOf('2'))).not.toHaveProperty('vanished')
    })
  })

  test('to one connection may be given to another', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1' }])
    bring(store, [{ id: '1' }], { connection: 'other' })
    store.note({ ...SERVER, vanished: [keyOf('1')] })
    bring(store, [{ id: '1' }], { connection: 'other' })
    await nowAndReopened(store, folder, (held) => {
      expect(held.heldIn(AUDIT, ALWAYS)).toBe(0)
      expect(held.heldIn({ ...AUDIT, connection: 'other' }, ALWAYS)).toBe(1)
      expect(held.drift().map(({ vanished }) => vanished)).toEqual([0, 1])
    })
  })
})

test('a server that drifted in nothing says so', async () => {
  const store = await writable(tempFolder())
  store.note({ ...SERVER, server: FACTS })
  expect(store.drift()).toEqual([{ connection: 'prod', changed: 0, late: 0, vanished: 0 }])
})
