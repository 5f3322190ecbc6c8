import { expect, test, vi } from 'vitest'
import { BackendFault, clientOver } from '../../src/contract'
import type { BackendPort, FromBackend, HostPort, ToBackend } from '../../src/node'
import { BackendKeeper, hostBackend } from '../../src/node'
import { aBackend } from './a-backend'

const quiet = { info() {}, error() {} }
const settings = { appearance: 'dark', zone: 'UTC' }

/** A backend "process" within this thread: both ends of the way, whose messages arrive in later turns. */
function aProcess(start: Parameters<typeof hostBackend>[0]['start']) {
  const toHost = new Set<(message: FromBackend) => void>()
  const toBackend = new Set<(message: ToBackend) => void>()
  const exits = new Set<(code: number) => void>()
  let alive = true
  const end = (code: number) => {
    alive = false
    for (const exit of exits) exit(code)
  }
  const later = <T>(listeners: Set<(message: T) => void>, message: T) =>
    queueMicrotask(() => alive && listeners.forEach((listener) => listener(structuredClone(message))))
  const near: BackendPort = {
    send: (message) => later(toBackend, message),
    onMessage: (listener) => void toHost.add(listener),
    onExit: (listener) => void exits.add(listener),
    kill: () => end(1),
  }
  const far: HostPort = {
    send: (message) => later(toHost, message),
    onMessage: (listener) => void toBackend.add(listener),
  }
  hostBackend({ port: far, start, log: quiet, ended: () => end(0) })
  return { near, end }
}

test('calls made while the backend starts wait for it', async () => {
  let begin = () => {}
  const starting = new Promise<void>((resolve) => (begin = resolve))
  const start = () => starting.then(() => aBackend({ 'settings.get': () => settings }))
  const keeper = new BackendKeeper({ launch: () => aProcess(start).near, log: quiet })
  const call = clientOver(keeper.connect()).call('settings.get', {})
  begin()
  expect((await call).value).toEqual(settings)
  expect(await keeper.started).toBeNull()
})

test('a backend that cannot start answers every call with the fault, and a later page makes it try again', async () => {
  const fault = { code: 'workspace-locked' as const, message: 'Process 7 holds it.', detail: { pid: 7 } }
  const start = vi.fn(async () => aBackend({ 'settings.get': () => settings }))
  start.mockRejectedValueOnce(new BackendFault(fault))
  const keeper = new BackendKeeper({ launch: () => aProcess(start).near, log: quiet })
  const first = clientOver(keeper.connect())
  await expect(first.call('settings.get', {})).rejects.toMatchObject(fault)
  await expect(first.call('connection.list', {})).rejects.toMatchObject(fault)
  expect(await keeper.started).toEqual(fault)
  expect((await clientOver(keeper.connect()).call('settings.get', {})).value).toEqual(settings)
})

test('an unexpected failure to start crosses without its insides', async () => {
  const start = () => Promise.reject(new Error('secret path'))
  const keeper = new BackendKeeper({ launch: () => aProcess(start).near, log: quiet })
  const call = clientOver(keeper.connect()).call('settings.get', {})
  const message = expect.not.stringContaining('secret') as string
  await expect(call).rejects.toMatchObject({ code: 'internal', message })
})

test('an answer to one page never reaches the page that came after it', async () => {
  let answer = (_value: unknown) => {}
  const slow = new Promise((resolve) => (answer = resolve))
  const start = async () => aBackend({ 'workspace.summary': () => slow, 'settings.get': () => settings })
  const keeper = new BackendKeeper({ launch: () => aProcess(start).near, log: quiet })
  const before = keeper.connect()
  void clientOver(before).call('workspace.summary', {}).catch(() => {})
  await keeper.started
  before.close()
  const after = keeper.connect()
  const frames = vi.fn()
  after.onFrame(frames)
  answer({ name: 'late' })
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(frames).not.toHaveBeenCalled()
})

test('notices reach every page until it closes', async () => {
  const backend = aBackend({})
  const keeper = new BackendKeeper({ launch: () => aProcess(async () => backend).near, log: quiet })
  const [one, two] = [keeper.connect(), keeper.connect()]
  const heard = [vi.fn(), vi.fn()] as const
  clientOver(one).on('store.changed', heard[0])
  clientOver(two).on('store.changed', heard[1])
  await keeper.started
  await new Promise((resolve) => setTimeout(resolve, 1))
  one.close()
  await new Promise((resolve) => setTimeout(resolve, 1))
  backend.tell('store.changed', { tables: ['event'], revision: 2 })
  await new Promise((resolve) => setTimeout(resolve, 1))
  expect(heard[0]).not.toHaveBeenCalled()
  expect(heard[1]).toHaveBeenCalledWith({ tables: ['event'], revision: 2 })
})

test('a backend that ends is started again, but after three ends not until a minute is over', async () => {
  vi.useFakeTimers()
  try {
    const processes: ReturnType<typeof aProcess>[] = []
    const launch = () => {
      processes.push(aProcess(async () => aBackend({ 'settings.get': () => settings })))
      return processes.at(-1)!.near
    }
    const keeper = new BackendKeeper({ launch, log: quiet })
    for (const pause of [0, 500, 2000]) {
      const backend = clientOver(keeper.connect())
      await vi.advanceTimersByTimeAsync(pause)
      expect((await backend.call('settings.get', {})).value).toEqual(settings)
      const lost = expect(backend.call('settings.get', {})).rejects.toMatchObject({ code: 'disconnected' })
      processes.at(-1)!.end(70)
      await lost
    }
    const given = clientOver(keeper.connect()).call('settings.get', {})
    await expect(given).rejects.toMatchObject({ code: 'internal' })
    expect(processes).toHaveLength(3)
    vi.advanceTimersByTime(60_000)
    expect((await clientOver(keeper.connect()).call('settings.get', {})).value).toEqual(settings)
    expect(processes).toHaveLength(4)
  } finally {
    vi.useRealTimers()
  }
})

test('closing lets the backend close its workspace, even one that is still starting', async () => {
  const backend = aBackend({})
  const keeper = new BackendKeeper({ launch: () => aProcess(async () => backend).near, log: quiet })
  await keeper.close()
  expect(backend.closed).toBe(true)
  const call = clientOver(keeper.connect()).call('settings.get', {})
  await expect(call).rejects.toMatchObject({ code: 'disconnected' })
})
