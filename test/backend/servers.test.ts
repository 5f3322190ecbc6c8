import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connectServer } from '../../src/backend/sync'
import { SAMPLE_CODE, SAMPLE_PASSWORD } from '../../src/sample'
import { testPorts } from '../ports'
import { aBackend, addressOf, aSample, begun, connectedByToken, connectionNamed, endOf, signedIn, synced } from './a-server-backend'
import { close, filesWith, writable } from './store/a-store'
import { tempFolder } from './temp-folder'

const JONAS = 'jonas.lind@fernhill.test'

describe('the name of a connection', () => {
  test('is free, whoever asks for it', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask } = served
    const first = await signedIn(served, sample, { user: 'mira.holt@fernhill.test' })
    const second = await signedIn(served, sample, { user: 'mira.holt@fernhill.test' })
    expect([first.server.name, second.server.name]).toEqual(['fernhill', 'fernhill'])
    expect(await ask('server.connect', { ticket: first.ticket })).toMatchObject({ name: 'fernhill' })
    await expect(ask('server.connect', { ticket: second.ticket, name: 'fernhill' })).rejects.toMatchObject({ code: 'name-taken' })
    expect(await ask('server.connect', { ticket: second.ticket })).toMatchObject({ name: 'fernhill 2' })
    await expect(ask('server.edit', { name: 'fernhill 2', rename: 'fernhill' })).rejects.toMatchObject({ code: 'name-taken' })
    await expect(ask('server.edit', { name: 'none', rename: 'x' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('editing a connection', () => {
  test('renames it with its token and all that it holds', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask, ports } = served
    await connectedByToken(served, sample, { name: 'before' })
    await synced(served, 'before')
    const { rows } = await connectionNamed(served, 'before')
    expect(rows).toBeGreaterThan(500)
    expect(await ask('server.edit', { name: 'before', rename: 'after' })).toMatchObject({ name: 'after', rows })
    expect([await ports.secrets.get('before'), await ports.secrets.get('after')]).toEqual([null, sample.tokens.super_admin])
    expect(await synced(served, 'after')).toMatchObject({ state: 'done', fault: null })
    expect((await ask('sync.jobs', {})).map(({ connection }) => connection)).toEqual(['after'])
  })

  test('under another name while it is synced ends that sync and loses nothing', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    await connectedByToken(served, sample, { name: 'before' })
    const { ended } = await begun(served, 'before')
    await served.ask('server.edit', { name: 'before', rename: 'after' })
    expect(await ended).toMatchObject({ state: 'cancelled' })
    expect((await served.ask('connection.list', {})).map(({ name }) => name)).toEqual(['after'])
    expect(await synced(served, 'after')).toMatchObject({ state: 'done', fault: null })
    expect(served.errors).toEqual([])
  })

  test('to another origin takes variables with credentials away too', async () => {
    const [sample, other, workspace] = [await aSample(), await aSample(), tempFolder()]
    const env = { TOKEN: sample.tokens.super_admin }
    const store = await writable(workspace)
    const nobody = () => Promise.reject(new Error('nobody is asked'))
    const asked = { ...addressOf(sample), name: 'acme', tokenEnv: 'TOKEN', onCode: nobody, onTenant: nobody }
    await connectServer({ store, ports: testPorts({ env }), version: '0.0.0' }, asked)
    close(store)
    const served = await aBackend(workspace, { env })
    expect(await synced(served, 'acme', { live: true })).toMatchObject({ state: 'done' })
    await served.ask('server.edit', { name: 'acme', url: other.url })
    expect(await synced(served, 'acme')).toMatchObject({ state: 'failed', fault: { code: 'unauthorized' } })
    expect(other.requests()).toEqual([])
  })

  test('to another origin takes its token away, to another path keeps it', async () => {
    const [served, sample, other] = [await aBackend(), await aSample(), await aSample()]
    const { ask, ports } = served
    await connectedByToken(served, sample, { name: 'acme' })
    await ask('server.edit', { name: 'acme', url: `${sample.url}/prefix` })
    expect(await ports.secrets.get('acme')).toBe(sample.tokens.super_admin)
    await ask('server.edit', { name: 'acme', url: other.url })
    expect(await ports.secrets.get('acme')).toBeNull()
    const failed = await synced(served, 'acme')
    expect(failed).toMatchObject({ state: 'failed', fault: { code: 'unauthorized', message: expect.stringContaining('Sign in again') as string } })
    expect(other.requests()).toEqual([])
  })

  test('refuses an address that is not safe and leaves all as it was', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask, ports } = served
    const before = await connectedByToken(served, sample, { name: 'acme' })
    await expect(ask('server.edit', { name: 'acme', rename: 'other', url: 'http://audit.example' })).rejects.toMatchObject({ code: 'insecure-address' })
    await expect(ask('server.edit', { name: 'acme', proxy: 'ftp://x' })).rejects.toMatchObject({ code: 'insecure-address' })
    expect(await connectionNamed(served, 'acme')).toEqual(before)
    expect(await ports.secrets.get('acme')).toBe(sample.tokens.super_admin)
  })

  test('under a name that is taken changes nothing else', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    await connectedByToken(served, sample, { name: 'acme' })
    await connectedByToken(served, sample, { name: 'taken' })
    const edited = served.ask('server.edit', { name: 'acme', rename: 'taken', url: 'https://audit.example' })
    await expect(edited).rejects.toMatchObject({ code: 'name-taken' })
    expect((await connectionNamed(served, 'acme')).server.url).toBe(sample.url)
    expect(await served.ports.secrets.get('acme')).toBe(sample.tokens.super_admin)
  })
})

