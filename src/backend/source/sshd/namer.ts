import type { Namer, RecordId } from '../file-source'
import { createIdentity, wordAt } from './identity'
import { createNumbering } from './numbering'
import { createTrails } from './trails'

const NONE: readonly RecordId[] = []

export function createNamer(): Namer {
  const identity = createIdentity()
  const numberOf = createNumbering()
  const trail = createTrails()
  return {
    name(record) {
      const { instance: host, attempt: pid } = record
      const digest = identity.of(record)
      const number = numberOf(record.time, wordAt(digest, 0), wordAt(digest, 4))
      return { digest, number, companions: pid < 0 ? NONE : trail(record, { host, pid }, { digest, number }) }
    },
  }
}
