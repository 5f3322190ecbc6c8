import type { Instant } from './time'

/** What the ledger says of a stream over a range; meanings are fixed by the design's table of coverage states. */
export const COVERAGE_STATES = [
  'complete',
  'partial',
  'unknown',
  'not-visible',
  'not-offered',
  'beyond-retention',
  'not-held',
  'not-asked',
] as const
export type CoverageState = (typeof COVERAGE_STATES)[number]

/** One range of one stream. `to` is exclusive. `held` counts rows, `serverTotal` is the server's own count where it gives one. */
export type CoverageRange = {
  connection: string
  stream: string
  from: Instant
  to: Instant
  state: CoverageState
  held: number
  serverTotal?: number
  note?: string
}

/** `overrule`: a later look proved wrong what was called `complete`; without it a `partial` range leaves that alone. */
export type CoverageNews = Omit<CoverageRange, 'connection' | 'held'> & { overrule?: boolean }

/** The ledger's name of a stream of files: the list, and whose it is where one connection holds the same list of many. */
export function coverageStream(stream: string, instance: string): string {
  return `${stream} · ${instance}`
}
