import { BackendFault } from '../../contract'
import { shownText } from '../../domain'
import { readAddress, readProxy, ServerFault } from '../source'

/** Where objects of a destination stand. */
export type Bucket = { origin: string; host: string; bucket: string; /** Parts of the names before an object's own. */ prefix: readonly string[] }

const BUCKET = /^[a-z\d][a-z\d._-]{1,62}$/i

/** Reads `https://HOST/BUCKET[/PREFIX]`. Throws `insecure-address` and `bad-ask`. */
export function readBucket(address: string, proxy?: string): Bucket {
  try {
    const base = readAddress(address)
    if (proxy !== undefined) readProxy(proxy, base)
  } catch (error) {
    throw error instanceof ServerFault ? new BackendFault({ code: 'insecure-address', message: error.message }) : error
  }
  const { origin, host, pathname, search, hash } = new URL(address.trim())
  const wrong = (what: string) => new BackendFault({ code: 'bad-ask', message: `${what}: expected https://HOST/BUCKET or https://HOST/BUCKET/PREFIX.` })
  if (search !== '' || hash !== '') throw wrong('The address has more than a path')
  const [bucket = '', ...prefix] = decoded(pathname).filter((part) => part !== '')
  if (!BUCKET.test(bucket)) throw wrong(bucket === '' ? 'The address names no bucket' : `${shownText(bucket)} is no name of a bucket`)
  return { origin, host, bucket, prefix }
}

function decoded(pathname: string): string[] {
  try {
    return pathname.split('/').map(decodeURIComponent)
  } catch {
    throw new BackendFault({ code: 'bad-ask', message: 'The path of the address cannot be read.' })
  }
}

/** The address of an object, or of the bucket for an empty name; each byte as a signature takes it. */
export function objectUrl({ origin, bucket, prefix }: Bucket, name: string): string {
  const parts = name === '' ? [bucket] : [bucket, ...prefix, name]
  return `${origin}/${parts.map(encoded).join('/')}`
}

/** As RFC 3986 has it: `encodeURIComponent` leaves some that must be escaped. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
