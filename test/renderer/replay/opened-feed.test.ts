import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BackendFault, type Backend, type OpenedRecording } from '../../../src/contract'
import { OpenedFeed } from '../../../src/renderer/replay/opened-feed'

type Waiting = { method: string; answer: (value: unknown) => void; refuse: (fault: unknown) => void }

/** A backend that answers when it is told to. */
function backendByHand() {
  const calls: Waiting[] = []
  const heard = new Map<string, Set<(payload: never) => void>>()
  const backend: Backend = {
    call: (method) =>
      new Promise((resolve, reject) => {
        const answer = (value: unknown) => resolve({ value: value as never, tables: [], revision: 1 })
        calls.push({ method, answer, refuse: reject })
      }),
    on(notice, listener) {
      const listeners = heard.get(notice) ?? new Set()
      heard.set(notice, listeners)
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const tell = (notice: string, payload: unknown) => {
    for (const listener of heard.get(notice) ?? []) listener(payload as never)
  }
  const opens = () => calls.filter(({ method }) => method === 'recording.open')
  return { backend, calls, opens, tell, listeners: () => [...heard.values()].reduce((sum, { size }) => sum + size, 0) }
}

const known = (progress: number) => ({ progress }) as OpenedRecording
const fault = (code: 'disconnected' | 'not-found' | 'recording-damaged') => new BackendFault({ code, message: code })

describe('the feed of an opened recording', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const settle = () => vi.advanceTimersByTimeAsync(1000)

  it('opens it, and asks again for what was read meanwhile', async () => {
    const { backend, opens, tell } = backendByHand()
    const feed = new OpenedFeed('a')
    feed.attach(backend)
    opens()[0]?.answer(known(0.2))
    await settle()
    expect(feed.get().opened?.progress).toBe(0.2)
    tell('recording.indexed', { id: 'a' })
    await settle()
    opens()[1]?.answer(known(1))
    await settle()
    expect(feed.get().opened?.progress).toBe(1)
    expect(opens()).toHaveLength(2)
  })

  it('asks once for many notices, and never twice at a time', async () => {
    const { backend, opens, tell } = backendByHand()
    const feed = new OpenedFeed('a')
    feed.attach(backend)
    for (let n = 0; n < 50; n++) tell('recording.indexed', { id: 'a' })
    await settle()
    expect(opens()).toHaveLength(1)
    opens()[0]?.answer(known(0.5))
    await settle()
    expect(opens()).toHaveLength(2)
  })

  it('leaves notices of others alone', async () => {
    const { backend, opens, tell } = backendByHand()
    const feed = new OpenedFeed('a')
    feed.attach(backend)
    opens()[0]?.answer(known(1))
    await settle()
    tell('recording.indexed', { id: 'b' })
    tell('store.changed', { tables: ['recording'] })
    await settle()
    expect(opens()).toHaveLength(1)
  })

  it('opens what was not held as soon as it may be', async () => {
    const { backend, opens, tell } = backendByHand()
    const feed = new OpenedFeed('a')
    feed.attach(backend)
    opens()[0]?.refuse(fault('not-found'))
    await settle()
    expect(feed.get().fault?.code).toBe('not-found')
    tell('store.changed', { tables: ['event'] })
    await settle()
    expect(opens()).toHaveLength(1)
    tell('store.changed', { tables: ['recording'] })
    await settle()
    opens()[1]?.answer(known(1))
    await settle()
    expect(feed.get()).toEqual({ opened: known(1), fault: null })
  })

  it('keeps what it knows where the backend is gone, and asks the next one', async () => {
    const first = backendByHand()
    const second = backendByHand()
    const feed = new OpenedFeed('a')
    const detach = feed.attach(first.backend)
    first.opens()[0]?.answer(known(0.5))
    await settle()
    first.tell('recording.indexed', { id: 'a' })
    await settle()
    first.opens()[1]?.refuse(fault('disconnected'))
    await settle()
    expect(feed.get()).toEqual({ opened: known(0.5), fault: null })
    detach()
    feed.attach(second.backend)
    second.opens()[0]?.answer(known(1))
    await settle()
    expect(feed.get().opened?.progress).toBe(1)
  })

  it('takes away what was told of bytes that turn out to have changed', async () => {
    const { backend, opens, tell } = backendByHand()
    const feed = new OpenedFeed('a')
    feed.attach(backend)
    opens()[0]?.answer(known(0.1))
    await settle()
    tell('recording.indexed', { id: 'a' })
    await settle()
    opens()[1]?.refuse(fault('recording-damaged'))
    await settle()
    expect([feed.get().opened, feed.get().fault?.code]).toEqual([null, 'recording-damaged'])
  })

  it('lets go of it at the end, and takes no answer after', async () => {
    const { backend, calls, opens, listeners } = backendByHand()
    const feed = new OpenedFeed('a')
    feed.attach(backend)()
    opens()[0]?.answer(known(1))
    await settle()
    expect(feed.get().opened).toBeNull()
    expect(calls.map(({ method }) => method)).toEqual(['recording.open', 'recording.close'])
    expect(listeners()).toBe(0)
  })
})
