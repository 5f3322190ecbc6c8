import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import WebSocket, { WebSocketServer } from 'ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BackendFault, clientOver, decodeFrame, encodeFrame, serveOver, type Backend, type Notices, type Wire } from '../../src/contract'
import { wirePair } from '../../src/node'
import { importFixture, startTestBackend, type TestBackend } from './a-backend'
import { ANSWERED, REFUSED } from './cases'

/** Both ends of a wire, and how to lose it. */
type Ends = { near: Wire; far: Wire; close(): void | Promise<void> }

function portWire(port: MessagePort): Wire {
  return {
    send: (frame) => port.postMessage(frame),
    onFrame(listener) {
      port.on('message', listener)
      return () => void port.off('message', listener)
    },
    onClose(listener) {
      port.on('close', listener)
      return () => void port.off('close', listener)
    },
  }
}

function socketWire(socket: WebSocket): Wire {
  socket.binaryType = 'nodebuffer'
  return {
    send: (frame) => socket.send(frame),
    onFrame(listener) {
      const take = (data: WebSocket.RawData) => listener(new Uint8Array(data as Buffer))
      socket.on('message', take)
      return () => void socket.off('message', take)
    },
    onClose(listener) {
      socket.on('close', listener)
      return () => void socket.off('close', listener)
    },
  }
}

async function overSocket(): Promise<Ends> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const [[far]] = (await Promise.all([once(server, 'connection'), once(socket, 'open')])) as [[WebSocket], unknown]
  const close = async () => {
    far.close()
    await once(socket, 'close')
    server.close()
  }
  return { near: socketWire(socket), far: socketWire(far), close }
}

const WIRES: Record<string, () => Ends | Promise<Ends>> = {
  'the direct wire'() {
    const [near, far] = wirePair()
    return { near, far, close: () => far.close() }
  },
  'a WebSocket': overSocket,
  'a channel between threads'() {
    const { port1, port2 } = new MessageChannel()
    return { near: portWire(port1), far: portWire(port2), close: () => port2.close() }
  },
}

describe.each(Object.entries(WIRES))('over %s', (_name, open) => {
  let running: TestBackend
  let ends: Ends
  let client: Backend
  const logged: unknown[] = []
  beforeAll(async () => {
    running = await startTestBackend()
    ends = await open()
    serveOver(ends.far, running.backend, (error) => logged.push(error))
    client = clientOver(ends.near)
    await importFixture(client)
  })
  afterAll(async () => {
    await ends.close()
    await running.close()
  })

  test.each(ANSWERED.map((each) => [each.name, each] as const))('%s', (_case, { run }) => run(client))

  test.each(REFUSED.map((each) => [each.name, each] as const))('%s', (_case, { run }) => run(client))

  test('what is refused is no surprise to anybody', () => {
    expect(logged).toEqual([])
    expect(running.errors).toEqual([])
  })

  test('changes are told, until nobody listens', async () => {
    const told: Notices['store.changed'][] = []
    const heard = new Promise<void>((resolve) => {
      const stop = client.on('store.changed', (payload) => {
        // What was done before may still be told of.
        if (!payload.tables.includes('setting')) return
        told.push(payload)
        stop()
        resolve()
      })
    })
    await client.call('settings.set', { appearance: 'dark' })
    await heard
    expect(told).toMatchObject([{ tables: expect.arrayContaining(['setting']), revision: expect.any(Number) }])
    const again = new Promise((resolve) => client.on('store.changed', resolve))
    await client.call('settings.set', { appearance: 'light' })
    await again
    expect(told).toHaveLength(1)
  })

  test('many calls at once each get their own answer', async () => {
    const rows = await Promise.all(Array.from({ length: 50 }, (_, at) => client.call('timeline.rows', { view: { query: '', range: null, order: 'asc' }, at, count: 1 })))
    expect(rows.map(({ value }) => value.at)).toEqual(Array.from({ length: 50 }, (_, at) => at))
  })
})

