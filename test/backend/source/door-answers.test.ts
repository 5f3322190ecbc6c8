import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { NoAnswer, type HttpProblem } from '../../../src/backend'
import { openDoor } from '../../../src/backend/source'
import { webxtermSource } from '../../../src/backend/source/webxterm'
import { aDoor, aServer, faultOf } from './a-server'

const { allowed } = webxtermSource
const TOKEN = 'eyJ0.secret.token'

describe('a redirect', () => {
  it('to another origin is refused, and nothing arrives there', async () => {
    const other = await aServer(() => ({ body: { logs: [] } }))
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await aServer(() => ({ status, headers: { location: `${other.url}/api/audit` } }))
      const door = aDoor(server.url, allowed)
      door.useToken(TOKEN)
      expect(await faultOf(door.get('/api/audit'))).toMatchObject({ code: 'redirect-refused', status })
      expect(await faultOf(door.post('/api/auth/login', {}))).toMatchObject({ code: 'redirect-refused', status })
    }
    expect(other.seen).toEqual([])
  })

  it.each([
    'http://localhost:1/api/audit',
    '//evil.example/api/audit',
    'https://127.0.0.1/api/audit',
    '/login',
    '/api/api-keys',
    '/api/audit?token=x',
    '',
    'http://',
  ])('to a place that is not asked is refused: %s', async (location) => {
    const server = await aServer(({ path }) => (path === '/api/audit' ? { status: 302, headers: { location } } : {}))
    expect((await faultOf(aDoor(server.url, allowed).get('/api/audit'))).code).toBe('redirect-refused')
    expect(server.seen).toHaveLength(1)
  })

  it('with credentials of its own is refused', async () => {
    const server = await aServer(({ headers }) => ({ status: 302, headers: { location: `http://u:p@${headers.host}/api/machines` } }))
    expect((await faultOf(aDoor(server.url, allowed).get('/api/audit'))).code).toBe('redirect-refused')
    expect(server.seen).toHaveLength(1)
  })

  it('within the server is followed, at most three times', async () => {
    const server = await aServer(({ path }) => {
      const left = Number(new URL(path, 'http://x').searchParams.get('limit'))
      return left === 0 ? { body: { logs: [] } } : { status: 307, headers: { location: `/pre/api/audit?limit=${left - 1}` } }
    })
    const door = aDoor(`${server.url}/pre`, allowed)
    door.useToken(TOKEN)
    expect(await door.get('/api/audit?limit=3')).toMatchObject({ place: `GET ${server.url}/pre/api/audit?limit=0` })
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill(`Bearer ${TOKEN}`))
    expect(door.requests).toBe(4)
    expect((await faultOf(door.get('/api/audit?limit=4'))).code).toBe('redirect-refused')
    expect(door.requests).toBe(8)
  })

  it('is not followed by a POST, which would carry the password on', async () => {
    const server = await aServer(() => ({ status: 307, headers: { location: '/api/login' } }))
    expect((await faultOf(aDoor(server.url, allowed).post('/api/auth/login', { password: 'p' }))).code).toBe('redirect-refused')
    expect(server.seen).toHaveLength(1)
  })
})

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const PLAIN = { 'content-type': 'text/plain; charset=utf-8' }
const DATE = 'Mon, 02 Mar 2026 08:14:09 GMT'

