import { expect, test } from 'vitest'
import { driftReport } from '../../../src/backend/custody'
import { tempFolder } from '../temp-folder'
import { NOW, writable } from '../store/a-store'
import { bring, keyOf, SERVER } from '../store/a-server'

const at = (time: number) => ({ fields: { time } })
const iso = (time: number) => new Date(time).toISOString()

test('a drift report has key, times and both hashes of what changed, came late or vanished', async () => {
  const store = await writable(tempFolder())
  bring(store, [{ id: 'same', ...at(10) }, { id: 'other', text: 'before', ...at(15) }, { id: 'gone', ...at(16) }], {
    coverage: [{ stream: 'audit', from: 10, to: 20, state: 'complete' }],
  })
  const [before, gone] = [store.find(keyOf('other')), store.find(keyOf('gone'))]
  bring(store, [{ id: 'other', text: 'after', ...at(15) }, { id: 'late', ...at(17) }], { at: NOW + 5 })
  store.note({ ...SERVER, vanished: [keyOf('gone')] })
  const lines = Buffer.from(await driftReport(store, SERVER.connection, 'jsonl'))
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line))
  const after = store.find(keyOf('other'))
  expect(after?.rawSha256).not.toBe(before?.rawSha256)
  expect(lines).toEqual([
    expect.objectContaining({ drift: 'changed', key: keyOf('other'), time: iso(15), first_sha256: before?.rawSha256, sha256_now: after?.rawSha256, first_read: iso(NOW), seen_again: iso(NOW + 5), since: iso(NOW + 5) }),
    expect.objectContaining({ drift: 'late', key: keyOf('late'), since: iso(NOW + 5), seen_again: '' }),
    expect.objectContaining({ drift: 'vanished', key: keyOf('gone'), first_sha256: gone?.rawSha256, sha256_now: '' }),
  ])
  const csv = Buffer.from(await driftReport(store, SERVER.connection, 'csv')).toString().split('\r\n')
  expect([csv[0], csv.length]).toEqual(['\ufeffdrift,time,key,stream,what_happened,first_read,first_sha256,seen_again,sha256_now,since', 5])
  expect(Buffer.from(await driftReport(store, 'another', 'jsonl')).length).toBe(0)
})
