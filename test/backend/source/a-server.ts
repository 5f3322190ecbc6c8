import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { openDoor, type Allowed, type DoorOptions, type FetchDoor } from '../../../src/backend/source'
import { ServerFault } from '../../../src/backend/source'
import { nodeHttp } from '../../../src/node/http'

export type Seen = { method: string; path: string; headers: IncomingHttpHeaders; body: string }

export type Said = { status?: number; headers?: Record<string, string>; body?: unknown } | null

export type AServer = { url: string; seen: Seen[] }

/** A server on loopback. An answer that is no text is sent as JSON; null breaks the connection. */
export async function aServer(answerTo: (seen: Seen) => Said | Promise<Said>): Promise<AServer> {
  const seen: Seen[] = []
  const server = createServer((ask, answer) => {
    const chunks: Buffer[] = []
    ask.on('data', (chunk: Buffer) => chunks.push(chunk))
    const finish = async () => {
      const one = { method: ask.method ?? '', path: ask.url ?? '', headers: ask.headers, body: Buffer.concat(chunks).toString() }
      seen.push(one)
      const said = await answerTo(one)
      if (said === null) return ask.socket.destroy()
      const { status = 200, headers = {}, body = {} } = said
      answer.writeHead(status, { 'content-type': 'application/json', ...headers })
      return answer.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))
    }
    ask.on('end', () => void finish())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

/** A door to it, over the real port. */
export function aDoor(url: string, allowed: readonly Allowed[], more: Partial<DoorOptions> = {}): FetchDoor {
  const http = nodeHttp()
  onTestFinished(() => http.close())
  return openDoor({ http, now: () => Date.now(), allowed, address: { url }, version: '0.1.0', ...more })
}

/** The fault that something ends with. */
export async function faultOf(work: Promise<unknown> | (() => unknown)): Promise<ServerFault> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (error instanceof ServerFault) return error
    throw error
  }
  throw new Error('nothing failed')
}
