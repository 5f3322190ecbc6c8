import { mkdtempSync, writeFileSync, mkdirSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'
import { type Wire, serveOver } from '../../src/contract'
import { type PageFiles, readPageFiles, wirePair } from '../../src/node'
import { type Host, type HostOptions, startHost } from '../../src/serve'
import { type Answers, aBackend } from '../node/a-backend'

/** A page of three files, as a build leaves it. */
export function aPage(): PageFiles {
  const folder = mkdtempSync(join(tmpdir(), 'recount-page-'))
  mkdirSync(join(folder, 'assets'))
  const page = '<meta property="csp-nonce" nonce="__CSP_NONCE__"><p nonce="__CSP_NONCE__">page'
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'assets', 'main-1.js'), 'run()')
  writeFileSync(join(folder, 'assets', 'main-1.woff2'), 'font')
  return readPageFiles(folder)
}

/** A host over a backend within this thread. */
export function aHost(answers: Answers = {}, options: Partial<HostOptions> = {}): Promise<Host> {
  const connect = () => {
    const [near, far] = wirePair()
    serveOver(far, aBackend(answers), () => {})
    return near
  }
  return startHost({ files: aPage(), connect, port: 0, ...options })
}

export type Answered = { status: number; headers: IncomingHttpHeaders; body: string }

/** One request, with nothing added or mended on its way: `fetch` would do both. */
export function ask(host: Host, path: string, options: { method?: string; headers?: object; body?: string } = {}) {
  const { port } = new URL(host.origin)
  return new Promise<Answered>((resolve, reject) => {
    const headers = { ...options.headers } as Record<string, string>
    const asked = request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.on('error', reject)
    asked.end(options.body)
  })
}

export const tokenOf = (url: string) => new URL(url).hash.slice('#t='.length)

export function exchange(host: Host, token: string, origin: string | undefined = host.origin) {
  return ask(host, '/session', {
    method: 'POST',
    headers: origin === undefined ? {} : { origin },
    body: JSON.stringify({ token }),
  })
}

export async function newKey(host: Host): Promise<string> {
  const { body } = await exchange(host, tokenOf(host.newUrl()))
  return (JSON.parse(body) as { key: string }).key
}

/** Opens the socket as a page does; rejects with the status when the host refuses. */
export function openSocket(host: Host, key: string | null, headers: Record<string, string> = {}): Promise<WebSocket> {
  const protocols = ['recount.1', ...(key === null ? [] : [`key.${key}`])]
  const path = host.origin.replace('http:', 'ws:')
  const socket = new WebSocket(`${path}/wire`, protocols, { headers: { origin: host.origin, ...headers } })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))))
    socket.on('error', reject)
  })
}

export function wireOver(socket: WebSocket): Wire {
  return {
    send: (frame) => socket.send(frame),
    onFrame(listener) {
      socket.on('message', (data) => listener(new Uint8Array(data as Buffer)))
      return () => {}
    },
    onClose(listener) {
      socket.on('close', listener)
      return () => {}
    },
  }
}
