import { describe, expect, it } from 'vitest'
import { openDoor, type Allowed } from '../../../src/backend/source'
import { webxtermSource } from '../../../src/backend/source/webxterm'
import { aDoor, aServer, faultOf } from './a-server'

const { allowed } = webxtermSource
const TOKEN = 'eyJ0.secret.token'

const unasked = { request: () => Promise.reject(new Error('nothing may be asked')) }

function closedDoor(url: string, proxy?: string) {
  const address = { url, ...(proxy !== undefined && { proxy }) }
  return openDoor({ http: unasked, now: () => 0, allowed, address, version: '0.1.0' })
}

describe('an address', () => {
  it.each([
    'https://audit.example',
    'https://audit.example/',
    'https://audit.example/api',
    'https://audit.example/api/',
    'https://audit.example/prefix//',
    'https://audit.example:8443/a/b/api/',
    'https://audit.example/#/login',
    'http://localhost:8080',
    'http://127.0.0.1',
    'http://127.8.9.1:81/x',
    'http://[::1]:3000',
  ])('is taken: %s', (url) => {
    expect(closedDoor(url).requests).toBe(0)
  })

  it.each([
    'http://audit.example',
    'http://192.168.1.4',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://[::2]',
    'http://0.0.0.0',
    'ftp://audit.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ws://127.0.0.1',
    'https://user:pass@audit.example',
    'https://user@audit.example',
    'https://audit.example/?token=abc',
    'https://audit.example/?a=1&API_KEY=abc',
    'https://audit.example/?access%5Ftoken=abc',
    'https://audit.example/#access_token=abc',
    'audit.example',
    '',
    'https://',
    'https://exa mple',
    'https:\\\\audit.example',
    'https://audit.example:99999',
  ])('is refused: %s', async (url) => {
    const fault = await faultOf(() => closedDoor(url))
    expect(fault.code).toBe('insecure-address')
    expect(fault.message).toMatch(/[Ee]xpected .*\.$/)
    expect(fault.message).not.toMatch(/abc|user@|user:|pass@/)
  })

  it('of a proxy is checked as well', async () => {
    expect(closedDoor('https://audit.example', 'http://proxy.example:3128').requests).toBe(0)
    expect(closedDoor('http://localhost:1', 'http://127.0.0.1:3128').requests).toBe(0)
    for (const proxy of ['http://u:p@proxy.example', 'socks5://proxy.example', 'proxy.example:3128']) {
      expect((await faultOf(() => closedDoor('https://audit.example', proxy))).code, proxy).toBe('insecure-address')
    }
    // The proxy would read the token.
    expect((await faultOf(() => closedDoor('http://localhost:1', 'http://proxy.example:3128'))).code).toBe('insecure-address')
  })

  it('may hold a path before the server\'s own', async () => {
    const server = await aServer(() => ({ body: { machines: [] } }))
    for (const tail of ['', '/', '/api', '/pre/fix', '/pre/fix/api/']) await aDoor(server.url + tail, allowed).get('/api/machines')
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/api/machines',
      '/api/machines',
      '/api/machines',
      '/pre/fix/api/machines',
      '/pre/fix/api/machines',
    ])
  })
})

// Every request of facts about the server that would change something, open a terminal or end a session.
const MUTATING: [method: 'GET' | 'POST', path: string][] = [
  ['POST', '/api/api-keys'],
  ['POST', '/api/profile/regenerate-api-key'],
  ['POST', '/api/auth/logout'],
  ['POST', '/api/auth/signup'],
  ['POST', '/api/signup'],
  ['POST', '/api/machines'],
  ['POST', '/api/machines/agent-1'],
  ['POST', '/api/machines/agent-1/command'],
  ['POST', '/api/machines/agent-1/logs'],
  ['POST', '/api/users'],
  ['POST', '/api/audit'],
  ['POST', '/api/audit-logs'],
  ['POST', '/api/access-requests'],
  ['GET', '/api/terminal/agent-1/ws'],
  ['GET', '/api/profile/regenerate-api-key'],
  ['GET', '/api/auth/logout'],
  ['GET', '/api/recordings/1/url'],
]

