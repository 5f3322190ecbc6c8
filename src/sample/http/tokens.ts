import { createHmac, timingSafeEqual } from 'node:crypto'
import { ACCOUNTS, type Account } from '../accounts'
import { TENANTS } from '../data/names'
import type { Organisation, Person } from '../data/organisation'
import { hex8, mix, objectId } from '../data/random'
import type { Plan, Role } from '../options'

/** Who asks: an account within one of its tenants. */
export type Viewer = { account: Account; person: number; role: Role; tenant: number; token: string }

/** Seconds a token is good for, by the server's clock. */
export const TOKEN_LIFE = 86_400

export type Tokens = {
  /** A new token, unlike any other of this run; `serial` 0 gives the same one for the same seed and time. */
  issue(account: Account, tenant: string, more: { now: number; serial: number; source: string }): string
  /** Null for a token that is not ours, or no longer good. */
  read(token: string, now: number): Viewer | null
}

/** Tokens as the documentation describes them: JWT, HS256, 24 hours. */
export function tokenMint({ seed }: Plan, { people, byName }: Organisation): Tokens {
  const secret = `recount sample ${hex8(mix(seed, 1))}`
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
  const head = encode({ alg: 'HS256', typ: 'JWT' })
  return {
    issue(account, tenant, { now, serial, source }) {
      const person = people[byName.get(account.username) ?? 0] as Person
      const iat = Math.floor(now / 1000)
      const claims = {
        user_id: person.id,
        username: account.username,
        email: account.email,
        tenant_id: tenant,
        tenant_name: TENANTS.find(({ id }) => id === tenant)?.name,
        role: account.role,
        machine_role: account.role === 'user' ? 'operator' : 'admin',
        groups: [],
        keycloak_id: objectId(seed, `keycloak ${account.username}`),
        source,
        iss: 'vsay-auth',
        exp: iat + TOKEN_LIFE,
        iat,
        jti: hex8(mix(seed, serial)),
      }
      const text = `${head}.${encode(claims)}`
      return `${text}.${sign(text)}`
    },
    read(token, now) {
      const [first = '', second = '', signature = ''] = token.split('.')
      if (!same(signature, sign(`${first}.${second}`))) return null
      const claims = JSON.parse(Buffer.from(second, 'base64url').toString()) as Record<string, unknown>
      const account = ACCOUNTS.find(({ username }) => username === claims['username'])
      if (!account || account.disabled || Number(claims['exp']) * 1000 <= now) return null
      const tenant = TENANTS.findIndex(({ id }) => id === claims['tenant_id'])
      const person = byName.get(account.username) ?? 0
      return { account, person, role: account.role, tenant, token }
    },
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
