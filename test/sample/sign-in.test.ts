import { describe, expect, it } from 'vitest'
import { ACCOUNTS, SAMPLE_CODE, SAMPLE_PASSWORD } from '../../src/sample'
import { ask, list, NOW, pause, post, sampleOf } from './harness'

const [plain, coded, , disabled] = ACCOUNTS.map(({ email }) => ({ email, password: SAMPLE_PASSWORD }))

function claimsOf(token: unknown): Record<string, unknown> {
  const [, claims = ''] = String(token).split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
}

describe.each(['documented', 'server'] as const)('signing in (%s)', (dialect) => {
  it.each(['/api/auth/login', '/api/login'])('gives a token at once: %s', async (path) => {
    const sample = await sampleOf({ dialect })
    const { status, body } = await post(sample, path, { ...plain })
    expect(status).toBe(200)
    expect(body).toMatchObject({ expires_in: 86_400, user: { username: 'mira.holt', role: 'super_admin' } })
    expect((body['user'] as Record<string, string>)['api_key']).toMatch(/^vsay_agent_/)
    const claims = claimsOf(body['token'])
    expect(claims).toMatchObject({ iss: 'vsay-auth', role: 'super_admin', tenant_id: 'fernhill' })
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(86_400)
    expect(Math.abs(Number(claims['iat']) * 1000 - NOW)).toBeLessThan(60_000)
    expect((await ask(sample, '/api/machines', { token: String(body['token']) })).status).toBe(200)
  })

  it('asks for a code, then for a tenant, then gives the token', async () => {
    const sample = await sampleOf({ dialect })
    const first = await post(sample, '/api/auth/login', { ...coded })
    expect(first.body).toMatchObject({ requires_otp: true, username: 'jonas.lind', otp_expires_in_min: 10 })
    const early = { session_token: first.body['session_token'], tenant_id: 'fernhill' }
    expect(await post(sample, '/api/auth/select-tenant', early)).toEqual({
      status: 401,
      body: { error: 'Invalid or expired session' },
    })
    const username = first.body['username']
    const wrong = await post(sample, '/api/auth/verify-otp', { username, otp_code: '000000' })
    expect(wrong).toEqual({ status: 401, body: { error: 'Invalid or expired OTP' } })
    const second = await post(sample, '/api/auth/verify-otp', { username, otp_code: SAMPLE_CODE })
    expect(second.body).toMatchObject({ requires_tenant_selection: true, tenants: [{}, { tenant_id: 'bluewick' }] })
    const session_token = second.body['session_token']
    const foreign = await post(sample, '/api/auth/select-tenant', { session_token, tenant_id: 'kestrel' })
    expect(foreign).toEqual({ status: 403, body: { error: 'Access to this tenant is not allowed' } })
    const third = await post(sample, '/api/auth/select-tenant', { session_token, tenant_id: 'bluewick' })
    expect(third.body).toMatchObject({ user: { tenant_id: 'bluewick', role: 'company_admin' } })
    const { machines } = await list(sample, '/api/machines', String(third.body['token']))
    expect(machines.every(({ name }) => String(name).startsWith('bw-'))).toBe(true)
  })

  it('spares programs on the command line the code', async () => {
    const sample = await sampleOf({ dialect })
    const { body } = await post(sample, '/api/auth/login', { ...coded, agent: 'vsay-cli/1.0' })
    expect(body).toMatchObject({ requires_tenant_selection: true })
  })

  it('refuses in the words of the source', async () => {
    const sample = await sampleOf({ dialect })
    const refused = async (body: object | undefined) => post(sample, '/api/auth/login', { ...body })
    expect(await refused({ ...plain, password: 'x' })).toEqual({ status: 401, body: { error: 'Invalid credentials' } })
    expect(await refused(disabled)).toEqual({ status: 403, body: { error: 'Account is disabled' } })
    expect((await refused({ email: 'x' })).status).toBe(400)
    const bare = await fetch(`${sample.url}/api/machines`)
    expect([bare.status, await bare.json()]).toEqual([401, { error: 'Authorization header required' }])
    const basic = await fetch(`${sample.url}/api/machines`, { headers: { authorization: 'Basic x' } })
    expect(await basic.json()).toEqual({ error: 'Invalid authorization format. Use: Bearer <token>' })
    const bad = await ask(sample, '/api/machines', { token: 'x.y.z' })
    expect([bad.status, bad.text]).toEqual([401, '{"error":"Invalid or expired token"}'])
  })

  it('renews a token while it is good, and not when its day is over', async () => {
    const sample = await sampleOf({ dialect })
    const token = sample.tokens.user
    const fresh = await post(sample, '/api/auth/refresh', { token })
    expect(fresh.body).toMatchObject({ expires_in: 86_400 })
    expect(fresh.body['token']).not.toBe(token)
    const tomorrow = await sampleOf({ dialect, now: NOW + 86_400_000 })
    expect((await ask(tomorrow, '/api/machines', { token })).status).toBe(401)
    expect((await post(tomorrow, '/api/auth/refresh', { token })).status).toBe(401)
    expect(tomorrow.lists(token)).toEqual([])
  })

  it('is written down in the audit', async () => {
    const sample = await sampleOf({ dialect })
    await post(sample, '/api/auth/login', { ...plain })
    await post(sample, '/api/auth/login', { ...plain, password: 'wrong' })
    await pause(80)
    const path = dialect === 'documented' ? '/api/audit' : '/api/audit-logs'
    const { logs } = await list(sample, path)
    const own = logs.filter(({ ip_address }) => ip_address === '127.0.0.1')
    expect(own).toMatchObject(
      dialect === 'documented'
        ? [{ action: 'login_failed', status: 'failure' }, { action: 'login', username: 'mira.holt' }]
        : [
            { action: 'login', response_status: 401, tenant_id: '', username: '' },
            { action: 'login', response_status: 200, username: 'mira.holt' },
          ],
    )
    expect(JSON.stringify(own)).not.toContain(SAMPLE_PASSWORD)
  })
})
