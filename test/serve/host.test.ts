import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, test, vi } from 'vitest'
import { clientOver } from '../../src/contract'
import type { Host } from '../../src/serve'
import { aHost, ask, exchange, newKey, openSocket, tokenOf, wireOver } from './ask-host'

const open: Host[] = []
async function started(...args: Parameters<typeof aHost>): Promise<Host> {
  const host = await aHost(...args)
  open.push(host)
  return host
}
afterEach(() => Promise.all(open.splice(0).map((host) => host.close())))

test('the page comes with its policy and a nonce that no other answer has', async () => {
  const host = await started()
  const nonces = new Set<string>()
  for (const path of ['/', '/', '/index.html', '/?from=elsewhere']) {
    const { status, headers, body } = await ask(host, path)
    expect(status).toBe(200)
    const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]
    expect(body).toBe(`<meta property="csp-nonce" nonce="${nonce}"><p nonce="${nonce}">page`)
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
        "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    nonces.add(String(nonce))
  }
  expect(nonces.size).toBe(4)
})

test.each([
  ['/assets/main-1.js', 'text/javascript; charset=utf-8'],
  ['/assets/main-1.woff2', 'font/woff2'],
  ['/favicon.ico', 'image/svg+xml'],
])('%s is served as %s with every guarding header', async (path, type) => {
  const { status, headers } = await ask(await started(), path)
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(headers['content-security-policy']).toContain("default-src 'none'")
})

test.each(['localhost', '127.0.0.1', 'evil.example', '127.0.0.1:1'])('Host %j is refused', async (name) => {
  const host = await started()
  const { port } = new URL(host.origin)
  const named = name === 'localhost' || name === 'evil.example' ? `${name}:${port}` : name
  expect((await ask(host, '/', { headers: { host: named } })).status).toBe(421)
})

test.each([
  [{ origin: 'http://evil.example' }],
  [{ origin: 'null' }],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
])('a request of a foreign page is refused: %o', async (headers) => {
  expect((await ask(await started(), '/', { headers })).status).toBe(403)
})

test('a person may come to the page from anywhere, and to nothing else', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const host = await started()
  expect((await ask(host, '/', { headers })).status).toBe(200)
  expect((await ask(host, '/assets/main-1.js', { headers })).status).toBe(403)
})

const nowhere = ['/../package.json', '/%2e%2e/x', '//etc/passwd', '/assets', '/assets/../index.html', '/wire']

test.each(nowhere)('%s is not found', async (path) => {
  const host = await started()
  expect((await ask(host, path, { headers: { origin: host.origin } })).status).toBe(404)
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is no way to ask for the page', async (method) => {
  expect((await ask(await started(), '/', { method })).status).toBe(405)
})

test('a token is exchanged once, within a minute, by the own page', async () => {
  const now = vi.fn(() => 1000)
  const host = await started({}, { now })
  const token = tokenOf(host.newUrl())
  expect(token).toMatch(/^[\w-]{43}$/)
  expect((await ask(host, '/session', { method: 'POST', body: JSON.stringify({ token }) })).status).toBe(403)
  expect((await exchange(host, token, 'http://evil.example')).status).toBe(403)
  expect((await exchange(host, 'x'.repeat(43))).status).toBe(401)
  const { status, body } = await exchange(host, token)
  expect(status).toBe(200)
  expect(JSON.parse(body)).toEqual({ key: expect.stringMatching(/^[\w-]{43}$/) as string })
  expect((await exchange(host, token)).status).toBe(401)
  const late = tokenOf(host.newUrl())
  now.mockReturnValue(61_000)
  expect((await exchange(host, late)).status).toBe(401)
})

test.each([
  ['', 400],
  ['null', 400],
  ['{"token":7}', 400],
  [`{"token":"${'x'.repeat(5000)}"}`, 413],
])('a body that names no token is refused', async (body, status) => {
  const host = await started()
  expect((await ask(host, '/session', { method: 'POST', headers: { origin: host.origin }, body })).status).toBe(status)
})

test('frames go both ways, and the key stays good for a page that comes again', async () => {
  const append = (sent: unknown) => ({ received: (sent as { bytes: Uint8Array }).bytes.length })
  const host = await started({ 'upload.append': append })
  const key = await newKey(host)
  for (let visit = 0; visit < 2; visit++) {
    const socket = await openSocket(host, key)
    expect(socket.protocol).toBe('recount.1')
    const bytes = new Uint8Array(4 * 1024 * 1024)
    const { value } = await clientOver(wireOver(socket)).call('upload.append', { upload: 'u', bytes })
    expect(value).toEqual({ received: bytes.length })
    socket.close()
  }
})

test('a socket without a session, of a foreign page or under a foreign name is refused', async () => {
  const host = await started()
  const key = await newKey(host)
  await expect(openSocket(host, null)).rejects.toThrow('401')
  await expect(openSocket(host, 'x'.repeat(43))).rejects.toThrow('401')
  await expect(openSocket(host, tokenOf(host.newUrl()))).rejects.toThrow('401')
  await expect(openSocket(host, key, { origin: 'http://evil.example' })).rejects.toThrow('403')
  await expect(openSocket(host, key, { host: 'evil.example' })).rejects.toThrow('421')
})

test('text instead of a frame, and a frame beyond the limit, end the socket', async () => {
  const host = await started()
  const key = await newKey(host)
  for (const [sent, code] of [['text', 1003], [new Uint8Array(13 * 1024 * 1024), 1009]] as const) {
    const socket = await openSocket(host, key)
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.send(sent)
    expect(await closed).toBe(code)
  }
})

test('pages are counted', async () => {
  const onPages = vi.fn()
  const host = await started({}, { onPages })
  const socket = await openSocket(host, await newKey(host))
  expect(onPages).toHaveBeenLastCalledWith(1)
  socket.close()
  await vi.waitFor(() => expect(onPages).toHaveBeenLastCalledWith(0))
})

test('nothing but 127.0.0.1 is listened on', async () => {
  const host = await started()
  const port = Number(new URL(host.origin).port)
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const addresses = others.map(({ address }) => address).filter((address) => address !== '127.0.0.1')
  for (const address of [...addresses, '127.0.0.2', '::1']) {
    const reached = await new Promise((resolve) => {
      const socket = connect({ host: address, port, timeout: 1000 })
      const end = (answer: boolean) => {
        socket.destroy()
        resolve(answer)
      }
      socket.once('connect', () => end(true))
      socket.once('error', () => end(false))
      socket.once('timeout', () => end(false))
    })
    expect([address, reached]).toEqual([address, false])
  }
})

test('a port that is taken is said', async () => {
  const port = Number(new URL((await started()).origin).port)
  await expect(started({}, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('closing ends the sockets and frees the port', async () => {
  const host = await aHost()
  const socket = await openSocket(host, await newKey(host))
  const closed = new Promise((resolve) => socket.on('close', resolve))
  await host.close()
  expect(await closed).toBe(1001)
  await expect(ask(host, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
