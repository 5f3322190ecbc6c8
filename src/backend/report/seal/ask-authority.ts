import type { TimeStamp } from '../../../contract'
import { shownText } from '../../../domain'
import { NoAnswer, type HttpAnswer, type Ports } from '../../ports'
import type { Stamped } from './time-token'

/** A time stamp authority, RFC 3161. */
export type Authority = {
  url: string
  /** PEM of authorities to trust beside the system's own. */
  ca?: string
  proxy?: string
}

/** The token as it came, or why there is none, as a sentence for the person. */
export type Stamping = { token: Uint8Array; stamp: TimeStamp } | { token: null; problem: string }

/** Asks for a time stamp; never rejects, since a seal is not lost for it. */
export type Stamper = { authority: string; stamp(about: Stamped): Promise<Stamping> }

/** Milliseconds and bytes that an answer may take: tokens with long chains have some 10 kB. */
const TIMEOUT_MS = 20_000
const MOST_BYTES = 256 * 1024
const REPLY = 'application/timestamp-reply'

type Asking = { http: Ports['http']; signal?: AbortSignal; timeoutMs?: number }

/** What leaves is the request: a hash and a random number. */
export function stamperAt(authority: Authority, { http, signal, timeoutMs = TIMEOUT_MS }: Asking): Stamper {
  const { url, ca, proxy } = authority
  const { host } = new URL(url)
  const refused = (why: string): Stamping => ({ token: null, problem: `There is no time stamp: ${why}.` })
  return {
    authority: host,
    async stamp(about) {
      const headers = { 'content-type': 'application/timestamp-query', accept: REPLY }
      const ask = { method: 'POST' as const, url, headers, body: about.request, timeoutMs, maxBytes: MOST_BYTES, ...(ca !== undefined && { ca }), ...(proxy !== undefined && { proxy }), ...(signal && { signal }) }
      try {
        const answer = await http.request(ask)
        const wrong = wrongIn(answer, host)
        if (wrong !== null) return refused(wrong)
        const { checkToken } = await import('./time-token')
        const { stamp, fault } = await checkToken(answer.body, about)
        return stamp ? { token: answer.body, stamp } : refused(`the answer of ${host} ${fault}`)
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        return refused(unreached(error, host, timeoutMs))
      }
    },
  }
}

function wrongIn({ status, headers }: HttpAnswer, host: string): string | null {
  const location = headers['location']
  if (status >= 300 && status < 400) return `${host} leads elsewhere${location === undefined ? '' : ` (${shownText(location.slice(0, 200))})`}, which is not followed`
  if (status !== 200) return `${host} answered with status ${status}`
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return type === REPLY ? null : `${host} answered with ${type === '' ? 'nothing that it names' : shownText(type.slice(0, 100))}, not with a time stamp`
}

function unreached({ problem, message }: NoAnswer, host: string, timeoutMs: number): string {
  switch (problem) {
    case 'timeout':
      return `${host} did not answer within ${timeoutMs / 1000} seconds`
    case 'too-long':
      return `${host} answered with more than any time stamp has`
    case 'aborted':
      return 'it was cancelled'
    default:
      return `${host} could not be reached (${shownText(message.slice(0, 200))})`
  }
}
