import { NoAnswer, type HttpProblem } from '../backend'

const PROBLEMS: Readonly<Record<string, HttpProblem>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  EPROTO: 'tls',
}

/** With a proxy, the machine itself meets nobody else: names and refusals are the proxy's. */
const PROXY_PROBLEMS: ReadonlySet<HttpProblem> = new Set(['dns', 'refused'])

/** What kept an answer from coming, from the error that Node or undici gave. */
export function problemOf(error: unknown, proxied: boolean): NoAnswer {
  const causes = causesOf(error)
  const telling = causes.find((one) => kindOf(one) !== null) ?? causes[0]
  const message = telling?.message ?? String(error)
  const kind = telling && isPlain(message) ? 'no-tls' : ((telling && kindOf(telling)) ?? 'other')
  const ofProxy = proxied && (PROXY_PROBLEMS.has(kind) || /^Proxy response|^Proxy Authentication/.test(message))
  return new NoAnswer(ofProxy ? 'proxy' : kind, message, { cause: error })
}

/** OpenSSL's words where what answers is plain HTTP. */
function isPlain(message: string): boolean {
  return /wrong version number|packet length too long|http request/i.test(message)
}

type Coded = Error & { code?: unknown }

function kindOf({ code }: Coded): HttpProblem | null {
  if (typeof code !== 'string') return null
  if (Object.hasOwn(PROBLEMS, code)) return PROBLEMS[code] ?? null
  return /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UND_ERR_PRX_TLS)/.test(code) ? 'tls' : null
}

/** The error, what it was caused by and, where several addresses were tried, what each met. */
function causesOf(error: unknown): Coded[] {
  const found: Coded[] = []
  const todo: unknown[] = [error]
  while (todo.length > 0 && found.length < 20) {
    const one = todo.shift()
    if (!(one instanceof Error)) continue
    found.push(one)
    if (one instanceof AggregateError) todo.push(...(one.errors as unknown[]))
    todo.push(one.cause)
  }
  return found
}
