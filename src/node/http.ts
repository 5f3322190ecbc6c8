import { hash } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { Agent, ProxyAgent, request, type Dispatcher } from 'undici'
import { NoAnswer, type HttpAnswer, type HttpAsk, type Ports } from '../backend'
import { problemOf } from './http-problem'

/** HTTP on a Node machine: connections are kept and used again until closed. */
export type NodeHttp = Ports['http'] & { close(): Promise<void> }

/** Redirects are not followed and no proxy of the environment is used. */
export function nodeHttp(): NodeHttp {
  const ways = new Map<string, Dispatcher>()

  function wayOf({ ca, proxy }: HttpAsk): Dispatcher {
    const name = `${ca === undefined ? '' : hash('sha256', ca)} ${proxy ?? ''}`
    let way = ways.get(name)
    if (!way) ways.set(name, (way = openWay(ca, proxy)))
    return way
  }

  return {
    request: (ask) => answerTo(ask, wayOf(ask)),
    async close() {
      const open = [...ways.values()]
      ways.clear()
      await Promise.all(open.map((way) => way.destroy()))
    },
  }
}

function openWay(ca: string | undefined, proxy: string | undefined): Dispatcher {
  const tls = { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) } as const
  // One clock runs over the whole of a request, so undici's own are off.
  const calm = { headersTimeout: 0, bodyTimeout: 0 }
  if (proxy === undefined) return new Agent({ ...calm, connect: tls })
  return new ProxyAgent({ ...calm, uri: proxy, requestTls: tls, proxyTls: tls })
}

async function answerTo(ask: HttpAsk, dispatcher: Dispatcher): Promise<HttpAnswer> {
  const stop = new AbortController()
  let late = false
  const abort = () => stop.abort()
  const clock = setTimeout(() => {
    late = true
    abort()
  }, ask.timeoutMs)
  ask.signal?.addEventListener('abort', abort, { once: true })
  try {
    if (ask.signal?.aborted) throw new NoAnswer('aborted', 'The request was cancelled')
    const answer = await begin(ask, dispatcher, stop.signal)
    const bytes = await readBody(answer, ask.maxBytes)
    return { status: answer.statusCode, headers: joined(answer.headers), body: bytes }
  } catch (error) {
    if (error instanceof NoAnswer) throw error
    if (late) throw new NoAnswer('timeout', `No answer within ${ask.timeoutMs} ms`, { cause: error })
    if (ask.signal?.aborted) throw new NoAnswer('aborted', 'The request was cancelled', { cause: error })
    throw problemOf(error, ask.proxy !== undefined)
  } finally {
    clearTimeout(clock)
    ask.signal?.removeEventListener('abort', abort)
  }
}

// A server may close a kept connection just as it is used again. What only reads is then asked once more.
async function begin(ask: HttpAsk, dispatcher: Dispatcher, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { method, url, headers, body } = ask
  const send = () => request(url, { method, headers, body: body ?? null, dispatcher, signal })
  try {
    return await send()
  } catch (error) {
    if (method !== 'GET' || signal.aborted || problemOf(error, false).problem !== 'reset') throw error
    return send()
  }
}

async function readBody({ body, headers }: Dispatcher.ResponseData, maxBytes: number): Promise<Uint8Array> {
  const said = Number(headers['content-length'] ?? 0)
  if (said > maxBytes) return refuseLength(body, maxBytes)
  // No more than it says will come; reading piece by piece costs several times as much.
  if (said > 0) return body.bytes()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > maxBytes) return refuseLength(body, maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function refuseLength(body: Dispatcher.ResponseData['body'], maxBytes: number): never {
  // Destroying tells of an abort, which nobody waits for any more.
  body.on('error', () => {})
  body.destroy()
  throw new NoAnswer('too-long', `The answer is longer than ${maxBytes} bytes`)
}

function joined(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const lines = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return Object.fromEntries(lines) as Record<string, string>
}
