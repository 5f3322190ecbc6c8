import { describe, expect, it } from 'vitest'
import type { SignInAnswer } from '../../../../src/backend/source'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { ACCOUNTS, SAMPLE_CODE, SAMPLE_PASSWORD, startSample } from '../../../../src/sample'
import { aDoor, aServer, faultOf, type Said } from '../a-server'

const { allowed, signIn, verifyCode, chooseTenant, accountOf } = webxtermSource
const CREDENTIALS = { user: 'mira@acme.test', password: 'pässword "1"' }
const CLAIMS = { user_id: 'u1', username: 'mira', tenant_id: 'acme', role: 'company_admin', exp: 1_800_000_000, iss: 'vsay-auth' }
const TOKEN = `${encoded({ alg: 'HS256' })}.${encoded(CLAIMS)}.c2ln`
const TENANTS = [{ tenant_id: 'acme', tenant_name: 'Acme', username: 'mira', user_id: 'u1' }, { tenant_id: 'other' }]

const A = {
  token: TOKEN,
  user: { id: 'u1', username: 'mira', email: 'mira@acme.test', role: 'user', api_key: 'agent-key-secret' },
  expires_in: 86_400,
  session_token: 'sess-secret',
  available_tenants: TENANTS,
}
const B = { message: 'OTP sent', requires_otp: true, username: 'mira', tenants: TENANTS, session_token: 's1', otp_expires_in_min: 10 }
const C = { requires_tenant_selection: true, tenants: TENANTS, session_token: 's2' }

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function doorTo(answers: Record<string, Said>) {
  const server = await aServer(({ path }) => answers[path] ?? { status: 404, body: { error: 'Not found' } })
  return { server, door: aDoor(server.url, allowed) }
}

function pendingOf(answer: SignInAnswer) {
  if (answer.step === 'done') throw new Error('done already')
  return answer.pending
}

const DONE = {
  step: 'done',
  token: TOKEN,
  account: { id: 'u1', name: 'mira', email: 'mira@acme.test', role: 'company_admin', tenant: 'acme', expiresAt: 1_800_000_000_000 },
}

