import { type IncomingMessage, STATUS_CODES, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type OpenWire, type PageFiles, answerPage } from '../node'
import { offeredKey, pageSockets } from './page-sockets'
import { type Asked, type Refusal, refusalOf } from './refusal'
import { type SessionKeys, sessionKeys } from './session-keys'

export type HostOptions = {
  files: PageFiles
  /** A way to the backend for one more page. */
  connect: () => OpenWire
  /** 0 for any that is free. */
  port: number
  onPages?: (count: number) => void
  now?: () => number
}

export type Host = {
  origin: string
  /** The address of the page with a token that works once, within a minute. */
  newUrl: () => string
  close: () => Promise<void>
}

/** Most bytes of a body that names a token. */
const MOST_BODY = 1024

/** Serves the page and the way to its backend on 127.0.0.1 alone. Rejects when the port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  const keys = sessionKeys(options.now)
  const sockets = pageSockets(options.connect, (count) => options.onPages?.(count))
  const server = createServer()
  const ownHost = await listen(server, options.port)

  server.on('request', (request, response) => {
    const asked = askedOf(request)
    const refusal = refusalOf(asked, ownHost)
    if (refusal) return refuse(response, refusal)
    if (asked.path === '/session') return void exchange(request, response, keys)
    const { status, headers, body } = answerPage(options.files, asked.path)
    response.writeHead(status, { ...headers, 'content-length': body.length })
    response.end(asked.method === 'HEAD' ? undefined : body)
  })
  server.on('upgrade', (request, socket, head) => {
    const refusal = upgradeRefusal(request, ownHost, keys)
    if (refusal) return refuseUpgrade(socket, refusal)
    sockets.accept(request, socket, head)
  })

  return {
    origin: `http://${ownHost}`,
    newUrl: () => `http://${ownHost}/#t=${keys.newToken()}`,
    close: () =>
      new Promise((resolve) => {
        sockets.close()
        server.close(() => resolve())
        server.closeIdleConnections()
        // A page that does not answer the closing handshake must not keep the host alive.
        setTimeout(() => server.closeAllConnections(), 500).unref()
      }),
  }
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

function askedOf(request: IncomingMessage): Asked {
  const [path = ''] = (request.url ?? '').split('?', 1)
  return { method: request.method ?? '', path, headers: request.headers }
}

function upgradeRefusal(request: IncomingMessage, ownHost: string, keys: SessionKeys): Refusal | null {
  const asked = askedOf(request)
  const refusal = refusalOf(asked, ownHost)
  if (refusal) return refusal
  if (asked.path !== '/wire') return { status: 404, words: 'not found' }
  const key = offeredKey(request)
  return key !== null && keys.isKey(key) ? null : { status: 401, words: 'no session' }
}

/** `{"token"}` in, `{"key"}` out. */
async function exchange(request: IncomingMessage, response: ServerResponse, keys: SessionKeys): Promise<void> {
  const body = await readBody(request).catch(() => null)
  if (body === null) return refuse(response, { status: 413, words: 'too long' })
  const token = tokenIn(body)
  if (token === null) return refuse(response, { status: 400, words: 'no token' })
  const key = keys.exchange(token)
  if (key === null) return refuse(response, { status: 401, words: 'this address was used or is too old' })
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ key }))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BODY) throw new RangeError('body too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tokenIn(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body)
    const token = typeof value === 'object' && value !== null && 'token' in value ? value.token : null
    return typeof token === 'string' ? token : null
  } catch {
    return null
  }
}

function refuse(response: ServerResponse, { status, words }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
  response.end(`${words}\n`)
}

function refuseUpgrade(socket: Duplex, { status, words }: Refusal): void {
  socket.on('error', () => socket.destroy())
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Connection: close', 'Content-Type: text/plain']
  socket.end(`${head.join('\r\n')}\r\n\r\n${words}\n`)
}
