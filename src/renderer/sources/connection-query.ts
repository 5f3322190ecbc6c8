import { withTerm } from '../../language'

/** Query for the rows of one connection, or of one list of it. */
export function connectionQuery(connection: string, stream?: string): string {
  const query = withTerm('', { field: 'connection', value: connection, negate: false })
  return stream === undefined ? query : withTerm(query, { field: 'stream', value: stream, negate: false })
}

/** Query for what later syncs found other than before. */
export function driftQuery(connection: string, flag: 'changed' | 'late' | 'vanished'): string {
  return `is:${flag} ${connectionQuery(connection)}`
}