describe('signing in', () => {
  it('at once; nothing but the token and its holder is kept', async () => {
    const { server, door } = await doorTo({ '/api/auth/login': { body: A } })
    door.useToken('an-old-one')
    const answer = await signIn(door, CREDENTIALS)
    expect(answer).toEqual(DONE)
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(server.seen).toMatchObject([{ method: 'POST', path: '/api/auth/login' }])
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ email: CREDENTIALS.user, password: CREDENTIALS.password })
    expect(server.seen[0]?.headers.authorization).toBeUndefined()
  })

  it('to the Community edition, where the other place is not there', async () => {
    const { server, door } = await doorTo({ '/api/login': { body: A } })
    expect(await signIn(door, CREDENTIALS)).toEqual(DONE)
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/auth/login', '/api/login'])
  })

  it('with a code, then a tenant', async () => {
    const { server, door } = await doorTo({
      '/api/auth/login': { body: B },
      '/api/auth/verify-otp': { body: C },
      '/api/auth/select-tenant': { body: A },
    })
    const first = await signIn(door, CREDENTIALS)
    expect(first).toEqual({ step: 'code', pending: { session: 's1', username: 'mira' }, minutes: 10 })
    const second = await verifyCode(door, pendingOf(first), ' 246 810 ')
    expect(second).toEqual({
      step: 'tenant',
      pending: { session: 's2', username: 'mira' },
      tenants: [{ id: 'acme', name: 'Acme' }, { id: 'other', name: 'other' }],
    })
    expect(await chooseTenant(door, pendingOf(second), 'acme')).toEqual(DONE)
    expect(server.seen.slice(1).map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { username: 'mira', otp_code: '246810' },
      { session_token: 's2', tenant_id: 'acme' },
    ])
  })

  it('with a tenant, then a code', async () => {
    const { door } = await doorTo({
      '/api/auth/login': { body: C },
      '/api/auth/select-tenant': { body: B },
      '/api/auth/verify-otp': { body: A },
    })
    const first = await signIn(door, CREDENTIALS)
    expect(first).toMatchObject({ step: 'tenant', pending: { username: CREDENTIALS.user } })
    const second = await chooseTenant(door, pendingOf(first), 'acme')
    expect(second).toMatchObject({ step: 'code', pending: { session: 's1', username: 'mira' } })
    expect(await verifyCode(door, pendingOf(second), '246810')).toEqual(DONE)
  })

  it.each([
    [{ status: 401, body: { error: 'Invalid credentials' } }, 'unauthorized', 'Invalid credentials'],
    [{ status: 400, body: { error: 'Email must be valid' } }, 'unauthorized', 'Email must be valid'],
    [{ status: 403, body: { error: 'Account is disabled' } }, 'forbidden', 'Account is disabled'],
    [{ body: { ...A, must_reset_password: true } }, 'forbidden', 'new password'],
    [{ body: {} }, 'bad-answer', 'neither'],
    [{ status: 502, body: { error: 'Backend service unavailable' } }, 'server-error', 'Backend'],
  ])('is refused in plain words: %o', async (said, code, words) => {
    const { door } = await doorTo({ '/api/auth/login': said })
    const fault = await faultOf(signIn(door, CREDENTIALS))
    expect(fault).toMatchObject({ code })
    expect(fault.message).toContain(words)
    expect(fault.message).not.toContain(CREDENTIALS.password)
  })

  it('is not offered by password anywhere', async () => {
    const { door } = await doorTo({})
    expect(await faultOf(signIn(door, CREDENTIALS))).toMatchObject({ code: 'not-offered' })
  })

  it.each([
    ['123456', { status: 401, body: { error: 'Invalid or expired OTP' } }, 'wrong-code'],
    ['123456', { status: 400, body: { error: 'otp_code is invalid' } }, 'wrong-code'],
    ['12345', {}, 'wrong-code'],
    ['abcdef', {}, 'wrong-code'],
    ['123456', { status: 401, body: { error: 'Invalid or expired session' } }, 'unauthorized'],
    ['123456', { status: 500 }, 'server-error'],
  ])('ends at the code %s, answered with %o', async (typed, said, code) => {
    const { door } = await doorTo({ '/api/auth/verify-otp': said })
    expect((await faultOf(verifyCode(door, { session: 's1', username: 'mira' }, typed))).code).toBe(code)
  })

  it('ends at a tenant that is not allowed', async () => {
    const said = { status: 403, body: { error: 'Access to this tenant is not allowed' } }
    const { door } = await doorTo({ '/api/auth/select-tenant': said })
    const fault = await faultOf(chooseTenant(door, { session: 's2' }, 'other'))
    expect(fault).toMatchObject({ code: 'forbidden' })
    expect(fault.message).toContain('Access to this tenant is not allowed')
  })
})

it.each(['', 'a.b', 'a.b.c', `x.${encoded([1])}.y`, `x.${encoded('t')}.y`, `vsay_${'0'.repeat(48)}`, 'x.%%%.y'])(
  'knows nothing of the holder of %s',
  (token) => {
    expect(accountOf(token)).toEqual({})
  },
)

it('signs in to the sample server as everybody', async () => {
  const sample = await startSample({ events: 10 })
  try {
    for (const { email, disabled, tenants } of ACCOUNTS) {
      const door = aDoor(sample.url, allowed)
      if (disabled) {
        expect((await faultOf(signIn(door, { user: email, password: SAMPLE_PASSWORD }))).code).toBe('forbidden')
        continue
      }
      let answer = await signIn(door, { user: email, password: SAMPLE_PASSWORD })
      if (answer.step === 'code') {
        expect((await faultOf(verifyCode(door, answer.pending, '000000'))).code).toBe('wrong-code')
        answer = await verifyCode(door, answer.pending, SAMPLE_CODE)
      }
      if (answer.step === 'tenant') answer = await chooseTenant(door, answer.pending, tenants[1] ?? '')
      expect(answer).toMatchObject({ step: 'done', account: { tenant: tenants.at(-1) } })
      expect((await faultOf(signIn(door, { user: email, password: 'wrong' }))).code).toBe('unauthorized')
    }
  } finally {
    await sample.close()
  }
})
