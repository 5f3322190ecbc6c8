import { describe, expect, it } from 'vitest'
import { openDoor, type Allowed, type FetchDoor } from '../../../src/backend/source'
import { webxtermSource } from '../../../src/backend/source/webxterm'
import type { HttpAsk } from '../../../src/backend'
import { aDoor, aServer, faultOf, type Said } from './a-server'

const { allowed } = webxtermSource
const TOKEN = 'eyJ0.secret.token'
const PATH = '/api/recordings/r1/url'
const CAST = '{"version":2,"width":80,"height":24}\n'

const get = (door: FetchDoor) => webxtermSource.fetchRecording(door, 'r1')

/** A server whose answer gives this address, in which SELF is its own origin. */
async function giving(url: string, file: Said = { headers: { 'content-type': 'application/x-asciicast' }, body: CAST }) {
  const server = await aServer(({ path }) => (path.startsWith('/api/') ? { body: { url: url.replace('SELF', server.url) } } : file))
  const door = aDoor(server.url, allowed)
  door.useToken(TOKEN)
  return { server, door }
}

describe('a file that an answer links to', () => {
  it('is got at once, without the token, and its query is told nowhere', async () => {
    const { server, door } = await giving('SELF/bucket/a.cast?X-Amz-Signature=abc&X-Amz-Expires=900')
    const { body, place, link } = await get(door)
    expect(Buffer.from(body).toString()).toBe(CAST)
    expect(place).toBe(`GET ${server.url}/bucket/a.cast`)
    expect(link.place).toBe(`GET ${server.url}${PATH}`)
    expect(server.seen.map(({ path }) => path)).toEqual([PATH, '/bucket/a.cast?X-Amz-Signature=abc&X-Amz-Expires=900'])
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`)
    const { headers } = server.seen[1] ?? { headers: {} }
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('x-source')
    expect(JSON.stringify(headers)).not.toContain(TOKEN)
    expect(door.requests).toBe(2)
  })

  it('may lie at another origin, which gets nothing of ours', async () => {
    const elsewhere = await aServer(() => ({ body: CAST }))
    const { server, door } = await giving(`${elsewhere.url}/x?sig=1`)
    expect((await get(door)).place).toBe(`GET ${elsewhere.url}/x`)
    expect(server.seen).toHaveLength(1)
    expect(elsewhere.seen.map(({ method, headers }) => [method, headers.authorization])).toEqual([['GET', undefined]])
  })

  it.each([
    ['not https', 'http://storage.example/a.cast'],
    ['plain http of the network', 'http://192.168.1.9/a.cast'],
    ['another scheme', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['a path alone', '/bucket/a.cast'],
    ['a user name', 'https://user@storage.example/a.cast'],
    ['a password', 'https://user:pass@storage.example/a.cast'],
    ['white space', 'https://storage.example/a b'],
    ['a backslash', 'https:\\\\storage.example/a'],
    ['a fragment', 'https://storage.example/a#b'],
    ['the token', `https://storage.example/a?t=${TOKEN}`],
    ['nothing', ''],
  ])('is refused: %s', async (_what, url) => {
    const { server, door } = await giving(url)
    const fault = await faultOf(get(door))
    expect(fault.code).toBe(url === '' ? 'bad-answer' : 'request-refused')
    expect(fault.message).not.toContain(TOKEN)
    expect(server.seen).toHaveLength(1)
  })

  it.each(['http://127.0.0.1:9/x', 'https://localhost/x', 'https://[::1]/x'])('of a server elsewhere is not got from this machine: %s', async (url) => {
    const asked: string[] = []
    const http = {
      request: (ask: HttpAsk) => {
        asked.push(ask.url)
        const body = new TextEncoder().encode(JSON.stringify({ url }))
        return Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body })
      },
    }
    const door = openDoor({ http, now: () => 0, allowed, address: { url: 'https://audit.example' }, version: '1' })
    expect(await faultOf(get(door))).toMatchObject({ code: 'request-refused', message: expect.stringContaining('this machine') })
    expect(asked).toEqual([`https://audit.example${PATH}`])
  })

  it.each<[string, Said, string]>([
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }, 'redirect-refused'],
    ['a redirect at home', { status: 307, headers: { location: '/b.cast' } }, 'redirect-refused'],
    ['an address that ended', { status: 403, body: '<Error>Request has expired</Error>' }, 'forbidden'],
    ['a request for a token', { status: 401 }, 'forbidden'],
    ['nothing there', { status: 404 }, 'not-offered'],
    ['a storage that fails', { status: 503 }, 'server-error'],
    ['an encoding', { headers: { 'content-encoding': 'gzip' }, body: 'x' }, 'bad-answer'],
    ['a broken line', null, 'unreachable'],
  ])('is no file: %s', async (_what, said, code) => {
    const { door } = await giving('SELF/bucket/a.cast?sig=secret', said)
    const fault = await faultOf(get(door))
    expect(fault.code).toBe(code)
    expect(fault.message).not.toContain('secret')
  })

  it('has a limit of one gigabyte', async () => {
    const sent: HttpAsk[] = []
    const http = {
      request: (ask: HttpAsk) => {
        sent.push(ask)
        const body = new TextEncoder().encode('{"url":"https://storage.example/a"}')
        return Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body })
      },
    }
    await get(openDoor({ http, now: () => 0, allowed, address: { url: 'https://audit.example' }, version: '1' }))
    expect(sent.map(({ method, maxBytes, body }) => [method, maxBytes, body])).toEqual([
      ['GET', 64 * 2 ** 20, undefined],
      ['GET', 2 ** 30, undefined],
    ])
  })
})

describe('a path whose answers link', () => {
  it('is asked in no other way, and no other path in this one', async () => {
    const server = await aServer(() => ({ body: { url: 'https://storage.example/a' } }))
    const door = aDoor(server.url, allowed)
    expect((await faultOf(door.get(PATH))).code).toBe('request-refused')
    const other: Allowed[] = [{ method: 'GET', path: /^\/api\/machines$/ }]
    for (const closed of [door, aDoor(server.url, other)]) {
      expect((await faultOf(closed.linked('/api/machines', () => 'https://storage.example/a'))).code).toBe('request-refused')
    }
    expect((await faultOf(door.linked('/api/recordings/a%2Fb/url', () => ''))).code).toBe('request-refused')
    expect(server.seen).toEqual([])
  })

  it('says in plain words where a server has no storage, and is not asked again for it', async () => {
    const server = await aServer(() => ({ status: 503, body: { error: 'S3 not configured for this tenant' } }))
    const fault = await faultOf(get(aDoor(server.url, allowed)))
    expect(fault).toMatchObject({ code: 'not-offered', status: 503 })
    expect(fault.message).toMatch(/is not set up for \/api\/recordings\/r1\/url: S3 not configured for this tenant/)
  })
})
