import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SAMPLE_CODE, SAMPLE_PASSWORD } from '../../src/sample'
import { aBackend, addressOf, aSample, synced } from './a-server-backend'
import { filesWith } from './store/a-store'
import { tempFolder } from './temp-folder'

const JONAS = 'jonas.lind@fernhill.test'
const TEN_MINUTES = 10 * 60_000
const NO_SUCH_TICKET = 'no-such-ticket'

describe('signing in', () => {
  test('with a code and a choice of tenant ends in a connection that syncs', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask } = served
    const first = await ask('server.signIn', { ...addressOf(sample), user: JONAS, password: SAMPLE_PASSWORD })
    expect(first).toEqual({ step: 'code', ticket: expect.any(String) as string, minutes: 10 })
    await expect(ask('server.verifyCode', { ticket: first.ticket, code: '111111' })).rejects.toMatchObject({ code: 'wrong-code' })
    await expect(ask('server.verifyCode', { ticket: first.ticket, code: 'abc' })).rejects.toMatchObject({ code: 'wrong-code' })
    await expect(ask('server.connect', { ticket: first.ticket })).rejects.toMatchObject({ code: 'bad-ask' })
    const second = await ask('server.verifyCode', { ticket: first.ticket, code: ` ${SAMPLE_CODE} ` })
    if (second.step !== 'tenant') throw new Error(second.step)
    expect(second.tenants.map(({ id }) => id).toSorted()).toEqual(['bluewick', 'fernhill'])
    const third = await ask('server.chooseTenant', { ticket: second.ticket, tenant: 'bluewick' })
    if (third.step !== 'done') throw new Error(third.step)
    const account = { name: 'jonas.lind', role: 'company_admin', tenant: 'bluewick' }
    expect(third.server).toMatchObject({ ...addressOf(sample), dialect: 'documented', account, name: 'bluewick', keptIn: 'memory' })
    expect(third.server.streams[0]).toEqual({ stream: 'audit', label: 'audit', status: 'ok' })

    const connection = await ask('server.connect', { ticket: third.ticket })
    expect(connection).toMatchObject({ name: 'bluewick', origin: 'server', server: { account, paused: false, signIn: { by: 'password', user: JONAS } } })
    // A ticket is good for one connection.
    await expect(ask('server.connect', { ticket: third.ticket, name: 'twice' })).rejects.toMatchObject({ code: 'ticket-expired' })
    expect(await synced(served, 'bluewick')).toMatchObject({ state: 'done', fault: null })
    expect((await ask('workspace.summary', {})).held).toBeGreaterThan(0)
    for (const secret of [SAMPLE_PASSWORD, 'session_token', await served.ports.secrets.get('bluewick')]) {
      expect(filesWith(served.workspace, secret ?? 'no token')).toEqual([])
    }
  })

  test.each([
    { who: 'a wrong password', user: JONAS, password: 'wrong', code: 'unauthorized' },
    { who: 'a person nobody knows', user: 'nobody@fernhill.test', password: SAMPLE_PASSWORD, code: 'unauthorized' },
    { who: 'an account that is disabled', user: 'otto.former@fernhill.test', password: SAMPLE_PASSWORD, code: 'forbidden' },
  ])('with $who says so in plain words', async ({ user, password, code }) => {
    const [{ ask, errors }, sample] = [await aBackend(), await aSample()]
    const failed = ask('server.signIn', { ...addressOf(sample), user, password })
    await expect(failed).rejects.toMatchObject({ code, message: expect.stringMatching(/^[A-Z1].*\S\.?$/) as string })
    expect([errors, await ask('connection.list', {})]).toEqual([[], []])
  })

  test('with a ticket that is too old, or was never given, begins again', async () => {
    const [{ ask, clock }, sample] = [await aBackend(), await aSample()]
    const { ticket } = await ask('server.signIn', { ...addressOf(sample), user: JONAS, password: SAMPLE_PASSWORD })
    const done = await ask('server.useToken', { ...addressOf(sample), token: sample.tokens.super_admin })
    clock.at += TEN_MINUTES
    expect(await ask('server.verifyCode', { ticket, code: SAMPLE_CODE })).toMatchObject({ step: 'tenant' })
    clock.at += 1
    const expired = { code: 'ticket-expired' }
    await expect(ask('server.chooseTenant', { ticket, tenant: 'fernhill' })).rejects.toMatchObject(expired)
    await expect(ask('server.connect', { ticket: done.ticket })).rejects.toMatchObject(expired)
    await expect(ask('server.verifyCode', { ticket: NO_SUCH_TICKET, code: SAMPLE_CODE })).rejects.toMatchObject(expired)
    await expect(ask('server.signInAgain', { ticket: NO_SUCH_TICKET, name: 'x' })).rejects.toMatchObject(expired)
  })

  test('at an address that is none, not safe, or nobody\'s says why', async () => {
    const { ask } = await aBackend()
    const gone = await aSample()
    await gone.close()
    const to = (url: string, kind = 'webxterm') => ask('server.useToken', { kind, url, token: 'x' })
    await expect(to(gone.url)).rejects.toMatchObject({ code: 'unreachable' })
    await expect(to('http://audit.example')).rejects.toMatchObject({ code: 'insecure-address' })
    await expect(to('https://ana:secret@audit.example')).rejects.toMatchObject({ code: 'insecure-address' })
    await expect(to(gone.url, 'nothing')).rejects.toMatchObject({ code: 'bad-ask' })
    const caFile = join(tempFolder(), 'none.pem')
    await expect(ask('server.useToken', { ...addressOf(gone), caFile, token: 'x' })).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  test('with a token that the server does not know is refused', async () => {
    const [{ ask }, sample] = [await aBackend(), await aSample()]
    await expect(ask('server.useToken', { ...addressOf(sample), token: 'x.y.z' })).rejects.toMatchObject({ code: 'unauthorized' })
  })
})
