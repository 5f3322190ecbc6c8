import type { Decided } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { approverOf, groupedSlowly, momentOf, type Population } from '../population'
import { many } from '../words'
import { keyOf } from './key'

const SPAN = 60_000
const LEAST_APPROVALS = 5

/** Many approvals of one person at once. */
export function* batches({ decided }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  for (const own of (yield* groupedSlowly(decided, (one) => (isTimed(one) ? `${one.org}\n${approverOf(one)}` : null))).values()) {
    yield
    const found = inBatches(own)
    const [first] = found.requests
    if (!first) continue
    const { name } = first.decision.by
    const requests = byAsked(found.requests)
    patterns.push({
      rule: 'approval.batch',
      level: 'medium',
      key: keyOf(first, name),
      crossed: found.crossed,
      title: `${name} approved ${found.most} requests within a minute`,
      words: `${many(found.requests.length, 'approval')} of ${name} came in ${many(found.batches, 'batch', 'batches')} of at least 5 within 60 s; ${found.most} within one minute at most.`,
      figures: [
        ['n', String(found.requests.length)],
        ['batches', String(found.batches)],
        ['most in 60 s', String(found.most)],
      ],
      method: 'at least 5 approvals within 60 s',
      baseline: null,
      ...namesOf(requests),
      requests,
      chain: null,
      hours: [],
    })
  }
  return patterns
}

const isTimed = ({ decision }: Decided) => decision.outcome === 'approved' && decision.at !== null

type Batches = { requests: Decided[]; batches: number; most: number; crossed: number }

/** Windows that slide: up to and with each approval, those less than 60 s before it. */
export function inBatches(own: readonly Decided[]): Batches {
  const sorted = own.toSorted((a, b) => momentOf(a) - momentOf(b))
  const found: Batches = { requests: [], batches: 0, most: 0, crossed: 0 }
  let from = 0
  /** Where what was found ends. */
  let taken = 0
  let isOpen = false
  for (const [at, one] of sorted.entries()) {
    while (momentOf(sorted[from] ?? one) <= momentOf(one) - SPAN) from++
    const size = at - from + 1
    if (size < LEAST_APPROVALS) {
      isOpen = false
      continue
    }
    if (found.batches === 0) found.crossed = momentOf(one)
    if (!isOpen) found.batches++
    isOpen = true
    found.most = Math.max(found.most, size)
    found.requests.push(...sorted.slice(Math.max(from, taken), at + 1))
    taken = at + 1
  }
  return found
}
