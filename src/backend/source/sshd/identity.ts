import { hash } from 'node:crypto'
import { WordCopier } from '../../../domain'
import type { Nameless } from '../file-source'

type Hashed = Pick<Nameless, 'bytes' | 'start' | 'end' | 'instance' | 'year'>

export type Identity = {
  /** SHA-256 of host, year taken (left out when 0) and bytes, as 32 characters: what equal records share. */
  of(record: Hashed): string
}

const MOST_PREFIXES = 1000
/** Bytes of most records with what goes before them; longer ones are hashed at a little more cost. */
const MOST_BYTES = 2048

export function createIdentity(): Identity {
  let host = ''
  let year = -1
  let prefix = 0
  /** By host, of the year that was asked for last. */
  const prefixes = new Map<string, Buffer>()
  // What is hashed: the prefix, and the bytes of one record after another.
  const hashed = Buffer.alloc(MOST_BYTES)
  const copier = new WordCopier(hashed)
  /** The first so many of them: to make a view costs as much as to copy a record. */
  const views: Uint8Array[] = []

  function setPrefix(ofHost: string, ofYear: number): void {
    if (ofYear !== year || prefixes.size > MOST_PREFIXES) prefixes.clear()
    host = ofHost
    year = ofYear
    const own = prefixOf(ofHost, ofYear)
    prefix = own.length
    own.copy(hashed)
  }

  function prefixOf(ofHost: string, ofYear: number): Buffer {
    const own = prefixes.get(ofHost) ?? Buffer.from(`${ofHost}\0${ofYear === 0 ? '' : ofYear}\0`)
    prefixes.set(ofHost, own)
    return own
  }

  /** Of bytes that have room after the prefix. */
  function hashedOf(record: Hashed): string {
    copier.copy(record, prefix)
    const to = prefix + record.end - record.start
    return hash('sha256', (views[to] ??= hashed.subarray(0, to)), 'binary')
  }

  return {
    of(record) {
      const { instance, bytes, start, end } = record
      if (instance !== host || record.year !== year) setPrefix(instance, record.year)
      if (prefix + end - start <= MOST_BYTES) return hashedOf(record)
      return hash('sha256', Buffer.concat([prefixOf(instance, record.year), bytes.subarray(start, end)]), 'binary')
    },
  }
}

/** The number that four characters are, one a byte, as an int32. */
export function wordAt(digest: string, at: number): number {
  return (
    (digest.charCodeAt(at) << 24) |
    (digest.charCodeAt(at + 1) << 16) |
    (digest.charCodeAt(at + 2) << 8) |
    digest.charCodeAt(at + 3)
  )
}