describe('an answer', () => {
  it.each([
    [401, {}, { error: 'Invalid or expired token' }, 'unauthorized', 'Invalid or expired token'],
    [403, {}, { error: 'Not authorized' }, 'forbidden', 'Not authorized'],
    [404, {}, { error: 'Not found' }, 'not-offered', 'Not found'],
    [404, {}, '', 'not-offered', '/api/audit'],
    [404, PLAIN, '{"error":"Machine not found"}', 'not-offered', 'Machine not found'],
    [404, HTML, '<h1>404</h1>', 'bad-answer', 'proxy'],
    [404, PLAIN, '404 page not found', 'bad-answer', 'proxy'],
    [408, {}, {}, 'throttled', '/api/audit'],
    [429, {}, { error: 'Slow down' }, 'throttled', 'Slow down'],
    [500, HTML, '<h1>oops</h1>', 'server-error', '500'],
    [502, PLAIN, '{"error":"Backend service unavailable"}', 'server-error', 'Backend service unavailable'],
    [503, {}, { message: 'Down' }, 'server-error', 'Down'],
    [400, {}, { error: 'limit must be a number' }, 'bad-answer', 'limit must be a number'],
    [409, {}, {}, 'bad-answer', '409'],
    [304, {}, '', 'bad-answer', '304'],
    [200, HTML, '<html>Sign in</html>', 'bad-answer', 'web page'],
    [200, PLAIN, '{}', 'bad-answer', 'text/plain'],
    [200, {}, '', 'bad-answer', 'empty'],
    [200, {}, '{"logs":[{"id":"1"},{"i', 'bad-answer', 'cut off'],
    [200, {}, 'Sign in', 'bad-answer', 'not JSON'],
    [200, { 'content-encoding': 'gzip' }, 'x', 'bad-answer', 'gzip'],
  ])('of status %i %o is a fault in plain words', async (...[status, headers, body, code, words]) => {
    const server = await aServer(() => ({ status, headers, body }))
    const fault = await faultOf(aDoor(server.url, allowed).get('/api/audit?page=1'))
    expect(fault).toMatchObject({ code, status })
    expect(fault.message).toContain(words)
    expect(fault.message).toContain(new URL(server.url).host)
    expect(fault.message).toContain('/api/audit')
    expect(fault.message).toMatch(/^[A-Z\d]/)
  })

  it.each([
    ['0', 0],
    ['120', 120_000],
    ['Mon, 02 Mar 2026 08:15:09 GMT', 60_000],
    ['Monday, 02-Mar-26 08:14:19 GMT', 10_000],
    ['Mon, 02 Mar 2026 08:13:09 GMT', 0],
    ['soon', null],
    ['-5', null],
  ])('asks to wait: %s', async (written, wait) => {
    const headers = { date: DATE, 'retry-after': written }
    const server = await aServer(() => ({ status: 429, headers }))
    expect(await faultOf(aDoor(server.url, allowed, { now: () => 0 }).get('/api/audit'))).toMatchObject({ retryAfterMs: wait })
  })

  it('asks to wait until a time, seen from our clock where the server tells none', async () => {
    const headers = { 'retry-after': DATE }
    const http = { request: () => Promise.resolve({ status: 503, headers, body: new Uint8Array() }) }
    const door = aDoor('http://localhost', allowed, { http, now: () => Date.parse(DATE) - 4000 })
    expect(await faultOf(door.get('/api/audit'))).toMatchObject({ code: 'server-error', retryAfterMs: 4000 })
  })

  it('of hostile words is shown short and harmless', async () => {
    const error = `\u001b[31m\u202e${'x'.repeat(5000)}`
    const server = await aServer(() => ({ status: 403, body: { error } }))
    const fault = await faultOf(aDoor(server.url, allowed).get('/api/audit'))
    expect(fault.message.length).toBeLessThan(400)
    expect(fault.message).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(fault.said).toMatch(/^‹ESC›\[31m/)
  })

  it('of the type of a JSON dialect is JSON', async () => {
    const server = await aServer(() => ({ headers: { 'content-type': 'Application/Problem+JSON;charset=UTF-8' }, body: '{"a":1}' }))
    expect((await aDoor(server.url, allowed).get('/api/audit')).status).toBe(200)
  })
})

describe('no answer', () => {
  const PROBLEMS: [HttpProblem, string, RegExp][] = [
    ['dns', 'unreachable', /name .* not found/],
    ['refused', 'unreachable', /refused the connection/],
    ['reset', 'unreachable', /closed the connection/],
    ['timeout', 'unreachable', /within 30 seconds/],
    ['tls', 'unreachable', /not trusted .*CA file/],
    ['proxy', 'unreachable', /proxy http:\/\/proxy\.example:3128/],
    ['other', 'unreachable', /could not be reached \(why‹ESC›\)/],
    ['too-long', 'bad-answer', /more than 64 MB/],
    ['aborted', 'cancelled', /cancelled/],
  ]

  it.each(PROBLEMS)('because of %s is a fault of its own words', async (problem, code, words) => {
    const http = { request: () => Promise.reject(new NoAnswer(problem, 'why\u001b')) }
    const address = { url: 'https://audit.example', proxy: 'http://proxy.example:3128' }
    const fault = await faultOf(openDoor({ http, now: () => 0, allowed, address, version: '1' }).get('/api/audit'))
    expect(fault).toMatchObject({ code, status: null })
    expect(fault.message).toMatch(words)
    expect(fault.message).toContain('audit.example')
  })

  it('comes over a broken or a forsaken connection', async () => {
    const server = await aServer(() => null)
    expect(await faultOf(aDoor(server.url, allowed).get('/api/audit'))).toMatchObject({ code: 'unreachable' })
    const door = aDoor('http://127.0.0.1:1', allowed)
    expect((await faultOf(door.get('/api/audit'))).message).toContain('refused')
    expect(door.requests).toBe(1)
  })

  it('is waited for once it is cancelled, before or after it was asked for', async () => {
    const stop = new AbortController()
    const server = await aServer(() => {
      stop.abort()
      return null
    })
    const door = aDoor(server.url, allowed)
    expect((await faultOf(door.get('/api/audit', { signal: stop.signal }))).code).toBe('cancelled')
    expect((await faultOf(door.get('/api/audit', { signal: stop.signal }))).code).toBe('cancelled')
    expect(server.seen).toHaveLength(1)
    expect(door.requests).toBe(1)
  })
})

it('trusts a server of an own authority once its CA file is named', async () => {
  const folder = fileURLToPath(new URL('../../fixtures/tls', import.meta.url))
  const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8')
  const server = createServer({ cert: read('server.pem'), key: read('server-key.pem') }, (_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{"logs":[]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `https://localhost:${(server.address() as AddressInfo).port}`
  const fault = await faultOf(aDoor(url, allowed).get('/api/audit'))
  expect(fault.code).toBe('unreachable')
  expect(fault.message).toMatch(/not trusted .*CA file/)
  expect((await aDoor(url, allowed, { address: { url, ca: read('ca.pem') } }).get('/api/audit')).status).toBe(200)
})