describe('signing in again', () => {
  test('by another account or into another tenant is refused', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask, ports } = served
    const first = await signedIn(served, sample, { user: JONAS })
    await ask('server.connect', { ticket: first.ticket, name: 'acme' })
    const token = await ports.secrets.get('acme')
    const others = [await signedIn(served, sample, { user: 'mira.holt@fernhill.test' }), await signedIn(served, sample, { user: JONAS, tenant: 'bluewick' })]
    for (const { ticket } of others) await expect(ask('server.signInAgain', { ticket, name: 'acme' })).rejects.toMatchObject({ code: 'wrong-account' })
    expect(await ports.secrets.get('acme')).toBe(token)
    expect((await connectionNamed(served, 'acme')).server.account).toMatchObject({ name: 'jonas.lind', tenant: 'fernhill' })
  })

  test('at another server\'s address is refused, though nobody can tell whose token it is', async () => {
    const [served, sample, other] = [await aBackend(), await aSample(), await aSample()]
    await connectedByToken(served, sample, { name: 'acme' })
    const { ticket } = await served.ask('server.useToken', { ...addressOf(other), token: other.tokens.super_admin })
    const refused = { code: 'wrong-account', message: expect.stringContaining(new URL(other.url).host) as string }
    await expect(served.ask('server.signInAgain', { ticket, name: 'acme' })).rejects.toMatchObject(refused)
    expect((await connectionNamed(served, 'acme')).server.url).toBe(sample.url)
  })

  test('by the same account goes on without reading history again', async () => {
    const [served, sample] = [await aBackend(), await aSample({ events: 3000 })]
    const { ask } = served
    await connectedByToken(served, sample, { name: 'acme' })
    const first = await synced(served, 'acme')
    await served.ports.secrets.delete('acme')
    expect(await synced(served, 'acme')).toMatchObject({ state: 'failed', fault: { code: 'unauthorized' } })
    const { ticket } = await signedIn(served, sample, { user: 'mira.holt@fernhill.test' })
    const connection = await ask('server.signInAgain', { ticket, name: 'acme' })
    expect(connection.server?.signIn).toEqual({ by: 'password', user: 'mira.holt@fernhill.test' })
    // Without the part of closed history that other syncs look at again.
    const again = await synced(served, 'acme', { stream: 'audit', live: true })
    expect(again).toMatchObject({ state: 'done', fault: null })
    const [audit] = first.streams
    expect(audit?.requests).toBeGreaterThan(15)
    expect(again.requests).toBeLessThan(10)
    expect(again.streams[0]?.status).toBe('ok')
  })
})

