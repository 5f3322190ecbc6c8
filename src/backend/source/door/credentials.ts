// Names of parameters that carry a secret, without the marks between their words.
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'sessiontoken',
  'auth',
  'authorization',
  'bearer',
  'jwt',
  'key',
  'apikey',
  'accesskey',
  'password',
  'passwd',
  'pass',
  'pwd',
  'secret',
  'clientsecret',
  'credential',
  'credentials',
  'otp',
  'otpcode',
])

/** Name of the first parameter that carries a credential; null where none does. Takes a query or a fragment. */
export function credentialIn(query: string): string | null {
  for (const name of new URLSearchParams(query.replace(/^[#?]/, '')).keys()) {
    if (SECRET_NAMES.has(name.toLowerCase().replace(/[^a-z]/g, ''))) return name
  }
  return null
}
