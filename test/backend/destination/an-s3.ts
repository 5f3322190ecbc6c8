import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

// A small store that speaks S3 as far as exports use it. Signatures are computed here, from the specification:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html

export const KEY = 'AKIDEXAMPLE'
export const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const LEAST_PART = 5 * 1024 * 1024

export type Told = { method: string; path: string; query: URLSearchParams; headers: IncomingMessage['headers']; body: Buffer }
/** An answer instead of the store's own; `reset` closes the connection; `after` gives the store's own effect and then no answer. */
export type Fault = { status: number; code?: string; headers?: Record<string, string>; body?: string } | 'reset' | 'after' | null

type Options = {
  region?: string
  /** Asked before each request is looked at. */
  fault?: (told: Told) => Fault
  mayList?: boolean
}

export type S3 = {
  url: string
  /** Objects by bucket and name, as `audit/2026/x.jsonl`. */
  objects: Map<string, Buffer>
  /** Uploads that were begun and neither ended nor taken back. */
  uploads: Map<string, Map<number, Buffer>>
  asked: Told[]
}

export async function anS3({ region = 'us-east-1', fault = () => null, mayList = true }: Options = {}): Promise<S3> {
  const s3: S3 = { url: '', objects: new Map(), uploads: new Map(), asked: [] }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '').split('?')
      const told = { method: request.method ?? '', path, query: new URLSearchParams(query), headers: request.headers, body: Buffer.concat(pieces) }
      s3.asked.push(told)
      const given = fault(told)
      if (given === 'reset') return response.destroy()
      if (given !== null && given !== 'after') {
        response.writeHead(given.status, given.headers).end(given.body ?? (given.code ? errorOf(given.code) : ''))
        return
      }
      const answer = given === 'after' ? null : response
      const wrong = signatureProblem(told, query, region)
      if (wrong) return answered(answer, 403, errorOf(wrong))
      act(s3, { told, mayList }, answer)
      if (answer === null) response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  s3.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return s3
}

function errorOf(code: string): string {
  return `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>x</Message></Error>`
}

function answered(response: ServerResponse | null, ...[status, body = '', headers = {}]: Answer): void {
  response?.writeHead(status, headers).end(body)
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function canonicalOf(query: string): string {
  return query === '' ? '' : query.split('&').map((one) => (one.includes('=') ? one : `${one}=`)).toSorted().join('&')
}

/** What a store would say of the credentials of a request; null where they fit. */
function signatureProblem({ method, path, headers, body }: Told, query: string, region: string): string | null {
  const said = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')
  if (!said) return 'AccessDenied'
  const [, key = '', day = '', inRegion = '', names = '', signature = ''] = said
  const header = (name: string) => String(headers[name] ?? '')
  if (key !== KEY) return 'InvalidAccessKeyId'
  if (inRegion !== region) return 'AuthorizationHeaderMalformed'
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date']) if (!names.split(';').includes(needed)) return 'AccessDenied'
  if (header('x-amz-content-sha256') !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  if (header('content-md5') !== '' && header('content-md5') !== createHash('md5').update(body).digest('base64')) return 'BadDigest'
  const canonicalQuery = canonicalOf(query)
  const canonical = [method, path, canonicalQuery, ...names.split(';').map((name) => `${name}:${header(name).trim()}`), '', names, header('x-amz-content-sha256')].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', header('x-amz-date'), scope, sha256(canonical)].join('\n')
  const signing = hmac(hmac(hmac(hmac(`AWS4${SECRET}`, day), region), 's3'), 'aws4_request')
  return hmac(signing, text).toString('hex') === signature ? null : 'SignatureDoesNotMatch'
}

type Acting = { s3: S3; told: Told; name: string; mayList: boolean }
type Answer = [status: number, body?: string, headers?: Record<string, string>]

function act(s3: S3, { told, mayList }: { told: Told; mayList: boolean }, response: ServerResponse | null): void {
  const acting = { s3, told, mayList, name: decodeURIComponent(told.path.slice(1)) }
  const id = told.query.get('uploadId')
  answered(response, ...(id === null ? plainAnswer(acting) : uploadAnswer(acting, id)))
}

function plainAnswer({ s3, told: { method, query, headers, body }, name, mayList }: Acting): Answer {
  if (query.has('list-type')) return mayList ? [200, '<ListBucketResult/>'] : [403, errorOf('AccessDenied')]
  if (method === 'POST' && query.has('uploads')) {
    const upload = `${randomUUID()}+/&`
    s3.uploads.set(upload, new Map())
    return [200, `<InitiateMultipartUploadResult><UploadId>${upload.replace('&', '&amp;')}</UploadId></InitiateMultipartUploadResult>`]
  }
  if (method === 'PUT') {
    s3.objects.set(name, body)
    return [200, '', { etag: '"x"' }]
  }
  const object = s3.objects.get(name)
  return object ? [206, headers.range ? 'x' : '', { 'content-range': `bytes 0-0/${object.length}` }] : [404, errorOf('NoSuchKey')]
}

function uploadAnswer({ s3, told: { method, query, body }, name }: Acting, id: string): Answer {
  const parts = s3.uploads.get(id)
  if (!parts) return [404, errorOf('NoSuchUpload')]
  if (method === 'PUT') {
    parts.set(Number(query.get('partNumber')), body)
    return [200, '', { etag: tagOf(body) }]
  }
  if (method === 'POST') {
    const wanted = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)]
    const held = wanted.map(([, number, tag]) => ({ bytes: parts.get(Number(number)) ?? Buffer.alloc(0), tag }))
    const isFit = held.every(({ bytes, tag }, at) => tag === tagOf(bytes) && (bytes.length >= LEAST_PART || at === held.length - 1))
    if (!isFit) return [400, errorOf('InvalidPart')]
    s3.objects.set(name, Buffer.concat(held.map(({ bytes }) => bytes)))
  }
  s3.uploads.delete(id)
  return method === 'POST' ? [200, '<CompleteMultipartUploadResult><ETag>"x-2"</ETag></CompleteMultipartUploadResult>'] : [204]
}

function tagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`
}
