import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { folderSink, sealBundle, sealKey, stamperAt, verifyBundle } from '../../../../src/backend/report/seal'
import { timeStampRequest } from '../../../../src/backend/report/seal/time-stamp'
import { testPorts } from '../../../ports'
import { aBundle, aFolder } from './a-bundle'
import { hasOpenssl, served, Stamps, tokenAnswer, type Asked } from './an-authority'

const ROOT = Buffer.from('{"format":"recount-seal-1"}\n')

function about(root = ROOT) {
  return { root, request: timeStampRequest(createHash('sha256').update(root).digest(), randomBytes(8)) }
}

/** The request with one byte another. */
function changed(request: Uint8Array, at: number): Buffer {
  const bytes = Buffer.from(request)
  bytes.writeUInt8((bytes.at(at) ?? 0) ^ 1, (at + bytes.length) % bytes.length)
  return bytes
}

async function stampedBy(answer: (asked: Asked, response: ServerResponse) => void, timeoutMs = 20_000) {
  const url = await served(answer)
  const { http } = testPorts()
  const { request, root } = about()
  const stamping = await stamperAt({ url: `${url}/tsr` }, { http, timeoutMs }).stamp({ root, request })
  return { stamping, host: new URL(url).host }
}

describe.skipIf(!hasOpenssl())('a time stamp authority (needs openssl)', () => {
  const stamps = new Stamps()
  afterAll(() => stamps.remove())

  it('is sent a hash alone, and its answer is checked and told', async () => {
    const asked: Asked[] = []
    const { stamping } = await stampedBy((one, response) => {
      asked.push(one)
      tokenAnswer(response, stamps.reply(one.body))
    })
    expect(stamping).toMatchObject({ stamp: { authority: 'Test authority, Clocks' }, token: expect.any(Uint8Array) })
    const [request] = asked
    expect(asked).toHaveLength(1)
    expect(request).toMatchObject({ method: 'POST', url: '/tsr', headers: { 'content-type': 'application/timestamp-query' } })
    // Version, algorithm, hash, nonce and a wish: nothing else has room.
    expect(request?.body).toHaveLength(69)
    expect(request?.body.includes(createHash('sha256').update(ROOT).digest())).toBe(true)
  })

  const wrong: [what: string, answer: (asked: Asked, response: ServerResponse) => void, words: string][] = [
    ['refuses', ({ body }, response) => tokenAnswer(response, stamps.reply(body, { digests: 'sha512' })), 'was refused by the authority («Message digest algorithm is not supported.»)'],
    ['answers 500', (_asked, response) => response.writeHead(500).end('x'), 'answered with status 500'],
    ['answers another request', ({ body }, response) => tokenAnswer(response, stamps.reply(changed(body, -5))), 'answers another request than the one of this seal'],
    ['stamps something else', ({ body }, response) => tokenAnswer(response, stamps.reply(changed(body, 40))), 'is about something else than this seal'],
    ['signs with a certificate for something else', ({ body }, response) => tokenAnswer(response, stamps.replyOfServer(body)), 'is signed with a certificate that is not for time stamps'],
    ['answers with a damaged token', ({ body }, response) => tokenAnswer(response, changed(stamps.reply(body), -1)), 'has a signature that does not fit'],
    ['answers with a page', (_asked, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome'), 'answered with text/html, not with a time stamp'],
    ['answers with noise', (_asked, response) => tokenAnswer(response, Buffer.from('noise')), 'cannot be read as the answer of a time stamp authority'],
    ['leads elsewhere', (_asked, response) => response.writeHead(302, { location: 'https://elsewhere.test/' }).end(), 'leads elsewhere (https://elsewhere.test/), which is not followed'],
    ['answers without an end', (_asked, response) => tokenAnswer(response, Buffer.alloc(300_000)), 'answered with more than any time stamp has'],
    ['hangs up', (_asked, response) => response.destroy(), 'could not be reached'],
  ]
  it.each(wrong)('that %s gives no time stamp, and it is said why', async (_what, answer, words) => {
    const { stamping, host } = await stampedBy(answer)
    expect(stamping).toEqual({ token: null, problem: expect.stringContaining(words) })
    expect(stamping).toMatchObject({ problem: expect.stringContaining(host) })
  })

  it('that does not answer in time gives none', async () => {
    const { stamping } = await stampedBy(() => {}, 50)
    expect(stamping).toMatchObject({ token: null, problem: expect.stringContaining('did not answer within') })
  })

  it('stamps a bundle, whose token verifies and is named where it is another', async () => {
    const folder = aFolder()
    const bundle = join(folder, 'bundle')
    const url = await served(({ body }, response) => tokenAnswer(response, stamps.reply(body)))
    const signer = { key: await sealKey(folder, null), stamper: stamperAt({ url }, testPorts()) }
    const { stamp } = await sealBundle(aBundle(), folderSink(bundle), signer)
    expect(stamp).toMatchObject({ authority: 'Test authority, Clocks' })
    expect(await verifyBundle(bundle)).toMatchObject({ ok: true, findings: [], stamp })

    const token = join(bundle, 'seal/root.tsr')
    const own = readFileSync(token)
    expect(stamps.verified(readFileSync(join(bundle, 'seal/root.tsq')), own)).toContain('Verification: OK')
    const findingsWith = async (bytes: Uint8Array) => {
      writeFileSync(token, bytes)
      return (await verifyBundle(bundle)).findings.filter(({ file }) => file === 'seal/root.tsr').map(({ words }) => words)
    }
    const is = (fault: string) => ['seal/root.tsr was changed.', `The time stamp seal/root.tsr ${fault}.`]
    expect((await findingsWith(stamps.reply(about().request))).toSorted()).toEqual(is('is about something else than this seal').toSorted())
    expect((await findingsWith(changed(own, own.length - 3))).toSorted()).toEqual(is('has a signature that does not fit, or of a kind that cannot be checked here').toSorted())
    // Another answer to the same request: right, and still not the one that was sealed.
    expect(await findingsWith(stamps.reply(readFileSync(join(bundle, 'seal/root.tsq'))))).toEqual(['seal/root.tsr was changed.'])
    expect(await findingsWith(own)).toEqual([])
  })

  it('may stamp a bundle later, by hand', async () => {
    const folder = aFolder()
    const bundle = join(folder, 'bundle')
    await sealBundle(aBundle(), folderSink(bundle), { key: await sealKey(folder, null) })
    const token = join(bundle, 'seal/root.tsr')
    writeFileSync(token, stamps.reply(readFileSync(join(bundle, 'seal/root.tsq'))))
    expect(await verifyBundle(bundle)).toMatchObject({ ok: true, stamp: { authority: 'Test authority, Clocks' } })
    writeFileSync(token, stamps.reply(about(readFileSync(join(bundle, 'seal/root.json'))).request))
    expect(await verifyBundle(bundle)).toMatchObject({ ok: false, stamp: null, findings: [{ file: 'seal/root.tsr', problem: 'stamp', words: 'The time stamp seal/root.tsr answers another request than the one of this seal.' }] })
  })
})

it('loses no bundle for an authority that fails', async () => {
  const folder = aFolder()
  const url = await served((_asked, response) => response.writeHead(503).end())
  const { stamp } = await sealBundle(aBundle(), folderSink(join(folder, 'bundle')), { key: await sealKey(folder, null), stamper: stamperAt({ url }, testPorts()) })
  expect(stamp).toEqual({ problem: expect.stringContaining('There is no time stamp: ') })
  expect(await verifyBundle(join(folder, 'bundle'))).toMatchObject({ ok: true, stamp: null })
})