describe.each(Object.entries(WIRES))('a backend of its own over %s', (_name, open) => {
  async function over(call: (method: string, ask: unknown) => unknown) {
    const ends = await open()
    const logged: unknown[] = []
    const seen: { method: string; ask: unknown }[] = []
    const backend = {
      call: async (method: string, ask: unknown) => {
        seen.push({ method, ask })
        return { value: await call(method, ask), tables: [], revision: 1 }
      },
      on: () => () => {},
    } as Backend
    const stop = serveOver(ends.far, backend, (error) => logged.push(error))
    return { ends, client: clientOver(ends.near), logged, seen, stop }
  }

  test('large answers cross in one frame, whole', async () => {
    const bytes = new Uint8Array(20_000_000).map((_, i) => i)
    const { ends, client } = await over(() => ({ bytes, rowsDone: 0, done: true }))
    const sizes: number[] = []
    ends.near.onFrame((frame) => sizes.push(frame.length))
    const { value } = await client.call('export.read', { id: 'x' })
    expect(Buffer.from(value.bytes).equals(Buffer.from(bytes))).toBe(true)
    expect(sizes).toHaveLength(1)
    await ends.close()
  })

  test('losing the wire rejects every open call, and every later one', async () => {
    const { ends, client, seen } = await over(() => new Promise(() => {}))
    const opened = [client.call('settings.get', {}), client.call('import.jobs', {})]
    const ended = Promise.allSettled(opened)
    // The far side has them before it goes.
    while (seen.length < 2) await new Promise((resolve) => setImmediate(resolve))
    await ends.close()
    for (const outcome of await ended) {
      expect(outcome.status === 'rejected' && (outcome.reason as BackendFault).code).toBe('disconnected')
    }
    await expect(client.call('settings.get', {})).rejects.toMatchObject({ code: 'disconnected' })
  })

  test('what is no fault is logged there and crosses without its words', async () => {
    const secret = new Error('secret path /home/x')
    const { ends, client, logged } = await over(() => {
      throw secret
    })
    await expect(client.call('settings.get', {})).rejects.toMatchObject({ code: 'internal', message: expect.not.stringContaining('secret') })
    expect(logged).toEqual([secret])
    await ends.close()
  })

  test('a fault crosses with its code, words and details', async () => {
    const { ends, client } = await over(() => {
      throw new BackendFault({ code: 'bad-query', message: 'here', detail: { from: 3, expected: ')' } })
    })
    const failing = client.call('settings.get', {})
    await expect(failing).rejects.toBeInstanceOf(BackendFault)
    await expect(failing).rejects.toMatchObject({ code: 'bad-query', message: 'here', detail: { from: 3, expected: ')' } })
    await ends.close()
  })

  test('frames that are none hurt nobody: the next call is answered', async () => {
    const { ends, client } = await over(() => ({ zone: 'UTC' }))
    const garbage = [new Uint8Array(), Uint8Array.of(1, 2, 3), Uint8Array.of(255, 255, 255, 255, 1), encodeFrame(null), encodeFrame('x'), encodeFrame([]), encodeFrame({ id: 'x' })]
    for (const frame of garbage) ends.near.send(frame)
    expect((await client.call('settings.get', {})).value).toEqual({ zone: 'UTC' })
    await ends.close()
  })

  test('no more is answered once serving has stopped', async () => {
    const { ends, client, stop, seen } = await over(() => ({}))
    await client.call('settings.get', {})
    stop()
    const late = client.call('settings.get', {}).catch((error: unknown) => error)
    await ends.close()
    expect(await late).toMatchObject({ code: 'disconnected' })
    expect(seen).toHaveLength(1)
  })
})

test('an answer that nobody can be told is logged, not thrown into the process', async () => {
  const logged: unknown[] = []
  let deliver: (frame: Uint8Array) => void = () => {}
  const sent: unknown[] = []
  const wire: Wire = {
    send(frame) {
      sent.push(decodeFrame(frame))
      throw new Error('the wire is gone')
    },
    onFrame: (listener) => {
      deliver = listener
      return () => {}
    },
    onClose: () => () => {},
  }
  const backend = { call: async () => ({ value: {}, tables: [], revision: 1 }), on: () => () => {} } as unknown as Backend
  const done = new Promise<void>((resolve) => serveOver(wire, backend, (error) => logged.push(error) === 2 && resolve()))
  deliver(encodeFrame({ id: 1, method: 'settings.get', ask: {} }))
  await done
  expect(logged).toHaveLength(2)
  expect(sent).toHaveLength(2)
})
