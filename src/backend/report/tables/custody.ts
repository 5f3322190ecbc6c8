import type { CustodyEntry, Review } from '../../../contract'
import { time, yes, type TableShape } from './table-shape'

export const CUSTODY: TableShape<CustodyEntry> = {
  table: 'custody.list',
  name: 'custody-entries',
  columns: [
    ['time', ({ at }) => time(at)],
    ['number', ({ seq }) => seq],
    ['who', ({ by }) => by],
    ['action', ({ action }) => action],
    ['object', ({ object }) => object],
    ['detail', ({ detail }) => detail],
    ['zone', ({ zone }) => zone],
    ['version', ({ version }) => version],
    ['hash', ({ hash }) => hash],
    ['hash_before', ({ prev }) => prev],
  ],
  fields: { by: 'user', action: 'plain', zone: 'plain', version: 'plain', hash: 'key', prev: 'key' },
  ask: {},
}

/** Sign-offs. */
export const REVIEWS: TableShape<Review> = {
  table: 'review.list',
  name: 'reviews',
  columns: [
    ['signed', ({ at }) => time(at)],
    ['who', ({ by }) => by],
    ['review', ({ name }) => name],
    ['query', ({ query }) => query],
    ['from', ({ range }) => time(range.from)],
    ['to', ({ range }) => time(range.to)],
    ['matching', ({ matching }) => matching],
    ['coverage', ({ coverage }) => coverage],
    ['note', ({ note }) => note],
    ['every_days', ({ days }) => days],
    ['due', ({ dueAt }) => time(dueAt)],
    ['last_of_its_name', ({ isLast }) => yes(isLast)],
    ['entry', ({ seq }) => seq],
  ],
  fields: { by: 'user', coverage: 'plain' },
  ask: {},
}