describe('removing a connection', () => {
  test('with its rows leaves no byte of it on disk, and no token', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask, ports, workspace } = served
    await connectedByToken(served, sample, { name: 'acme' })
    await synced(served, 'acme')
    const { rows, companions } = await connectionNamed(served, 'acme')
    const [record] = sample.lists(sample.tokens.super_admin)
    expect(filesWith(workspace, record?.id ?? '')).not.toEqual([])
    expect(await ask('connection.remove', { name: 'acme', wipe: true })).toEqual({ removedRows: rows + companions })
    for (const trace of [record?.id ?? '', '/api/audit', 'fernhill', new URL(sample.url).host]) expect(filesWith(workspace, trace)).toEqual([])
    expect(await ports.secrets.get('acme')).toBeNull()
    expect([await ask('connection.list', {}), await ask('sync.jobs', {}), await ask('coverage.ranges', { range: null })]).toEqual([[], [], []])
  })

  test('while it is synced ends that and leaves nothing', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask, workspace } = served
    await connectedByToken(served, sample, { name: 'acme' })
    const { ended } = await begun(served, 'acme')
    await ask('connection.remove', { name: 'acme', wipe: true })
    expect(await ended).toMatchObject({ state: 'cancelled' })
    for (const trace of ['/api/audit', 'fernhill']) expect(filesWith(workspace, trace)).toEqual([])
    expect([await ask('connection.list', {}), await ask('sync.jobs', {}), served.errors]).toEqual([[], [], []])
  })

  test('without its rows keeps them, and asks its server no more', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask, ports } = served
    await connectedByToken(served, sample, { name: 'acme' })
    await synced(served, 'acme')
    const { held } = await ask('workspace.summary', {})
    await ask('connection.remove', { name: 'acme', wipe: false })
    expect(await ask('workspace.summary', {})).toMatchObject({ held, connections: [{ name: 'acme', state: 'removed' }] })
    expect(await ports.secrets.get('acme')).toBeNull()
    expect(await ask('sync.start', {})).toEqual({ started: [] })
    const { ticket } = await ask('server.useToken', { ...addressOf(sample), token: sample.tokens.super_admin })
    const refused = [
      ask('sync.start', { connection: 'acme' }),
      ask('server.signInAgain', { ticket, name: 'acme' }),
      ask('server.pause', { name: 'acme', paused: true }),
      ask('server.edit', { name: 'acme', rename: 'other' }),
    ]
    for (const one of refused) await expect(one).rejects.toMatchObject({ code: 'bad-ask' })
  })
})

test('the sample workspace is opened once, however often it is asked for', async () => {
  const small = await aSample({ events: 200 })
  const start = () => Promise.resolve({ url: small.url, token: small.tokens.super_admin })
  const served = await aBackend(undefined, { sample: { start } })
  const { ask } = served
  const end = endOf(served, 'sample')
  const opened = { connection: 'sample' }
  expect(await Promise.all([ask('sample.open', {}), ask('sample.open', {})])).toEqual([opened, opened])
  expect(await end).toMatchObject({ state: 'done', fault: null })
  expect((await ask('connection.list', {})).map(({ name, server }) => [name, server?.sample?.seed])).toEqual([['sample', 1]])
  // It moves with each start of its server.
  const moved = await aSample({ events: 200 })
  Object.assign(small, { url: moved.url })
  const again = endOf(served, 'sample')
  expect(await ask('sample.open', {})).toEqual(opened)
  expect(await again).toMatchObject({ state: 'done', fault: null })
  expect((await connectionNamed(served, 'sample')).server.url).toBe(moved.url)
})

test('a workspace that another process writes refuses everything that would change it', async () => {
  const workspace = tempFolder()
  const [before, sample] = [await aBackend(workspace), await aSample()]
  await connectedByToken(before, sample, { name: 'acme' })
  await before.backend.close()
  writeFileSync(join(workspace, 'LOCK'), JSON.stringify({ pid: process.ppid, since: 'before', started: null, id: 'x' }))
  const { ask } = await aBackend(workspace)
  const locked = { code: 'workspace-locked', message: expect.stringContaining(`Process ${process.ppid}`) as string }
  const asks = [
    () => ask('server.signIn', { ...addressOf(sample), user: JONAS, password: SAMPLE_PASSWORD }),
    () => ask('server.useToken', { ...addressOf(sample), token: sample.tokens.super_admin }),
    () => ask('server.verifyCode', { ticket: 'x', code: SAMPLE_CODE }),
    () => ask('server.chooseTenant', { ticket: 'x', tenant: 'fernhill' }),
    () => ask('server.connect', { ticket: 'x' }),
    () => ask('server.signInAgain', { ticket: 'x', name: 'acme' }),
    () => ask('server.edit', { name: 'acme', rename: 'b' }),
    () => ask('server.pause', { name: 'acme', paused: true }),
    () => ask('connection.remove', { name: 'acme', wipe: true }),
    () => ask('sync.start', {}),
    () => ask('sync.cancel', { connection: 'acme' }),
    () => ask('sample.open', {}),
  ]
  for (const refused of asks) await expect((async () => refused())()).rejects.toMatchObject(locked)
  expect(await ask('sync.jobs', {})).toEqual([])
  expect(await ask('connection.list', {})).toMatchObject([{ name: 'acme', server: { url: sample.url } }])
})
