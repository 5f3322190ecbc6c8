import type { ReadableStore } from '../../store'
import type { TimeRange } from '../../../domain'
import { productionTest, type Instant } from '../../../domain'
import type { Ledger } from './model'
import type { Pattern } from './pattern'
import { patternsOf } from './patterns'
import { populationOf, type Population } from './population'
import { readLedger } from './read-ledger'
import { usesOf, type Uses } from './uses'

/** What is held about requests, and which sessions used what they gave. */
export type Approvals = { ledger: Ledger; uses: Uses; now: Instant; /** From the first request up to after the last. */ extent: TimeRange | null }

export type Analysis = { population: Population; patterns: Pattern[] }

export function* readApprovals(store: ReadableStore, now: Instant): Generator<void, Approvals> {
  const ledger = yield* readLedger(store)
  const uses = yield* usesOf(ledger, now)
  const [first, last] = [ledger.requests[0], ledger.requests.at(-1)]
  return { ledger, uses, now, extent: first && last ? { from: first.asked, to: last.asked + 1 } : null }
}

export type Asked = { range: TimeRange; zone: string; production: string }

/** Looks at the requests of a range. Throws a `RangeError` for a zone that is not known. */
export function* analyse({ ledger, uses, now }: Approvals, { range, zone, production }: Asked): Generator<void, Analysis> {
  const population = yield* populationOf(ledger, uses, { range, now, zone, isProduction: productionTest(production) })
  const patterns = yield* patternsOf(population)
  return { population, patterns }
}
