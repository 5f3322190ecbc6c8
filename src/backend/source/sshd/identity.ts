import { hash } from 'node:crypto'
import { isAscii } from 'node:buffer'
import type { Nameless } from '../file-source'

type Hashed = Pick<Nameless, 'bytes' | 'start' | 'end' | 'instance' | 'year'>

export type Identity = {
  /** SHA-256 of host, year taken (left out when 0) and bytes, as 32 characters: what equal records share. */
  of(record: Hashed): string
}

const MOST_PREFIXES = 1000
/** Bytes made into a text at a time: a text of a few records costs little more than that of one, and dies young. */
const WINDOW = 16 * 1024

export function createIdentity(): Identity {
  let host = ''
  let year = -1
  let prefix = ''
  /** By host, of the year that was asked for last. */
  const prefixes = new Map<string, string>()
  // What stands in `bytes` from `from` to `to`: a text, or null where not every byte of it is a character by itself.
  let bytes: Uint8Array = new Uint8Array()
  let text: string | null = null
  let from = 0
  let to = 0

  function setPrefix(ofHost: string, ofYear: number): void {
    if (ofYear !== year || prefixes.size > MOST_PREFIXES) prefixes.clear()
    host = ofHost
    year = ofYear
    prefix = prefixes.get(host) ?? `${host}\0${year === 0 ? '' : year}\0`
    prefixes.set(host, prefix)
  }

  function setWindow(record: Hashed): void {
    bytes = record.bytes
    from = record.start
    to = Math.min(bytes.length, Math.max(record.end, from + WINDOW))
    const window = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
    text = isAscii(window) ? window.toString('latin1') : null
  }

  return {
    of(record) {
      const { instance, start, end } = record
      if (instance !== host || record.year !== year) setPrefix(instance, record.year)
      if (record.bytes !== bytes || start < from || end > to) setWindow(record)
      if (text !== null) return hash('sha256', prefix + text.slice(start - from, end - from), 'binary')
      return hash('sha256', Buffer.concat([Buffer.from(prefix), bytes.subarray(start, end)]), 'binary')
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
