import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, createServer as createRawServer, type AddressInfo, type Server as RawServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { NoAnswer, type HttpAsk } from '../../src/backend'
import { nodeHttp } from '../../src/node/http'

const TLS = fileURLToPath(new URL('../fixtures/tls', import.meta.url))
const CA = readFileSync(`${TLS}/ca.pem`, 'utf8')
const CERTIFICATE = { cert: readFileSync(`${TLS}/server.pem`), key: readFileSync(`${TLS}/server-key.pem`) }

const ends: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function listening(server: Server | RawServer): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((resolve) => void server.close(() => resolve()))
  })
  return (server.address() as AddressInfo).port
}

async function plainServer(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createServer(listener))}`
}

async function tlsServer(listener: RequestListener): Promise<string> {
  return `https://localhost:${await listening(createTlsServer(CERTIFICATE, listener))}`
}

/** Passes CONNECT on to loopback, or answers it with a status. */
async function connectProxy(seen: string[], status = 200): Promise<string> {
  const server = createServer((_, answer) => answer.writeHead(405).end())
  server.on('connect', (ask, socket: Socket) => {
    seen.push(ask.url ?? '')
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const port = Number(new URL(`http://${ask.url}`).port)
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    return socket.on('error', () => onward.destroy())
  })
  return `http://127.0.0.1:${await listening(server)}`
}

function http() {
  const port = nodeHttp()
  ends.push(() => port.close())
  return port
}

function asking(url: string, more: Partial<HttpAsk> = {}): HttpAsk {
  return { method: 'GET', url, headers: {}, timeoutMs: 5000, maxBytes: 1_000_000, ...more }
}

async function problemOf(ask: HttpAsk): Promise<string> {
  const error: unknown = await http()
    .request(ask)
    .catch((reason: unknown) => reason)
  if (!(error instanceof NoAnswer)) throw error instanceof Error ? error : new Error('an answer came')
  return error.problem
}

