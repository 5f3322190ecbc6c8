import type { Account } from '../../../domain'
import { JsonFault, member, readJson, text, type JsonValue } from '../json'

/** Reads the claims of a JSON Web Token (RFC 7519) without verifying them; of any other token nothing is known. */
export function accountOf(token: string): Account {
  const parts = token.split('.')
  return parts.length === 3 ? accountIn(claimsOf(parts[1] ?? '')) : {}
}

/** The holder, from a token's claims or the user of a sign-in's answer. */
export function accountIn(holder: JsonValue | undefined): Account {
  const said = (...names: string[]) => names.map((name) => text(member(holder, name))).find((found) => found)
  const id = said('user_id', 'id')
  const name = said('username')
  const email = said('email')
  const role = said('role')
  const tenant = said('tenant_id')
  // Seconds since 1970.
  const expires = Number(said('exp') ?? Number.NaN)
  return {
    ...(id && { id }),
    ...(name && { name }),
    ...(email && { email }),
    ...(role && { role }),
    ...(tenant && { tenant }),
    ...(Number.isFinite(expires) && { expiresAt: Math.round(expires * 1000) }),
  }
}

function claimsOf(part: string): JsonValue | undefined {
  try {
    return readJson(Buffer.from(part, 'base64url'))
  } catch (error) {
    if (error instanceof JsonFault) return undefined
    throw error
  }
}
