import type { RuleFileRow } from '../../contract'
import type { PlaceOf } from './analytics'
import type { Rules } from './detect'
import { levelRank } from './finding'
import { ownRules } from './pack'
import type { RuleShelf } from './rule-shelf'
import { compileSteps, type Level, type Refusal, type RuleFile, type RuleHead, type RuleSet } from './sigma'

/** The own rules and those of the shelf, and what there is to say of the files. */
export type AllRules = { rules: Rules & { refused: Refusal[] }; files: RuleFileRow[] }

/** Without a shelf the own rules alone. */
type Wanted = { shelf: RuleShelf | null; production: string; placeOf: PlaceOf | null; least: Level }

/** Compiles a file at a time: thousands take seconds. Added rules below a level do not run. */
export function* allRules({ shelf, production, placeOf, least }: Wanted): Generator<void, AllRules> {
  const own = ownRules(production, placeOf)
  const names = shelf?.names() ?? []
  if (!shelf || names.length === 0) return { rules: own, files: [] }
  const texts: RuleFile[] = []
  for (const name of names) {
    const file = shelf.read(name)
    if (file) texts.push(file)
    yield
  }
  const set = yield* compileSteps(texts)
  const added = withoutLow(withoutTaken(set, own), least)
  const files = names.map((name): RuleFileRow => {
    const rules = [...set.detections, ...set.correlations].filter(({ head }) => head.place === name).length
    const inactive = added.refused.filter(({ place }) => place === name).length
    return { name, rules, inactive }
  })
  const rules = {
    ...own,
    detections: [...own.detections, ...added.detections],
    correlations: [...own.correlations, ...added.correlations],
    quiet: new Set([...own.quiet, ...added.quiet]),
    refused: [...own.refused, ...added.refused],
  }
  return { rules, files }
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
