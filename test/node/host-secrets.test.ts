import { expect, test, vi } from 'vitest'
import type { Ports } from '../../src/backend'
import { clientOver } from '../../src/contract'
import { BackendKeeper, hostSecrets, memorySecrets, type FromBackend, type HostPort, type ToBackend } from '../../src/node'
import { aBackend } from './a-backend'
import { aProcess, quiet } from './a-process'

type Secrets = Ports['secrets']

/** A running backend whose secrets are its host's, and what its host holds. */
function hosted(secrets: Secrets = memorySecrets()) {
  const starts: Secrets[] = []
  const processes: ReturnType<typeof aProcess>[] = []
  const launch = () => {
    const process = aProcess(async (port: HostPort) => {
      starts.push(hostSecrets(port))
      return aBackend({ 'settings.get': () => ({}) })
    })
    processes.push(process)
    return process.near
  }
  const keeper = new BackendKeeper({ launch, log: quiet, secrets })
  return { keeper, starts, processes, secrets }
}

test('a backend keeps its secrets with its host', async () => {
  const { keeper, starts, secrets } = hosted()
  await keeper.started
  const own = starts[0]!
  expect(await own.place()).toBe('memory')
  expect(await own.get('a')).toBeNull()
  await Promise.all([own.set('a', 'one'), own.set('b', 'two')])
  expect(await Promise.all([own.get('a'), own.get('b')])).toEqual(['one', 'two'])
  expect(await secrets.get('a')).toBe('one')
  await own.delete('a')
  expect(await own.get('a')).toBeNull()
})

test('a backend may ask while it starts', async () => {
  const secrets = memorySecrets()
  await secrets.set('a', 'one')
  const found: (string | null)[] = []
  const launch = () =>
    aProcess(async (port) => {
      found.push(await hostSecrets(port).get('a'))
      return aBackend({})
    }).near
  const keeper = new BackendKeeper({ launch, log: quiet, secrets })
  expect(await keeper.started).toBeNull()
  expect(found).toEqual(['one'])
})

test('a backend that is started again finds its secrets; no answer meant for the one before reaches it', async () => {
  const { keeper, starts, processes, secrets } = hosted()
  await keeper.started
  await starts[0]!.set('a', 'one')
  let answer = (_value: string) => {}
  vi.spyOn(secrets, 'get').mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  const lost = vi.fn()
  void starts[0]!.get('a').then(lost)
  await new Promise((resolve) => setTimeout(resolve, 1))
  processes[0]!.end(70)
  await clientOver(keeper.connect()).call('settings.get', {})
  const asked = starts[1]!.get('a')
  answer('late')
  expect(await asked).toBe('one')
  expect(lost).not.toHaveBeenCalled()
})

test('what goes wrong in the host crosses without its words', async () => {
  const refuse = () => Promise.reject(new Error('token eyJ.secret'))
  const { keeper, starts } = hosted({ place: refuse, get: refuse, set: refuse, delete: refuse })
  await keeper.started
  const own = starts[0]!
  for (const asked of [own.place(), own.get('a'), own.set('a', 'eyJ.secret'), own.delete('a')]) {
    await expect(asked).rejects.toThrow(/^the host could not reach its secrets$/)
  }
})

test('messages of other kinds are none of its business', async () => {
  const listeners: ((message: ToBackend) => void)[] = []
  const sent: FromBackend[] = []
  const secrets = hostSecrets({ send: (message) => void sent.push(message), onMessage: (listener) => void listeners.push(listener) })
  const asked = secrets.get('a')
  for (const listener of listeners) {
    listener({ kind: 'close', wire: '1' })
    listener({ kind: 'secret', id: 99, answer: { ok: true, value: 'of another' } })
    listener({ kind: 'secret', id: 1, answer: { ok: true, value: 'one' } })
  }
  expect(await asked).toBe('one')
  expect(sent).toEqual([{ kind: 'secret', id: 1, ask: { what: 'get', name: 'a' } }])
})
