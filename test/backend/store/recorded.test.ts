import { expect, test } from 'vitest'
import type { Filter, StoreView } from '../../../src/backend/store'
import { tempFolder } from '../temp-folder'
import { aRecording, IMPORTED, unknown } from './a-recording'
import { add, ALL, ids, NOW, record, writable } from './a-store'

const RECORDED: Filter = { kind: 'recorded' }
const recorded: StoreView = { ...ALL, filter: RECORDED }
const unrecorded: StoreView = { ...ALL, filter: { kind: 'not', part: RECORDED } }

test('events of a session whose recording is held are told, from the moment it is', async () => {
  const store = await writable(tempFolder())
  add(store, [record('a', { session: 's1' }), record('b', { session: 's2' }), record('c')])
  expect(ids(store, recorded)).toEqual([])
  const made = aRecording({ tape: 'abc' }, { session: 's1', start: NOW, durationMs: 1000 })
  store.keepRecordings(IMPORTED, [unknown('listed')].map((facts) => ({ ...facts, session: 's2' })))
  expect(ids(store, recorded)).toEqual([])
  store.keepRecordings(IMPORTED, [made.facts], made.files)
  expect(ids(store, recorded)).toEqual(['a'])
  expect(ids(store, unrecorded)).toEqual(['b', 'c'])
  add(store, [record('d', { session: 's1', time: NOW + 5 })])
  expect(ids(store, recorded)).toEqual(['a', 'd'])
  await store.remove('tapes', true)
  expect(ids(store, recorded)).toEqual([])
})

test('times and users speak against a session of the same name', async () => {
  const store = await writable(tempFolder())
  const made = aRecording({ tape: 'abc' }, { session: '42', start: NOW, durationMs: 60_000, user: 'Ana' })
  store.keepRecordings(IMPORTED, [made.facts], made.files)
  add(store, [
    record('right', { session: '42', actor: { name: 'ana' } }),
    record('nobody', { session: '42', time: NOW + 1 }),
    record('another', { session: '42', time: NOW + 2, actor: { name: 'bob' } }),
    record('next-year', { session: '42', time: NOW + 365 * 86_400_000, actor: { name: 'ana' } }),
  ])
  expect(ids(store, recorded)).toEqual(['right', 'nobody'])
})
