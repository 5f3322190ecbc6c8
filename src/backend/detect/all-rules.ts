import type { RuleFileRow } from '../../contract'
import type { PlaceOf } from './analytics'
import type { Rules } from './detect'
import { levelRank } from './finding'
import { ownRules } from './pack'
import type { RuleShelf } from './rule-shelf'
import { compileSteps, type Level, type Refusal, type RuleFile, type RuleHead, type RuleSet } from './sigma'

/** The own rules and those of the shelf, and what there is to say of the files. */
export type AllRules = { rules: Rules & { refused: Refusal[] }; files: RuleFileRow[] }

type Wanted = { shelf: RuleShelf; production: string; placeOf: PlaceOf | null; least: Level }

/** Compiles a file at a time: thousands take seconds. Added rules below a level do not run. */
export function* allRules({ shelf, production, placeOf, least }: Wanted): Generator<void, AllRules> {
  const own = ownRules(production, placeOf)
  const names = shelf.names()
  const texts: RuleFile[] = []
  for (const name of names) {
    const file = shelf.read(name)
    if (file) texts.push(file)
    yield
  }
  const set = yield* compileSteps(texts)
  const added = withoutLow(withoutTaken(set, own), least)
  const rulesOf = countsBy([...set.detections, ...set.correlations].map(({ head }) => head.place))
  const refusedOf = countsBy(added.refused.map(({ place }) => place))
  const files = names.map((name): RuleFileRow => ({ name, rules: rulesOf.get(name) ?? 0, inactive: refusedOf.get(name) ?? 0 }))
  const rules = {
    ...own,
    detections: [...own.detections, ...added.detections],
    correlations: [...own.correlations, ...added.correlations],
    quiet: new Set([...own.quiet, ...added.quiet]),
    refused: [...own.refused, ...added.refused],
  }
  return { rules, files }
}

function countsBy(places: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1)
  return counts
}

type Added = Pick<RuleSet, 'detections' | 'correlations' | 'quiet' | 'refused'>

/** An id of an own rule is taken: findings hang on it. */
function withoutTaken(set: RuleSet, own: Rules): Added {
  const heads = [...own.detections, ...own.correlations, ...own.detectors].map(({ head }) => head)
  const taken = new Set([...heads, ...(own.surveys ?? []).flatMap(({ rules }) => rules)].map(({ id }) => id))
  return without(set, ({ id }) => (taken.has(id) ? 'an own rule has the same id' : null))
}

/** A rule that others join is kept, whatever its level. */
function withoutLow(set: Added, least: Level): Added {
  const joined = new Set(set.correlations.flatMap(({ rules }) => rules))
  return without(set, ({ id, level }) => {
    const isLow = level !== null && levelRank(level) < levelRank(least)
    return isLow && !joined.has(id) ? `its level is ${level}; added rules run from ${least} on` : null
  })
}

function without({ detections, correlations, quiet, refused }: Added, why: (head: RuleHead) => string | null): Added {
  const gone: Refusal[] = []
  const isKept = ({ head }: { head: RuleHead }) => {
    const reason = why(head)
    if (reason !== null) gone.push({ rule: head.id, place: head.place, reason })
    return reason === null
  }
  const keptDetections = detections.filter(isKept)
  const kept = correlations.filter(isKept)
  return { detections: keptDetections, correlations: kept, quiet, refused: [...refused, ...gone] }
}
