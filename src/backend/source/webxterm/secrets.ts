import { member, REDACTED, text, type JsonObject, type JsonValue } from '../json'

/** Values of a row that are not kept, and what stands for each. */
export type Hidden = ReadonlyMap<JsonValue, string>

type Found = [value: JsonValue, instead: string][]

const NONE: Hidden = new Map()
/** What the server itself puts where it hides something. */
const HIDDEN_BY_SERVER = '[REDACTED]'

// Without the marks between words, in lower case.
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'password',
  'confirmpassword',
  'currentpassword',
  'newpassword',
  'oldpassword',
  'passwd',
  'passphrase',
  'secret',
  'clientsecret',
  'apikey',
  'privatekey',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'sessiontoken',
  'registrationtoken',
  'authorization',
  'otp',
  'otpcode',
])

const SECRET_LIKE = /pass|secret|key|token|auth|otp/i
const SECRET_PARAMETER = /([?&](?:token|access_token|session_token|api_key|apikey|key|password|otp|otp_code)=)[^&#]*/gi

/** Whether a request to this place carries a command, whose text may hold anything. */
export function isCommandPlace(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /\/commands?\/?(?:\?|$)/.test(endpoint)
}

/** The secrets of one row. */
export function secretsOf(row: JsonObject): Hidden {
  const found: Found = []
  for (const { name, value } of row.members) {
    if (name === 'endpoint' || name === 'resource') hideParameters(value, found)
    else hideIn(name, value, found)
  }
  const body = member(row, 'request_body')
  if (body && body.kind !== 'null' && isCommandPlace(text(member(row, 'endpoint')))) found.push([body, REDACTED])
  return found.length === 0 ? NONE : new Map(found)
}

function hideIn(name: string, value: JsonValue, found: Found): void {
  if (isSecret(name, value)) found.push([value, REDACTED])
  else if (value.kind === 'object') for (const one of value.members) hideIn(one.name, one.value, found)
  else if (value.kind === 'array') for (const one of value.elements) hideIn('', one, found)
}

function isSecret(name: string, value: JsonValue): boolean {
  if (value.kind === 'null' || value.kind === 'true' || value.kind === 'false') return false
  if (value.kind === 'string' && (value.text === '' || value.text === HIDDEN_BY_SERVER)) return false
  // The first test is the quick one, and enough for nearly all names.
  return SECRET_LIKE.test(name) && name.length < 40 && SECRET_NAMES.has(name.toLowerCase().replace(/[^a-z]/g, ''))
}

function hideParameters(value: JsonValue, found: Found): void {
  if (value.kind !== 'string' || !value.text.includes('=')) return
  const masked = value.text.replace(SECRET_PARAMETER, `$1${REDACTED}`)
  if (masked !== value.text) found.push([value, masked])
}
