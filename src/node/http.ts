import { hash } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { Agent, ProxyAgent, type Dispatcher } from 'undici'
import { NoAnswer, type HttpAnswer, type HttpAsk, type Ports } from '../backend'
import { Exchange } from './http-exchange'
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
  const { signal, timeoutMs, proxy } = ask
  if (signal?.aborted) throw cancelled()
  const exchange = new Exchange(ask, dispatcher)
  const clock = setTimeout(() => exchange.stop(new NoAnswer('timeout', `No answer within ${timeoutMs} ms`)), timeoutMs)
  const abort = () => exchange.stop(cancelled())
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await exchange.answer
  } catch (error) {
    throw error instanceof NoAnswer ? error : problemOf(error, proxy !== undefined)
  } finally {
    clearTimeout(clock)
    signal?.removeEventListener('abort', abort)
  }
}

function cancelled(): NoAnswer {
  return new NoAnswer('aborted', 'The request was cancelled')
}