describe('an answer', () => {
  it('comes as it is: status, headers, bytes', async () => {
    const body = Buffer.from([0, 255, 123, 10])
    const url = await plainServer((_, answer) => {
      answer.writeHead(418, { 'X-One': 'a', Via: ['1.1 a', '1.1 b'] }).end(body)
    })
    const answer = await http().request(asking(url))
    expect(answer.status).toBe(418)
    expect(answer.headers).toMatchObject({ 'x-one': 'a', via: '1.1 a, 1.1 b' })
    expect(Buffer.from(answer.body)).toEqual(body)
  })

  it('is asked for with the method, headers and body given', async () => {
    const url = await plainServer((ask, answer) => {
      const chunks: Buffer[] = []
      ask.on('data', (chunk: Buffer) => chunks.push(chunk))
      ask.on('end', () => answer.end(`${ask.method} ${ask.url} ${String(ask.headers['x-a'])} ${Buffer.concat(chunks).toString()}`))
    })
    const answer = await http().request(asking(`${url}/p?q=1`, { method: 'POST', headers: { 'x-a': 'b' }, body: '{"é":1}' }))
    expect(Buffer.from(answer.body).toString()).toBe('POST /p?q=1 b {"é":1}')
  })

  it('that redirects is not followed', async () => {
    let requests = 0
    const url = await plainServer((_, answer) => {
      requests++
      answer.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect(await http().request(asking(url))).toMatchObject({ status: 302, headers: { location: '/elsewhere' } })
    expect(requests).toBe(1)
  })

  it('comes over a kept connection', async () => {
    const sockets = new Set<unknown>()
    const url = await plainServer((ask, answer) => {
      sockets.add(ask.socket)
      answer.end('{}')
    })
    const port = http()
    for (let i = 0; i < 20; i++) await port.request(asking(url))
    // The second may be asked for before the first has given its connection back.
    expect(sockets.size).toBeLessThan(3)
  })

  it('is asked for once more where a kept connection was closed meanwhile', async () => {
    let requests = 0
    const url = await plainServer((ask, answer) => {
      if (++requests === 2) ask.socket.destroy()
      else answer.end('{}')
    })
    const port = http()
    await port.request(asking(url))
    expect(await port.request(asking(url))).toMatchObject({ status: 200 })
    expect(requests).toBe(3)
  })
})

describe('no answer comes', () => {
  it('where the name is not known', async () => {
    expect(await problemOf(asking('http://no-such-host.invalid/'))).toBe('dns')
  })

  it('where nobody listens', async () => {
    const server = createRawServer()
    const port = await listening(server)
    await ends.pop()?.()
    expect(await problemOf(asking(`http://127.0.0.1:${port}/`))).toBe('refused')
    expect(await problemOf(asking(`http://localhost:${port}/`))).toBe('refused')
  })

  it('where the connection breaks before or within the answer', async () => {
    expect(await problemOf(asking(await plainServer((ask) => ask.socket.destroy())))).toBe('reset')
    const url = await plainServer((ask, answer) => {
      answer.writeHead(200, { 'content-length': 100 }).write('half')
      setTimeout(() => ask.socket.destroy(), 50)
    })
    expect(await problemOf(asking(url))).toBe('reset')
  })

  it('in time, before it or within it', async () => {
    const silent = await plainServer(() => {})
    expect(await problemOf(asking(silent, { timeoutMs: 100 }))).toBe('timeout')
    const dripping = await plainServer((_, answer) => {
      const drip = setInterval(() => answer.write('x'), 10)
      answer.on('close', () => clearInterval(drip))
    })
    expect(await problemOf(asking(dripping, { timeoutMs: 200 }))).toBe('timeout')
  })

  it('once it is cancelled', async () => {
    const url = await plainServer(() => {})
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect(await problemOf(asking(url, { signal: stop.signal }))).toBe('aborted')
    expect(await problemOf(asking(url, { signal: AbortSignal.abort() }))).toBe('aborted')
  })

  it('that is longer than allowed, said before or not', async () => {
    const told = await plainServer((_, answer) => answer.end(Buffer.alloc(2000)))
    const untold = await plainServer((_, answer) => {
      for (let i = 0; i < 20; i++) answer.write(Buffer.alloc(100))
      answer.end()
    })
    expect(await problemOf(asking(told, { maxBytes: 1999 }))).toBe('too-long')
    expect(await problemOf(asking(untold, { maxBytes: 1999 }))).toBe('too-long')
    expect((await http().request(asking(untold, { maxBytes: 2000 }))).body).toHaveLength(2000)
  })
})

describe('a certificate', () => {
  it('of an unknown authority is not trusted', async () => {
    const url = await tlsServer((_, answer) => answer.end('{}'))
    expect(await problemOf(asking(url))).toBe('tls')
  })

  it('is trusted with its authority named', async () => {
    const url = await tlsServer((_, answer) => answer.end('{"ok":1}'))
    const answer = await http().request(asking(url, { ca: CA }))
    expect(Buffer.from(answer.body).toString()).toBe('{"ok":1}')
  })

  it('for another name is not trusted', async () => {
    const url = (await tlsServer((_, answer) => answer.end('{}'))).replace('localhost', '127.0.0.2')
    const port = createTlsServer(CERTIFICATE, (_, answer) => answer.end('{}'))
    await new Promise<void>((resolve) => port.listen(0, '127.0.0.2', resolve))
    ends.push(() => void port.close())
    const other = url.replace(/\d+$/, String((port.address() as AddressInfo).port))
    expect(await problemOf(asking(other, { ca: CA }))).toBe('tls')
  })

  it('is not asked of a server that speaks no TLS', async () => {
    const url = await plainServer((_, answer) => answer.end('{}'))
    expect(await problemOf(asking(url.replace('http:', 'https:')))).toBe('no-tls')
  })

  it('is refused over a TLS older than 1.2', async () => {
    const server = createTlsServer({ ...CERTIFICATE, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' })
    const port = await listening(server)
    expect(await problemOf(asking(`https://localhost:${port}`, { ca: CA }))).toBe('tls')
  })
})

describe('a proxy', () => {
  it('leads to https by CONNECT, and the certificate is still the server\'s', async () => {
    const seen: string[] = []
    const proxy = await connectProxy(seen)
    const url = await tlsServer((_, answer) => answer.end('{"through":true}'))
    const answer = await http().request(asking(url, { proxy, ca: CA }))
    expect(Buffer.from(answer.body).toString()).toBe('{"through":true}')
    expect(seen).toEqual([new URL(url).host])
    expect(await problemOf(asking(url, { proxy }))).toBe('tls')
  })

  it('leads to plain http too', async () => {
    const seen: string[] = []
    const proxy = await connectProxy(seen)
    const url = await plainServer((_, answer) => answer.end('{}'))
    expect(await http().request(asking(url, { proxy }))).toMatchObject({ status: 200 })
    expect(seen).toEqual([new URL(url).host])
  })

  it('that refuses, or is not there, is named as what failed', async () => {
    const url = await tlsServer((_, answer) => answer.end('{}'))
    expect(await problemOf(asking(url, { proxy: await connectProxy([], 403), ca: CA }))).toBe('proxy')
    expect(await problemOf(asking(url, { proxy: await connectProxy([], 407), ca: CA }))).toBe('proxy')
    expect(await problemOf(asking(url, { proxy: 'http://no-such-proxy.invalid:3128' }))).toBe('proxy')
    expect(await problemOf(asking(url, { proxy: 'http://127.0.0.1:1' }))).toBe('proxy')
  })

  it('of the environment is not used', async () => {
    const url = await plainServer((_, answer) => answer.end('{}'))
    process.env['http_proxy'] = process.env['HTTP_PROXY'] = 'http://127.0.0.1:1'
    ends.push(() => {
      delete process.env['http_proxy']
      delete process.env['HTTP_PROXY']
    })
    expect(await http().request(asking(url))).toMatchObject({ status: 200 })
  })
})
