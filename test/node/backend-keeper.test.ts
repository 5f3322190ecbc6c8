import { expect, test, vi } from 'vitest'
import { BackendFault, clientOver } from '../../src/contract'
import { BackendKeeper, memorySecrets, type BackendPort } from '../../src/node'
import { aBackend } from './a-backend'
import { aProcess, quiet } from './a-process'

const settings = { appearance: 'dark', zone: 'UTC' }

function keeperOf(launch: () => BackendPort): BackendKeeper {
  return new BackendKeeper({ launch, log: quiet, secrets: memorySecrets() })
}

test('calls made while the backend starts wait for it', async () => {
  let begin = () => {}
  const starting = new Promise<void>((resolve) => (begin = resolve))
  const start = () => starting.then(() => aBackend({ 'settings.get': () => settings }))
  const keeper = keeperOf(() => aProcess(start).near)
  const call = clientOver(keeper.connect()).call('settings.get', {})
  begin()
  expect((await call).value).toEqual(settings)
  expect(await keeper.started).toBeNull()
})

test('a backend that cannot start answers every call with the fault, and a later page makes it try again', async () => {
  const fault = { code: 'workspace-locked' as const, message: 'Process 7 holds it.', detail: { pid: 7 } }
  const start = vi.fn(async () => aBackend({ 'settings.get': () => settings }))
  start.mockRejectedValueOnce(new BackendFault(fault))
  const keeper = keeperOf(() => aProcess(start).near)
  const first = clientOver(keeper.connect())
  await expect(first.call('settings.get', {})).rejects.toMatchObject(fault)
  await expect(first.call('connection.list', {})).rejects.toMatchObject(fault)
  expect(await keeper.started).toEqual(fault)
  expect((await clientOver(keeper.connect()).call('settings.get', {})).value).toEqual(settings)
})

test('an unexpected failure to start crosses without its insides', async () => {
  const start = () => Promise.reject(new Error('secret path'))
  const keeper = keeperOf(() => aProcess(start).near)
  const call = clientOver(keeper.connect()).call('settings.get', {})
  const message = expect.not.stringContaining('secret') as string
  await expect(call).rejects.toMatchObject({ code: 'internal', message })
})

test('an answer to one page never reaches the page that came after it', async () => {
  let answer = (_value: unknown) => {}
  const slow = new Promise((resolve) => (answer = resolve))
  const start = async () => aBackend({ 'workspace.summary': () => slow, 'settings.get': () => settings })
  const keeper = keeperOf(() => aProcess(start).near)
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
  const keeper = keeperOf(() => aProcess(async () => backend).near)
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
    const keeper = keeperOf(launch)
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
  const keeper = keeperOf(() => aProcess(async () => backend).near)
  await keeper.close()
  expect(backend.closed).toBe(true)
  const call = clientOver(keeper.connect()).call('settings.get', {})
  await expect(call).rejects.toMatchObject({ code: 'disconnected' })
})
