import type { Pattern } from '../pattern'
import type { Population } from '../population'
import { askedAgain } from './asked-again'
import { batches } from './batch'
import { freshApprover, sameSource } from './exact'
import { justification } from './justification'
import { offHours } from './off-hours'
import { reciprocal } from './reciprocal'
import { rubberStamps } from './rubber-approver'
import { quickDecisions } from './rubber-decision'
import { scopeGrowth } from './scope-growth'
import { scopeMismatch } from './scope-mismatch'
import { selfDecided } from './self'
import { concentrated, pairs } from './shares'
import { volume } from './volume'

export { outsideWords } from './scope-mismatch'

/** All that is unusual, a little at a time. */
export function* patternsOf(population: Population): Generator<void, Pattern[]> {
  const looks = [
    selfDecided,
    reciprocal,
    sameSource,
    freshApprover,
    quickDecisions,
    rubberStamps,
    batches,
    offHours,
    concentrated,
    pairs,
    volume,
    scopeGrowth,
    scopeMismatch,
    justification,
    askedAgain,
  ]
  const patterns: Pattern[] = []
  for (const look of looks) {
    for (const pattern of yield* look(population)) patterns.push(pattern)
    yield
  }
  return patterns
}
