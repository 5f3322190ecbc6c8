export const FAILURE_LASTS: number

export type Args = { browser: boolean; dev: boolean; fetch: boolean; workspace: string | null; rest: string[] }
export type Facts = {
  args: Args
  electron: { path: string; named: boolean } | null
  hasDisplay: boolean
  /** Whether `out/` is missing or older than what it is made from. */
  stale: boolean
  failure: { at: number; reason: string; mirror: string } | null
  mirror: string
  now: number
}
export type Plan = {
  build: boolean
  fetch: boolean
  where: 'desktop' | 'browser' | 'desktop-if-fetched'
  why: string | null
}

export function readArgs(words: string[]): Args
export function planStart(facts: Facts): Plan
