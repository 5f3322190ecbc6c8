import type { Account } from '../../../domain'
import type { FetchDoor } from '../fetch-door'
import { elements, member, text, type JsonValue } from '../json'
import { ServerFault } from '../server-fault'
import type { PendingSignIn, SignInAnswer } from '../server-source'
import { accountIn, accountOf } from './account'
import { countIn, readAnswer } from './machines'

type Credentials = { user: string; password: string }

/** Signs in at the Enterprise edition's place, else at the Community edition's. */
export async function signIn(door: FetchDoor, { user, password }: Credentials): Promise<SignInAnswer> {
  const credentials = { email: user, password }
  const before: PendingSignIn = { session: '', username: user }
  try {
    return await ask(door, '/api/auth/login', { body: credentials, before })
  } catch (error) {
    if (!(error instanceof ServerFault) || error.status !== 404) throw badCredentials(error)
  }
  try {
    return await ask(door, '/api/login', { body: credentials, before })
  } catch (error) {
    throw error instanceof ServerFault && error.status === 404 ? noSignIn() : badCredentials(error)
  }
}

/** Gives the one-time code that the server sent. Throws `wrong-code`. */
export async function verifyCode(door: FetchDoor, pending: PendingSignIn, code: string): Promise<SignInAnswer> {
  const digits = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) throw new ServerFault({ code: 'wrong-code', message: 'A code has six digits.' })
  const body = { username: pending.username ?? '', otp_code: digits }
  try {
    return await ask(door, '/api/auth/verify-otp', { body, before: pending })
  } catch (error) {
    throw badCode(error)
  }
}

/** Chooses one of the tenants that the server offered. */
export function chooseTenant(door: FetchDoor, pending: PendingSignIn, tenant: string): Promise<SignInAnswer> {
  const body = { session_token: pending.session, tenant_id: tenant }
  return ask(door, '/api/auth/select-tenant', { body, before: pending })
}

/** A new token for the door's own; keys that never end and Community editions have none. */
export async function refresh(door: FetchDoor): Promise<{ token: string; account: Account } | null> {
  if (door.token === null) return null
  try {
    const { body } = await door.post('/api/auth/refresh', { token: door.token })
    const token = text(member(readAnswer(body), 'token'))
    return token ? { token, account: accountOf(token) } : null
  } catch (error) {
    if (error instanceof ServerFault && error.status !== null) return null
    throw error
  }
}

async function ask(
  door: FetchDoor,
  path: string,
  { body, before }: { body: Record<string, unknown>; before: PendingSignIn },
): Promise<SignInAnswer> {
  const { body: answer } = await door.post(path, body, { anonymous: true })
  return readStep(readAnswer(answer), before)
}

function readStep(answer: JsonValue, before: PendingSignIn): SignInAnswer {
  const username = text(member(answer, 'username')) || before.username
  const session = text(member(answer, 'session_token')) || before.session
  const pending: PendingSignIn = { session, ...(username !== undefined && { username }) }
  if (text(member(answer, 'must_reset_password')) === 'true') throw mustReset()
  if (text(member(answer, 'requires_tenant_selection')) === 'true') {
    return { step: 'tenant', pending, tenants: tenantsIn(answer) }
  }
  if (text(member(answer, 'requires_otp')) === 'true') {
    return { step: 'code', pending, minutes: countIn(answer, 'otp_expires_in_min') }
  }
  const token = text(member(answer, 'token'))
  if (!token) {
    const message = 'The server answered the sign-in with neither a token nor a question.'
    throw new ServerFault({ code: 'bad-answer', message })
  }
  // Nothing else of the answer is kept: its user holds a key that agents sign in with.
  return { step: 'done', token, account: { ...accountIn(member(answer, 'user')), ...accountOf(token) } }
}

function tenantsIn(answer: JsonValue): { id: string; name: string }[] {
  return elements(member(answer, 'tenants')).flatMap((one) => {
    const id = text(member(one, 'tenant_id'))
    return id ? [{ id, name: text(member(one, 'tenant_name')) || id }] : []
  })
}

function badCredentials(error: unknown): unknown {
  if (!(error instanceof ServerFault) || (error.status !== 401 && error.status !== 400)) return error
  return again(error, 'unauthorized', `The server did not accept the e-mail address and password${saying(error)}`)
}

function badCode(error: unknown): unknown {
  if (!(error instanceof ServerFault) || (error.status !== 401 && error.status !== 400)) return error
  // The code may be right and only too late: then there is nothing to type again.
  if (/session/i.test(error.said ?? '')) {
    return again(error, 'unauthorized', `The sign-in has ended; begin again${saying(error)}`)
  }
  return again(error, 'wrong-code', `The server did not accept the code${saying(error)}`)
}

function again(error: ServerFault, code: ServerFault['code'], message: string): ServerFault {
  const { status, said } = error
  return new ServerFault({ code, message, ...(status !== null && { status }), ...(said !== null && { said }) })
}

function saying(error: ServerFault): string {
  return error.said === null ? '.' : `: ${error.said}`
}

function mustReset(): ServerFault {
  return new ServerFault({
    code: 'forbidden',
    message: 'The server wants a new password for this account first: set it in the web interface, then sign in here.',
  })
}

function noSignIn(): ServerFault {
  return new ServerFault({
    code: 'not-offered',
    message: 'The server offers no sign-in by password at this address: check the address, or sign in with a token.',
    status: 404,
  })
}
