import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Milliseconds within which a token from an address must be exchanged. */
export const TOKEN_LASTS = 60_000

/**
 * Who may talk to this host. A token stands in an address, works once and soon ends; it is exchanged for a key, which a
 * page keeps to itself and which is good for as long as the host runs, so that a reload needs no new token.
 */
export interface SessionKeys {
  newToken(): string
  /** The key for a token, or null when the token is unknown, used or too old. */
  exchange(token: string): string | null
  isKey(text: string): boolean
}

export function sessionKeys(now: () => number = Date.now): SessionKeys {
  const tokens: { hash: Buffer; until: number }[] = []
  const keys: Buffer[] = []
  return {
    newToken() {
      const token = secret()
      tokens.push({ hash: hashOf(token), until: now() + TOKEN_LASTS })
      return token
    },
    exchange(token) {
      const at = tokens.findIndex(({ hash }) => timingSafeEqual(hash, hashOf(token)))
      const [found] = at < 0 ? [] : tokens.splice(at, 1)
      if (!found || now() >= found.until) return null
      const key = secret()
      keys.push(hashOf(key))
      return key
    },
    isKey: (text) => keys.some((hash) => timingSafeEqual(hash, hashOf(text))),
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Hashing first makes lengths equal, which the comparison in constant time needs. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
