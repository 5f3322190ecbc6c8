import { describe, expect, it } from 'vitest'
import { RowChanges } from '../../../src/backend/store/row-changes'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, NOW, record, writable } from './a-store'

describe('what changed since a moment', () => {
  it('is the earliest of all that came after it, however much there is', () => {
    const random = new Random(3)
    const changes = new RowChanges()
    const noted: number[] = []
    const marks = [{ mark: changes.mark(), at: 0 }]
    for (let i = 0; i < 6000; i++) {
      // Mostly forward, as events come.
      const time = i * 10 - (random.chance(0.001) ? random.int(20_000) : 0)
      changes.note(time)
      noted.push(time)
      if (i % 50 === 0) marks.push({ mark: changes.mark(), at: noted.length })
    }
    for (const { mark, at } of marks) {
      const rest = noted.slice(at)
      const since = changes.since(mark)
      // What is forgotten is taken for earlier than it was, never for later.
      if (rest.length === 0) expect(since).toBeNull()
      else if (rest.length < 4000) expect(since).toBe(Math.min(...rest))
      else expect(since).toBeLessThanOrEqual(Math.min(...rest))
    }
  })

  it('is all there is without a mark, and after anything that hides or shows rows', async () => {
    const store = await writable(tempFolder())
    expect(store.changedSince(null)).toBe(Number.NEGATIVE_INFINITY)
    let mark = store.mark()
    expect(store.changedSince(mark)).toBeNull()
    add(store, [record('a', { time: NOW + 5 }), record('b', { time: NOW + 3 })])
    expect(store.changedSince(mark)).toBe(NOW + 3)
    mark = store.mark()
    add(store, [record('a', { time: NOW + 5 })])
    store.setSetting('zone', 'UTC')
    expect(store.changedSince(mark)).toBeNull()
    store.renameConnection('logs', 'others')
    expect(store.changedSince(mark)).toBe(Number.NEGATIVE_INFINITY)
    mark = store.mark()
    await store.remove('others', true)
    expect(store.changedSince(mark)).toBe(Number.NEGATIVE_INFINITY)
  })
})
