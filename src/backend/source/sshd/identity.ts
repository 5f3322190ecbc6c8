import { hash } from 'node:crypto'
import type { Line } from './lines'

export type Identity = {
  /** Hex SHA-256 of host, resolved year (left out when 0) and bytes: what equal records share. */
  of(line: Line, host: string, year: number): string
}

const MOST_PREFIXES = 1000

export function createIdentity(): Identity {
  let host = ''
  let year = -1
  let prefix = ''
  /** By host, of the year that was asked for last. */
  const prefixes = new Map<string, string>()

  function setPrefix(ofHost: string, ofYear: number): void {
    if (ofYear !== year || prefixes.size > MOST_PREFIXES) prefixes.clear()
    host = ofHost
    year = ofYear
    prefix = prefixes.get(host) ?? `${host}\0${year === 0 ? '' : year}\0`
    prefixes.set(host, prefix)
  }

  function hashBytes(line: Line): string {
    return hash('sha256', Buffer.concat([Buffer.from(prefix), line.bytes.subarray(line.start, line.end)]), 'hex')
  }

  return {
    of(line, ofHost, ofYear) {
      if (ofHost !== host || ofYear !== year) setPrefix(ofHost, ofYear)
      return line.ascii ? hash('sha256', prefix + line.text.slice(line.start, line.end), 'hex') : hashBytes(line)
    },
  }
}

/** The number that eight hexadecimal digits are, modulo 2^32 as an int32. */
export function wordAt(digits: string, at: number): number {
  let word = 0
  for (let i = at; i < at + 8; i++) {
    const code = digits.charCodeAt(i)
    word = (word << 4) | (code < 58 ? code - 48 : code - 87)
  }
  return word
}
