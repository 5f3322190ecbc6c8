import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Backend, BackendFault, type Notices, type TableName } from '../../../src/contract'
import { LiveAnswer } from '../../../src/renderer/api/live-answer'

type Call = { prefix: string; answer: (text: string, revision?: number) => void; fail: (fault: BackendFault) => void }

/** A backend whose answers are given by hand. */
function handBackend() {
  const calls: Call[] = []
  const listeners = new Set<(payload: Notices['store.changed']) => void>()
  const backend = {
    call: (_method: string, { prefix }: { prefix: string }) =>
      new Promise((resolve, reject) => {
        const answer = (text: string, revision = 1) =>
          resolve({ value: [{ value: text, rows: 1, count: 1 }], tables: ['event'], revision })
        calls.push({ prefix, answer, fail: reject })
      }),
    on: (_notice: string, listener: (payload: Notices['store.changed']) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Backend
  const notice = (revision: number, table: TableName = 'event') => {
    for (const listener of listeners) listener({ tables: [table], revision })
  }
  return { backend, calls, notice, listeners }
}

const ask = (prefix: string) => ({ field: 'user' as const, prefix, limit: 9 })
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('a live answer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function open() {
    const hand = handBackend()
    const live = new LiveAnswer('query.suggest')
    const undo = live.attach(hand.backend)
    const shown = () => live.get().value?.[0]?.value ?? null
    return { ...hand, live, undo, shown }
  }

  it('asks nothing for null and forgets the value', async () => {
    const { live, calls, shown } = open()
    live.change(null)
    expect(calls).toHaveLength(0)
    live.change(ask('a'))
    calls[0]?.answer('one')
    await settle()
    expect(shown()).toBe('one')
    live.change(null)
    expect(live.get()).toMatchObject({ state: 'loading', value: null, asking: false })
  })

  it('keeps the last value while a new ask is under way, and says that it is not of it', async () => {
    const { live, calls, shown } = open()
    live.change(ask('a'))
    calls[0]?.answer('one')
    await settle()
    expect(live.get()).toMatchObject({ state: 'ready', current: true, asking: false })
    live.change(ask('b'))
    expect(live.get()).toMatchObject({ state: 'ready', current: false, asking: true })
    expect(shown()).toBe('one')
  })

  it('never lets an answer to an earlier ask overwrite that to a later one', async () => {
    const { live, calls, shown } = open()
    live.change(ask('a'))
    live.change(ask('b'))
    calls[1]?.answer('of b')
    await settle()
    calls[0]?.answer('of a')
    await settle()
    expect(shown()).toBe('of b')
  })

  it('compares asks by what they say', () => {
    const { live, calls } = open()
    live.change(ask('a'))
    live.change(ask('a'))
    expect(calls).toHaveLength(1)
  })

  it('asks again when the store changed in its tables, and only then', async () => {
    const { live, calls, notice } = open()
    live.change(ask('a'))
    calls[0]?.answer('one', 5)
    await settle()
    notice(4)
    notice(6, 'setting')
    await vi.advanceTimersByTimeAsync(2000)
    expect(calls).toHaveLength(1)
    notice(7)
    await vi.advanceTimersByTimeAsync(2000)
    expect(calls).toHaveLength(2)
    calls[1]?.answer('two', 7)
    await settle()
    notice(7)
    await vi.advanceTimersByTimeAsync(2000)
    expect(calls).toHaveLength(3)
  })

  it('asks again when something changed while it was answered that the answer may not tell', async () => {
    const { live, calls, notice, shown } = open()
    live.change(ask('a'))
    calls[0]?.answer('one', 5)
    await settle()
    notice(6)
    await vi.advanceTimersByTimeAsync(400)
    notice(6)
    calls[1]?.answer('two', 6)
    await vi.advanceTimersByTimeAsync(400)
    calls[2]?.answer('three', 6)
    await vi.advanceTimersByTimeAsync(2000)
    expect(shown()).toBe('three')
    expect(calls).toHaveLength(3)
  })

  it('asks again where the clock of the computer was set back', async () => {
    const { live, calls, notice } = open()
    live.change(ask('a'))
    calls[0]?.answer('one', 1)
    await settle()
    vi.setSystemTime(Date.now() - 3_600_000)
    notice(2)
    await vi.advanceTimersByTimeAsync(400)
    expect(calls).toHaveLength(2)
  })

  it('asks about three times a second however often the store changes', async () => {
    const { live, calls, notice } = open()
    live.change(ask('a'))
    for (let ms = 0; ms < 3000; ms += 10) {
      calls.at(-1)?.answer(`at ${ms}`, ms)
      notice(ms + 1)
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(calls.length).toBeGreaterThanOrEqual(9)
    expect(calls.length).toBeLessThanOrEqual(10)
  })

  it('is never starved by a store that changes faster than it answers', async () => {
    const { live, calls, notice, shown } = open()
    live.change(ask('a'))
    for (let n = 1; n <= 20; n++) {
      notice(n)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(calls).toHaveLength(1)
    calls[0]?.answer('slow', 3)
    await vi.advanceTimersByTimeAsync(400)
    expect(shown()).toBe('slow')
    expect(calls).toHaveLength(2)
  })

  it('shows a fault beside the last value and recovers on the next change', async () => {
    const { live, calls, notice, shown } = open()
    live.change(ask('a'))
    calls[0]?.answer('one', 1)
    await settle()
    notice(2)
    await vi.advanceTimersByTimeAsync(400)
    calls[1]?.fail(new BackendFault({ code: 'disk-full', message: 'The disk is full.' }))
    await settle()
    expect(live.get()).toMatchObject({ state: 'failed', fault: { code: 'disk-full' } })
    expect(shown()).toBe('one')
    notice(3)
    await vi.advanceTimersByTimeAsync(400)
    calls[2]?.answer('two', 3)
    await settle()
    expect(live.get()).toMatchObject({ state: 'ready', fault: null })
  })

  it('keeps what it shows when the backend is lost, and asks the next one', async () => {
    const { live, calls, undo, listeners, shown } = open()
    live.change(ask('a'))
    calls[0]?.answer('one')
    await settle()
    live.change(ask('b'))
    calls[1]?.fail(new BackendFault({ code: 'disconnected', message: 'gone' }))
    await settle()
    expect(live.get()).toMatchObject({ state: 'ready', fault: null, asking: false })
    undo()
    expect(listeners.size).toBe(0)
    const next = handBackend()
    live.attach(next.backend)
    expect(next.calls[0]?.prefix).toBe('b')
    expect(shown()).toBe('one')
    next.calls[0]?.answer('of the next', 0)
    await settle()
    expect(shown()).toBe('of the next')
  })
})
