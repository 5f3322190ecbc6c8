import { expect, test } from 'vitest'
import { Writing } from '../../../../src/backend/sync/server/writing'

/** A write under way, and its ends. */
function aWrite() {
  const ends: { good(): void; bad(error: Error): void } = { good: () => {}, bad: () => {} }
  const durable = new Promise<void>((resolve, reject) => Object.assign(ends, { good: resolve, bad: reject }))
  return { durable, ...ends }
}

test('ends when what began meanwhile is durable too', async () => {
  const writing = new Writing()
  const [first, second] = [aWrite(), aWrite()]
  writing.begin(first.durable)
  let ended = false
  const end = writing.end().then(() => (ended = true))
  writing.begin(second.durable)
  first.good()
  await first.durable
  await new Promise((resolve) => setImmediate(resolve))
  expect(ended).toBe(false)
  second.good()
  await end
  await writing.end()
})

test('tells everybody, and later ones, of a write that failed', async () => {
  const writing = new Writing()
  const [first, second] = [aWrite(), aWrite()]
  writing.begin(first.durable)
  writing.begin(second.durable)
  const ends = [writing.end(), writing.end()]
  first.bad(new Error('full'))
  second.good()
  for (const end of ends) await expect(end).rejects.toThrow('full')
  await expect(writing.end()).rejects.toThrow('full')
})

test('has room for some that are not durable yet', async () => {
  const writing = new Writing()
  const writes = Array.from({ length: 4 }, aWrite)
  for (const { durable } of writes.slice(0, 3)) {
    writing.begin(durable)
    await writing.room()
  }
  const [first, second, third, fourth] = writes
  if (fourth) writing.begin(fourth.durable)
  let isRoom = false
  const room = writing.room().then(() => (isRoom = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(isRoom).toBe(false)
  second?.good()
  await room
  first?.bad(new Error('full'))
  third?.good()
  fourth?.good()
  await expect(writing.end()).rejects.toThrow('full')
  await expect(writing.room()).rejects.toThrow('full')
})
