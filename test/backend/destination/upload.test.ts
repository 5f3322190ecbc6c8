import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { putObject, type StoreDoor } from '../../../src/backend/destination'
import { testPorts } from '../../ports'
import { anS3, KEY, SECRET, type Fault, type S3, type Told } from './an-s3'

const MB = 1024 * 1024
const PACE = { tries: 4, firstWaitMs: 1, mostWaitMs: 2 }

function doorTo({ url }: Pick<S3, 'url'>, own: { path?: string; region?: string; secret?: string; signal?: AbortSignal; tries?: number } = {}): StoreDoor {
  const { path = '/audit/2026%20+(a)/é', region = 'us-east-1', secret = SECRET, signal, tries } = own
  const destination = { name: 'vault', kind: 's3' as const, url: `${url}${path}`, region, user: KEY, passwordEnv: 'VAULT' }
  const { http } = testPorts()
  return { destination, secret, http, now: () => Date.UTC(2026, 10, 20, 12), pace: { ...PACE, ...(tries !== undefined && { tries }) }, ...(signal && { signal }) }
}

const OBJECT = { name: 'a b+c!*.jsonl', type: 'application/x-ndjson' }
const PLACE = 'audit/2026 +(a)/é/a b+c!*.jsonl'

/** In pieces that fit no part. */
function* pieces(bytes: Buffer, size = 3 * MB + 17): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Gives one fault for each request that it is about, in order. */
function faults(about: (told: Told) => boolean, ...given: Fault[]): (told: Told) => Fault {
  return (told) => (about(told) ? (given.shift() ?? null) : null)
}

const isPart = ({ query }: Told) => query.has('partNumber')
const isEnd = ({ method, query }: Told) => method === 'POST' && query.has('uploadId')

describe('an object', () => {
  it('that is small goes in one signed request', async () => {
    const s3 = await anS3()
    expect(await putObject(doorTo(s3), OBJECT, [Buffer.from('one\n'), Buffer.from('two\n')])).toBe(8)
    expect(s3.objects.get(PLACE)?.toString()).toBe('one\ntwo\n')
    expect(s3.asked).toHaveLength(1)
    expect(s3.asked[0]?.headers).toMatchObject({ 'content-type': OBJECT.type, 'content-md5': expect.any(String), 'x-amz-date': '20261120T120000Z' })
    expect(JSON.stringify(s3.asked[0]?.headers)).not.toContain(SECRET)
  })

  it('may be empty', async () => {
    const s3 = await anS3()
    await putObject(doorTo(s3), OBJECT, [])
    expect(s3.objects.get(PLACE)).toHaveLength(0)
  })

  it('that is large goes in parts, byte for byte', async () => {
    const s3 = await anS3()
    const bytes = randomBytes(20 * MB + 5)
    expect(await putObject(doorTo(s3), OBJECT, pieces(bytes))).toBe(bytes.length)
    expect(s3.objects.get(PLACE)?.equals(bytes)).toBe(true)
    expect(s3.asked.filter(isPart).map(({ body }) => body.length)).toEqual([8 * MB, 8 * MB, 4 * MB + 5])
    expect(s3.uploads.size).toBe(0)
  })

  it('is there whole in spite of a store and a line that fail now and then', async () => {
    const fault = faults(isPart, { status: 503, code: 'SlowDown' }, 'reset', 'after', null, { status: 429 }, { status: 400, code: 'RequestTimeout' })
    const s3 = await anS3({ fault })
    const bytes = randomBytes(17 * MB)
    await putObject(doorTo(s3), OBJECT, pieces(bytes))
    expect(s3.objects.get(PLACE)?.equals(bytes)).toBe(true)
  })

  it('is there where only the answer to its end was lost', async () => {
    const s3 = await anS3({ fault: faults(isEnd, 'after') })
    const bytes = randomBytes(9 * MB)
    expect(await putObject(doorTo(s3), OBJECT, pieces(bytes))).toBe(bytes.length)
    expect(s3.objects.get(PLACE)?.equals(bytes)).toBe(true)
  })

  it('whose parts the store does not put together is none, whatever the status says', async () => {
    const s3 = await anS3({ fault: faults(isEnd, { status: 200, code: 'InternalError' }) })
    await expect(putObject(doorTo(s3), OBJECT, pieces(randomBytes(9 * MB)))).rejects.toMatchObject({ code: 'bad-answer', message: expect.stringContaining('did not put the parts together (InternalError)') })
    expect([s3.objects.size, s3.uploads.size]).toEqual([0, 0])
  })

  it('that fails on the way leaves nothing behind', async () => {
    const s3 = await anS3({ fault: (told) => (told.query.get('partNumber') === '2' ? { status: 500 } : null) })
    await expect(putObject(doorTo(s3), OBJECT, pieces(randomBytes(17 * MB)))).rejects.toMatchObject({ code: 'server-error' })
    expect([s3.objects.size, s3.uploads.size]).toEqual([0, 0])
    expect(s3.asked.filter(({ query }) => query.get('partNumber') === '2')).toHaveLength(PACE.tries)
  })

  it('that is cancelled leaves nothing behind', async () => {
    const stop = new AbortController()
    const s3 = await anS3({
      fault: (told) => {
        if (isPart(told)) stop.abort()
        return null
      },
    })
    await expect(putObject(doorTo(s3, { signal: stop.signal }), OBJECT, pieces(randomBytes(17 * MB)))).rejects.toMatchObject({ code: 'cancelled' })
    expect([s3.objects.size, s3.uploads.size]).toEqual([0, 0])
  })

  it('whose source fails leaves nothing behind', async () => {
    const s3 = await anS3()
    const broken = (function* () {
      yield* pieces(randomBytes(17 * MB))
      throw new Error('the disk is gone')
    })()
    await expect(putObject(doorTo(s3), OBJECT, broken)).rejects.toThrow('the disk is gone')
    expect([s3.objects.size, s3.uploads.size]).toEqual([0, 0])
  })

  it('says where its parts could not be taken back', async () => {
    const s3 = await anS3({ fault: (told) => (isPart(told) ? { status: 403, code: 'AccessDenied' } : told.method === 'DELETE' ? { status: 403, code: 'AccessDenied' } : null) })
    await expect(putObject(doorTo(s3), OBJECT, pieces(randomBytes(9 * MB)))).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('could not be taken back') })
  })
})

