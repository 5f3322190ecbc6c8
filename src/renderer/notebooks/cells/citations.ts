import type { Citation } from '../../../contract'

/** Those that were cited, and the new ones; each event once, by time. */
export function withCitations(before: readonly Citation[], added: readonly Citation[]): Citation[] {
  const known = new Set(before.map(({ key }) => key))
  return [...before, ...added.filter(({ key }) => !known.has(key))].toSorted((a, b) => a.row.time - b.row.time)
}
