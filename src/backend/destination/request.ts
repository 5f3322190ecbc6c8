import { AwsV4Signer } from 'aws4fetch'
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Destination, Instant, Milliseconds } from '../../domain'
import { type HttpAnswer, type HttpProblem, NoAnswer, type Ports } from '../ports'
import { waitAsked } from '../source'
import { objectUrl, readBucket } from './address'
import { codeIn, storeFault, unreachable } from './faults'

/** How the store is asked again; tests wait less. */
export type StorePace = { tries: number; firstWaitMs: Milliseconds; mostWaitMs: Milliseconds }

/** A destination with its credentials in place. */
export type StoreDoor = {
  destination: Destination
  secret: string
  /** PEM of authorities to trust beside the system's own. */
  ca?: string
  http: Ports['http']
  now: () => Instant
  pace?: StorePace
  signal?: AbortSignal
}

export type StoreAsk = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Of the object, below the destination's prefix; empty for the bucket. */
  name: string
  /** Without `?`; each name with a value, which may be empty. */
  query?: string
  headers?: Record<string, string>
  body?: Uint8Array
}

const PACE: StorePace = { tries: 6, firstWaitMs: 500, mostWaitMs: 20_000 }

/** Milliseconds for the whole of one request: a part over a slow line takes its time. */
const TIMEOUT_MS = 300_000
const MOST_ANSWER = 1024 * 1024
/** Longest wait that a store may ask for. */
const MOST_PATIENCE_MS = 60_000

const PASSING: ReadonlySet<HttpProblem> = new Set(['dns', 'refused', 'reset', 'timeout', 'proxy', 'other'])

/** Asks until there is an answer or no hope. Throws `BackendFault` for every answer that is no success. */
export async function askStore(door: StoreDoor, ask: StoreAsk): Promise<HttpAnswer> {
  const { tries, firstWaitMs, mostWaitMs } = door.pace ?? PACE
  for (let attempt = 1; ; attempt++) {
    const answer = await answerOf(door, ask)
    if (!(answer instanceof NoAnswer) && answer.status >= 200 && answer.status < 300) return answer
    if (attempt === tries || !isPassing(answer)) throw answer instanceof NoAnswer ? unreachable(answer, door.destination) : storeFault(answer, door.destination)
    const wait = Math.min(mostWaitMs, firstWaitMs * 2 ** (attempt - 1))
    // Several machines that were turned away at once shall not all come back at once.
    await pause(door, Math.max(patienceFor(answer, door.now()), wait * (0.5 + Math.random() / 2)))
  }
}

async function answerOf(door: StoreDoor, ask: StoreAsk): Promise<HttpAnswer | NoAnswer> {
  try {
    return await door.http.request(await signed(door, ask))
  } catch (error) {
    if (error instanceof NoAnswer) return error
    throw error
  }
}

async function signed({ destination, secret, ca, now, signal }: StoreDoor, { method, name, query = '', headers = {}, body }: StoreAsk): Promise<Parameters<Ports['http']['request']>[0]> {
  const { url: address, region, user, proxy } = destination
  const url = `${objectUrl(readBucket(address), name)}${query === '' ? '' : `?${query}`}`
  const bytes = body ?? new Uint8Array()
  const own = {
    ...headers,
    'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
    ...(body && { 'content-md5': createHash('md5').update(bytes).digest('base64') }),
  }
  const datetime = new Date(now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, '')
  const signer = new AwsV4Signer({ method, url, headers: own, accessKeyId: user, secretAccessKey: secret, service: 's3', region, datetime })
  const sent = await signer.sign()
  return {
    method,
    url,
    headers: Object.fromEntries(sent.headers),
    ...(body && { body }),
    ...(ca !== undefined && { ca }),
    ...(proxy !== undefined && { proxy }),
    ...(signal && { signal }),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_ANSWER,
  }
}

/** Whether the same may be answered otherwise a little later. */
function isPassing(answer: HttpAnswer | NoAnswer): boolean {
  if (answer instanceof NoAnswer) return PASSING.has(answer.problem)
  return answer.status >= 500 || answer.status === 429 || ['RequestTimeout', 'SlowDown'].includes(codeIn(answer))
}

function patienceFor(answer: HttpAnswer | NoAnswer, now: Instant): Milliseconds {
  const asked = answer instanceof NoAnswer ? undefined : waitAsked(answer, now)
  return Math.min(asked ?? 0, MOST_PATIENCE_MS)
}

async function pause({ signal, destination }: StoreDoor, ms: Milliseconds): Promise<void> {
  try {
    await setTimeout(ms, undefined, { ...(signal && { signal }) })
  } catch {
    throw unreachable(new NoAnswer('aborted', 'The wait was cancelled'), destination)
  }
}