describe('what is wrong is said in plain words', () => {
  const put = async (fault: Fault, own: Parameters<typeof doorTo>[1] = {}) => {
    const s3 = await anS3({ fault: () => fault })
    return putObject(doorTo(s3, own), OBJECT, [Buffer.from('x')]).then(
      () => ({ code: 'none', message: '', asked: s3.asked.length }),
      (error: unknown) => ({ ...(error as { code: string; message: string }), message: (error as Error).message, asked: s3.asked.length }),
    )
  }

  it.each<{ what: string; fault: Fault; code: string; words: string }>([
    { what: 'a refusal', fault: { status: 403, code: 'AccessDenied' }, code: 'forbidden', words: 'refuses this to the access key AKIDEXAMPLE (AccessDenied, status 403)' },
    { what: 'no bucket', fault: { status: 404, code: 'NoSuchBucket' }, code: 'not-found', words: 'has no bucket audit' },
    { what: 'a clock', fault: { status: 403, code: 'RequestTimeTooSkewed' }, code: 'unauthorized', words: 'the clock of this machine is too far from that of' },
    { what: 'another region', fault: { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1', location: 'https://elsewhere.test/' } }, code: 'redirect-refused', words: 'is in the region eu-west-1, not us-east-1' },
    { what: 'another region in the text', fault: { status: 400, body: '<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-north-1</Region></Error>' }, code: 'redirect-refused', words: 'is in the region eu-north-1' },
    { what: 'a redirect', fault: { status: 307, headers: { location: 'https://elsewhere.test/' } }, code: 'redirect-refused', words: 'leads elsewhere (https://elsewhere.test/), which is not followed' },
    { what: 'an answer that misleads a terminal', fault: { status: 400, code: '\u001b[31mBad' }, code: 'bad-answer', words: '‹ESC›[31mBad' },
  ])('$what, at once', async ({ fault, code, words }) => {
    expect(await put(fault)).toMatchObject({ code, message: expect.stringContaining(words), asked: 1 })
  })

  it('another secret, and another key', async () => {
    expect(await put(null, { secret: 'other' })).toMatchObject({ code: 'unauthorized', message: expect.stringContaining('the variable VAULT holds another secret'), asked: 1 })
  })

  it('a store that goes on failing, after some tries', async () => {
    expect(await put({ status: 503, code: 'SlowDown' })).toMatchObject({ code: 'throttled', asked: 4 })
    expect(await put({ status: 500 })).toMatchObject({ code: 'server-error', asked: 4 })
    expect(await put('reset')).toMatchObject({ code: 'unreachable', asked: 4 })
  })
})