describe('a request', () => {
  it.each(MUTATING)('that does more than read is refused: %s %s', async (method, path) => {
    const server = await aServer(() => ({}))
    const door = aDoor(server.url, allowed)
    door.useToken(TOKEN)
    const ways = method === 'GET' ? [() => door.get(path), () => door.read(path, (body) => body)] : [() => door.post(path, {})]
    for (const way of ways) {
      const fault = await faultOf(way())
      expect(fault).toMatchObject({ code: 'request-refused', status: null })
      expect(fault.message).toContain(path)
    }
    expect(server.seen).toEqual([])
    expect(door.requests).toBe(0)
  })

  it('has no other methods than GET and POST', () => {
    expect(new Set(allowed.map(({ method }) => method))).toEqual(new Set(['GET', 'POST']))
    expect(Object.keys(closedDoor('https://a.example')).toSorted()).toEqual(['get', 'linked', 'post', 'read', 'requests', 'token', 'useToken'])
  })

  it.each([
    '//evil.example/api/audit',
    '/api//audit',
    '/api/audit/../machines',
    '/api/machines/../audit',
    '/api/machines/./logs',
    '/api/machines/%2e%2e/logs',
    '/api/machines/a%2fb/logs',
    '/api/machines/a%2Flogs',
    '/api/machines/a%5cb/logs',
    '/api/machines/a%252fb/logs',
    '/api/machines/a%00/logs',
    '/api/machines/a%0d%0aX:1/logs',
    '/api/machines/a%zz/logs',
    '/api/machines/..;/logs',
    '/api/machines/a\\b/logs',
    '/api/machines/a b/logs',
    '/api/machines/a\r\nX: 1/logs',
    '/api/audit#x',
    '/api/audit?a=1#x',
    '/api/audit?a=1 HTTP/1.1',
    '/api/auditx',
    '/x/api/audit',
    'api/audit',
    '@evil.example/api/audit',
    '.evil.example/api/audit',
    '',
  ])('for a path that could be read in two ways is refused: %s', async (path) => {
    const server = await aServer(() => ({}))
    expect((await faultOf(aDoor(server.url, allowed).get(path))).code).toBe('request-refused')
    expect(server.seen).toEqual([])
  })

  it('is matched in full, whatever the list forgets', async () => {
    const loose: Allowed[] = [{ method: 'GET', path: /\/api\/audit/ }]
    const server = await aServer(() => ({}))
    const door = aDoor(server.url, loose)
    await door.get('/api/audit?page=1')
    for (const path of ['/api/audit/delete', '/x/api/audit']) expect((await faultOf(door.get(path))).code).toBe('request-refused')
  })

  it.each([
    'token=x',
    'access_token=x',
    'api_key=x',
    'API-Key=x',
    'apikey=x',
    'key=x',
    'password=x',
    'authorization=Bearer+x',
    'page=1&session_token=x',
    '%74oken=x',
    'otp_code=1',
  ])('with a credential in its address is refused: %s', async (query) => {
    const server = await aServer(() => ({}))
    const fault = await faultOf(aDoor(server.url, allowed).get(`/api/audit?${query}`))
    expect(fault.code).toBe('request-refused')
    expect(server.seen).toEqual([])
  })

  it('with the token itself in its address is refused and not told', async () => {
    const server = await aServer(() => ({}))
    const door = aDoor(server.url, allowed)
    door.useToken(TOKEN)
    const fault = await faultOf(door.get(`/api/audit?user_id=${TOKEN}`))
    expect(fault.code).toBe('request-refused')
    expect(fault.message).not.toContain(TOKEN)
    expect(server.seen).toEqual([])
  })

  it('says who asks, and carries the token unless it is anonymous', async () => {
    const server = await aServer(() => ({}))
    const door = aDoor(server.url, allowed)
    await door.get('/api/audit')
    door.useToken(TOKEN)
    expect(door.token).toBe(TOKEN)
    await door.get('/api/audit')
    await door.get('/health', { anonymous: true })
    await door.post('/api/auth/login', { email: 'a@b', password: 'p' }, { anonymous: true })
    door.useToken(null)
    await door.get('/api/audit')
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      `Bearer ${TOKEN}`,
      undefined,
      undefined,
      undefined,
    ])
    expect(server.seen[0]?.headers).toMatchObject({ accept: 'application/json', 'user-agent': 'Recount/0.1.0', 'x-source': 'Recount' })
    // Servers skip the one-time code for these.
    expect(server.seen[0]?.headers['user-agent']).not.toMatch(/cli|curl|vscode/i)
    expect(server.seen[3]).toMatchObject({ method: 'POST', body: '{"email":"a@b","password":"p"}' })
    expect(server.seen[3]?.headers['content-type']).toBe('application/json')
    expect(door.requests).toBe(5)
  })

  it('cannot carry a token that breaks a header', async () => {
    const door = closedDoor('https://a.example')
    for (const token of ['a\r\nX: 1', 'a b', '', 'tökn']) expect((await faultOf(() => door.useToken(token))).code).toBe('request-refused')
    expect(door.token).toBeNull()
  })

  it('gives the place without credentials, the time and the bytes', async () => {
    const date = 'Mon, 02 Mar 2026 08:14:09 GMT'
    const server = await aServer(() => ({ headers: { date }, body: '{"logs": []}' }))
    const door = aDoor(server.url, allowed, { now: () => 5 })
    const fetched = await door.get('/api/audit?page=1')
    expect(fetched).toMatchObject({ place: `GET ${server.url}/api/audit?page=1`, status: 200, date, serverTime: 1772439249000, fetchedAt: 5 })
    expect(Buffer.from(fetched.body).toString()).toBe('{"logs": []}')
  })
})
