import { BackendFault, type FaultCode } from '../../contract'
import { shownText, type Destination } from '../../domain'
import type { HttpAnswer, NoAnswer } from '../ports'

type Told = { code: FaultCode; words: string }

/** What a store says of an error, in the XML of its answer. */
export function codeIn({ body }: HttpAnswer): string {
  return elementIn(body, 'Code')
}

/** Text of the first element of that name, without markup; empty where there is none. */
export function elementIn(body: Uint8Array, name: string): string {
  const text = Buffer.from(body).toString('utf8')
  const [, found = ''] = new RegExp(`<${name}>([^<]{1,2000})</${name}>`).exec(text) ?? []
  const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }
  return found.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (one) => entities[one] ?? one)
}

/** What an answer that is no success means, in plain words. */
export function storeFault(answer: HttpAnswer, destination: Destination): BackendFault {
  const { code, words } = elsewhere(answer, destination) ?? named(codeIn(answer), destination) ?? byStatus(answer, destination)
  return new BackendFault({ code, message: `${destination.name}: ${words}` })
}

function elsewhere({ status, headers, body }: HttpAnswer, { url, region }: Destination): Told | null {
  if (status >= 500) return null
  const other = headers['x-amz-bucket-region'] ?? elementIn(body, 'Region')
  if (other !== '' && other !== region) return { code: 'redirect-refused', words: `the bucket ${bucketOf(url)} is in the region ${plain(other)}, not ${region}: connect it anew with --region.` }
  if (status < 300 || status >= 400) return null
  const place = plain(headers['location'] ?? elementIn(body, 'Endpoint'))
  return { code: 'redirect-refused', words: `${hostOf(url)} leads elsewhere${place === '' ? '' : ` (${place})`}, which is not followed: connect it anew with the address that it is at.` }
}

function named(code: string, { user, passwordEnv, url }: Destination): Told | null {
  switch (code) {
    case 'SignatureDoesNotMatch':
      return { code: 'unauthorized', words: `${hostOf(url)} does not take the signature: the variable ${passwordEnv} holds another secret than that of the access key ${user}.` }
    case 'InvalidAccessKeyId':
      return { code: 'unauthorized', words: `${hostOf(url)} knows no access key ${user}.` }
    case 'RequestTimeTooSkewed':
      return { code: 'unauthorized', words: `the clock of this machine is too far from that of ${hostOf(url)}: set it, and run this again.` }
    case 'NoSuchBucket':
      return { code: 'not-found', words: `${hostOf(url)} has no bucket ${bucketOf(url)}.` }
    default:
      return null
  }
}

function byStatus(answer: HttpAnswer, { user, url }: Destination): Told {
  const { status } = answer
  const code = codeIn(answer)
  const host = hostOf(url)
  const said = code === '' ? `status ${status}` : `${plain(code)}, status ${status}`
  if (status === 401 || status === 403) return { code: 'forbidden', words: `${host} refuses this to the access key ${user} (${said}).` }
  if (status === 404) return { code: 'not-found', words: `${host} has nothing at this address (${said}).` }
  if (status === 429 || code === 'SlowDown') return { code: 'throttled', words: `${host} is asked too often, and went on saying so (${said}).` }
  if (status >= 500) return { code: 'server-error', words: `${host} failed, and went on failing (${said}).` }
  return { code: 'bad-answer', words: `${host} does not take the request (${said}).` }
}

function hostOf(url: string): string {
  return new URL(url).host
}

function bucketOf(url: string): string {
  return plain(new URL(url).pathname.split('/')[1] ?? '')
}

/** What kept an answer from coming. */
export function unreachable({ problem, message }: NoAnswer, { name, url, proxy }: Destination): BackendFault {
  const { host } = new URL(url)
  if (problem === 'aborted') return new BackendFault({ code: 'cancelled', message: `${name}: cancelled.` })
  const way = proxy === undefined ? '' : ` by the proxy ${proxy}`
  const hint = problem === 'tls' ? '; a certificate of one’s own needs --ca' : ''
  return new BackendFault({ code: 'unreachable', message: `${name}: ${host} could not be reached${way} (${plain(message)})${hint}.` })
}

function plain(text: string): string {
  return shownText(text.slice(0, 200))
}
