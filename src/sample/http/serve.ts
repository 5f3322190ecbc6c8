import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Delivery } from '../faults/parts'
import type { Handled, Incoming } from './handle'

const BODY_BYTES = 65_536
/** Rows about requests are written this long after the answer, as by a task of their own. */
const AFTERWARDS = 12

export type Serving = { port: number; close(): Promise<void> }

export type Listening = {
  /** 0: any free one. */
  port: number
  clock: () => number
  handle: (incoming: Incoming) => Handled
}

/** Serves on 127.0.0.1 alone. */
export async function serve({ port, clock, handle }: Listening): Promise<Serving> {
  const timers = new Set<NodeJS.Timeout>()
  const later = (delay: number, task: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      task()
    }, delay)
    timers.add(timer)
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url: target = '/', headers } = request
    const text = await bodyOf(request)
    const handled = handle({ method, target, headers, address: request.socket.remoteAddress ?? '', text })
    const { delivery, afterwards } = handled
    const leave = () => {
      deliver(response, delivery, clock())
      if (afterwards) later(AFTERWARDS, afterwards)
    }
    if (delivery.delay) later(delivery.delay, leave)
    else leave()
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  // Longer than any pause of a client: a line that closes just then would look like a fault.
  server.keepAliveTimeout = 120_000
  await listen(server, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** At most 64 KiB; the rest is not looked at. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    if (size < BODY_BYTES) parts.push(part)
    size += part.length
  }
  return Buffer.concat(parts).toString('utf8')
}

function deliver(response: ServerResponse, { answer, drop }: Delivery, now: number): void {
  const { status, body, type = 'application/json; charset=utf-8', headers = {} } = answer
  const bytes = Buffer.from(body)
  response.sendDate = false
  response.writeHead(status, {
    ...(status !== 204 && { 'content-type': type, 'content-length': bytes.length }),
    date: new Date(now).toUTCString(),
    ...headers,
  })
  if (drop === undefined) {
    response.end(bytes)
    return
  }
  // The rest never comes: the client must not take the beginning for the whole.
  response.write(bytes.subarray(0, drop), () => response.destroy())
}
