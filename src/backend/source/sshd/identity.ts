import { hash } from 'node:crypto'
import { createCounts } from './counts'
import type { Line } from './lines'

export type Identity = {
  /** Id of a record: hex SHA-256 of host, resolved year (left out when 0) and bytes; then `:` and its number. */
  of(line: Line, host: string, year: number): string
}

/** The number that eight hexadecimal digits are, modulo 2^32 as an int32. */
function wordAt(digits: string, at: number): number {
  let word = 0
  for (let i = at; i < at + 8; i++) {
    const code = digits.charCodeAt(i)
    word = (word << 4) | (code < 58 ? code - 48 : code - 87)
  }
  return word
}

/** Numbers equal records from 1 over the life of one stream of records. */
export function createIdentity(expected: number): Identity {
  const equals = createCounts(expected)
  let buffer = Buffer.alloc(4096)
  let host = ''
  let year = -1
  let prefix = ''
  /** Bytes of the prefix; it stands at the start of the buffer. */
  let prefixed = 0

  function setPrefix(): void {
    prefix = `${host}\0${year === 0 ? '' : year}\0`
    prefixed = Buffer.byteLength(prefix)
    reserve(prefixed)
    buffer.write(prefix)
  }

  function reserve(size: number): void {
    if (size > buffer.length) buffer = Buffer.concat([buffer], size * 2)
  }

  function hashBytes(line: Line): string {
    const size = prefixed + line.end - line.start
    reserve(size)
    line.bytes.copy(buffer, prefixed, line.start, line.end)
    return hash('sha256', buffer.subarray(0, size), 'hex')
  }

  return {
    of(line, ofHost, ofYear) {
      if (ofHost !== host || ofYear !== year) {
        host = ofHost
        year = ofYear
        setPrefix()
      }
      const id = line.ascii ? hash('sha256', prefix + line.text.slice(line.start, line.end), 'hex') : hashBytes(line)
      const number = equals.add(wordAt(id, 0), wordAt(id, 8))
      return `${id}:${number}`
    },
  }
}
