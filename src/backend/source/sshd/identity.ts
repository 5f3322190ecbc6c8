import { hash } from 'node:crypto'
import { createCounts } from './counts'
import type { Line } from './lines'

export type Identity = {
  /** Id of a record: hex SHA-256 of host, resolved year (left out when 0) and bytes; then `:` and its number. */
  of(line: Line, host: string, year: number): string
}

/** Numbers equal records from 1 over the life of one stream of records. */
export function createIdentity(): Identity {
  const equals = createCounts()
  let buffer = Buffer.alloc(4096)
  let host = ''
  let year = -1
  let prefix = 0

  function setPrefix(): void {
    const text = `${host}\0${year === 0 ? '' : year}\0`
    prefix = Buffer.byteLength(text)
    reserve(prefix)
    buffer.write(text)
  }

  function reserve(size: number): void {
    if (size > buffer.length) buffer = Buffer.concat([buffer], size * 2)
  }

  return {
    of(line, ofHost, ofYear) {
      if (ofHost !== host || ofYear !== year) {
        host = ofHost
        year = ofYear
        setPrefix()
      }
      const size = prefix + line.end - line.start
      reserve(size)
      line.bytes.copy(buffer, prefix, line.start, line.end)
      const id = hash('sha256', buffer.subarray(0, size), 'hex')
      const number = equals.add(Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(8, 16), 16))
      return `${id}:${number}`
    },
  }
}
