import { ACCOUNTS, SAMPLE_CODE, SAMPLE_PASSWORD, type Account } from '../accounts'
import { TENANTS } from '../data/names'
import type { Organisation, Person } from '../data/organisation'
import { hex8, mix } from '../data/random'
import type { Plan } from '../options'
import { json, refusal, type Answer } from './answer'
import { skipsCode, type Caller } from './caller'
import { TOKEN_LIFE, type Tokens, type Viewer } from './tokens'

export type SignInAsk = {
  body: Record<string, unknown>
  caller: Caller
  /** Server clock, UTC milliseconds. */
  now: number
  /** Who the bearer of the request is, where it has a good token. */
  viewer: Viewer | null
}

/** The account is known from its second step on, for the audit. */
export type SignInAnswer = Answer & { account?: Account; tenant?: string }

export type SignIn = Record<'login' | 'verifyOtp' | 'selectTenant' | 'refresh', (ask: SignInAsk) => SignInAnswer>

type Chosen = { account: Account; tenant: string }
type Waiting = { account: Account; tenant?: string; codeDone: boolean }

/** What stands between two steps of somebody's sign-in. */
type Steps = {
  plan: Plan
  organisation: Organisation
  tokens: Tokens
  /** By session token. */
  waiting: Map<string, Waiting>
  /** Session tokens of those who were sent a code, by user name. */
  codes: Map<string, string>
  serial: number
}

/** The steps of signing in: answer A is a token, B asks for a one-time code, C for a tenant. */
export function signInDesk(plan: Plan, organisation: Organisation, tokens: Tokens): SignIn {
  const steps: Steps = { plan, organisation, tokens, waiting: new Map(), codes: new Map(), serial: 0 }
  return {
    login: (ask) => login(steps, ask),
    verifyOtp: (ask) => verifyOtp(steps, ask),
    selectTenant: (ask) => selectTenant(steps, ask),
    refresh: (ask) => refresh(steps, ask),
  }
}

function login(steps: Steps, ask: SignInAsk): SignInAnswer {
  const missing = ['email', 'password'].find((field) => typeof ask.body[field] !== 'string')
  if (missing) return invalid('LoginRequest', missing)
  const account = ACCOUNTS.find(({ email }) => email === ask.body['email'])
  if (!account || ask.body['password'] !== SAMPLE_PASSWORD) return refusal(401, 'Invalid credentials')
  if (account.disabled) return refusal(403, 'Account is disabled')
  return nextStep(steps, { account, codeDone: false }, ask)
}

function verifyOtp(steps: Steps, ask: SignInAsk): SignInAnswer {
  const { username, otp_code } = ask.body
  if (typeof username !== 'string') return invalid('VerifyOTPRequest', 'username')
  if (typeof otp_code !== 'string' || !/^\d{6}$/.test(otp_code)) return invalid('VerifyOTPRequest', 'otp_code')
  const wait = steps.waiting.get(steps.codes.get(username) ?? '')
  if (!wait || otp_code !== SAMPLE_CODE) return refusal(401, 'Invalid or expired OTP')
  steps.codes.delete(username)
  return nextStep(steps, { ...wait, codeDone: true }, ask)
}

function selectTenant(steps: Steps, ask: SignInAsk): SignInAnswer {
  const { session_token, tenant_id } = ask.body
  if (typeof session_token !== 'string') return invalid('SelectTenantRequest', 'session_token')
  if (typeof tenant_id !== 'string') return invalid('SelectTenantRequest', 'tenant_id')
  const wait = steps.waiting.get(session_token)
  if (!wait || (wait.account.code && !wait.codeDone)) return refusal(401, 'Invalid or expired session')
  if (!wait.account.tenants.includes(tenant_id)) return refusal(403, 'Access to this tenant is not allowed')
  return nextStep(steps, { ...wait, tenant: tenant_id }, ask)
}

function refresh(steps: Steps, { body, caller, now }: SignInAsk): SignInAnswer {
  const viewer = typeof body['token'] === 'string' ? steps.tokens.read(body['token'], now) : null
  if (!viewer) return refusal(401, 'Invalid or expired token')
  const { account } = viewer
  const tenant = TENANTS[viewer.tenant]?.id ?? ''
  const token = steps.tokens.issue(account, tenant, { now, serial: ++steps.serial, source: caller.source })
  return { ...json({ token, expires_in: TOKEN_LIFE }), account, tenant }
}

function remember(steps: Steps, wait: Waiting): string {
  const { seed } = steps.plan
  const session = `st_${hex8(mix(seed, ++steps.serial))}${hex8(mix(seed ^ 0x77, steps.serial))}`
  steps.waiting.set(session, wait)
  return session
}

/** Asks for what is missing yet, else gives the token. */
function nextStep(steps: Steps, wait: Waiting, { caller, now }: SignInAsk): SignInAnswer {
  const { plan, organisation, tokens, codes } = steps
  const { account } = wait
  const tenants = tenantsOf(account, organisation)
  if (account.code && !wait.codeDone && !skipsCode(caller)) {
    const session_token = remember(steps, wait)
    codes.set(account.username, session_token)
    const asked = { message: 'OTP sent to your email', requires_otp: true, username: account.username }
    return { ...json({ ...asked, tenants, session_token, otp_expires_in_min: 10 }), account }
  }
  const tenant = wait.tenant ?? (account.tenants.length === 1 ? account.tenants[0] : undefined)
  const session_token = remember(steps, { account, codeDone: true })
  if (tenant === undefined) return { ...json({ requires_tenant_selection: true, tenants, session_token }), account }
  const token = tokens.issue(account, tenant, { now, serial: ++steps.serial, source: caller.source })
  const user = userOf(plan, organisation, { account, tenant })
  const rest = { expires_in: TOKEN_LIFE, session_token, available_tenants: tenants, must_reset_password: false }
  return { ...json({ token, user, ...rest }), account, tenant }
}

function invalid(request: string, field: string): Answer {
  const name = field.replace(/(^|_)(\w)/g, (_whole, _line, letter: string) => letter.toUpperCase())
  return refusal(400, `Key: '${request}.${name}' Error:Field validation for '${name}' failed on the 'required' tag`)
}

function tenantsOf({ tenants, username }: Account, { people, byName }: Organisation): object[] {
  const user_id = people[byName.get(username) ?? 0]?.id
  const own = TENANTS.filter(({ id }) => tenants.includes(id))
  return own.map(({ id, name }) => ({ tenant_id: id, tenant_name: name, username, user_id }))
}

/** `api_key` is the secret of the machines' agents: the real server sends it too. */
function userOf({ seed }: Plan, { people, byName }: Organisation, { account, tenant }: Chosen) {
  const person = people[byName.get(account.username) ?? 0] as Person
  return {
    id: person.id,
    username: account.username,
    email: account.email,
    first_name: account.first,
    last_name: account.last,
    tenant_id: tenant,
    tenant_name: TENANTS.find(({ id }) => id === tenant)?.name,
    role: account.role,
    machine_role: account.role === 'user' ? 'operator' : 'admin',
    groups: [],
    email_verified: true,
    api_key: `vsay_agent_${hex8(mix(seed, 31))}${hex8(mix(seed, 32))}${person.id}`,
  }
}
