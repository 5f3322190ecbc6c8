import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { hex8, mix } from '../data/random'
import type { World } from '../data/world'
import { recordings, recordingText, storageKey, type Recorded } from '../terminal/recorded'
import type { Answer } from './answer'

/** Where files lie that are fetched with a signed address and nothing else. */
const PATH = '/sample-storage/'
/** Seconds that an address is good for. */
export const ADDRESS_LIFE = 900
/** Recordings that are remembered once they were made. */
const REMEMBERED = 64

type Asked = { method: string; headers: IncomingHttpHeaders }

export type Storage = {
  /** The address of a recording, good from now on for a while. */
  addressOf(recorded: Recorded, { host, now }: { host: string; now: number }): string
  sizeOf(recorded: Recorded): number
  holds(path: string): boolean
  answer(asked: Asked, { url, now }: { url: URL; now: number }): Answer
}

/** Keeps recordings as S3 does, in the server's own process. */
export function openStorage(world: World): Storage {
  const secret = `recount sample storage ${hex8(mix(world.plan.seed, 2))}`
  const texts = new Map<number, string>()
  const sizes = new Map<number, number>()

  function textOf(recorded: Recorded): string {
    const known = texts.get(recorded.place)
    if (known !== undefined) return known
    const text = recordingText(world, recorded)
    if (texts.size >= REMEMBERED) texts.delete(texts.keys().next().value ?? -1)
    texts.set(recorded.place, text)
    sizes.set(recorded.place, Buffer.byteLength(text))
    return text
  }

  const pathOf = (recorded: Recorded) => PATH + storageKey(world, recorded).split('/').map(encodeURIComponent).join('/')

  const signatureOf = (path: string, date: string) => createHmac('sha256', secret).update(`${path}\n${date}`).digest('hex')

  return {
    addressOf(recorded, { host, now }) {
      const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
      const path = pathOf(recorded)
      const signed = new URLSearchParams({
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Credential': `SAMPLEKEY/${date.slice(0, 8)}/eu-north-1/s3/aws4_request`,
        'X-Amz-Date': date,
        'X-Amz-Expires': String(ADDRESS_LIFE),
        'X-Amz-SignedHeaders': 'host',
        'X-Amz-Signature': signatureOf(path, date),
      })
      return `http://${host}${path}?${signed.toString()}`
    },
    sizeOf(recorded) {
      return sizes.get(recorded.place) ?? Buffer.byteLength(textOf(recorded))
    },
    holds: (path) => path.startsWith(PATH),
    answer({ method, headers }, { url, now }) {
      if (method !== 'GET') return trouble(405, 'MethodNotAllowed', 'The method is not allowed against this resource.')
      if (headers.authorization !== undefined) return trouble(400, 'InvalidArgument', 'Only one auth mechanism allowed')
      const date = url.searchParams.get('X-Amz-Date') ?? ''
      const isSigned = url.searchParams.get('X-Amz-Signature') === signatureOf(url.pathname, date)
      if (!isSigned) return trouble(403, 'SignatureDoesNotMatch', 'The request signature does not match.')
      const signedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
      if (now > signedAt + ADDRESS_LIFE * 1000) return trouble(403, 'AccessDenied', 'Request has expired')
      const recorded = recordings(world, now).find((one) => pathOf(one) === url.pathname)
      if (!recorded) return trouble(404, 'NoSuchKey', 'The specified key does not exist.')
      return { status: 200, body: textOf(recorded), type: 'application/x-asciicast' }
    },
  }
}

function trouble(status: number, code: string, message: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return { status, body, type: 'application/xml' }
}
