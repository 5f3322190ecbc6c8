import type { Instant, TimeRange } from '../../domain'
import type { ReadableStore } from '../store'
import { allRules } from './all-rules'
import type { PlaceOf } from './analytics'
import { detect } from './detect'
import type { Finding } from './finding'
import { judging } from './judged'
import type { RuleShelf } from './rule-shelf'
import type { Refusal } from './sigma'
import { isOver, readLeast, readLevels, readSuppressions } from './suppressions'

type Looked = { shelf: RuleShelf; placeOf: PlaceOf | null; range: TimeRange | null; now: Instant }

/** `findings` in the order of time, with levels as they are tuned; `suppressed` counts those that are left out. */
export type WorkspaceFindings = { findings: Finding[]; suppressed: number; refused: readonly Refusal[] }

/** Looks as Detections does: by the own rules and the added ones, with the workspace's levels and suppressions. */
export function workspaceFindings(store: ReadableStore, { shelf, placeOf, range, now }: Looked): WorkspaceFindings {
  const settings = store.settings()
  const rules = rulesOf({ shelf, placeOf, production: settings['production'] ?? '', least: readLeast(settings) })
  const found = detect(store, rules, range)
  const active = readSuppressions(settings).filter((one) => !isOver(one, now))
  const judged = judging(active, readLevels(settings))
  const findings = found.flatMap((finding) => {
    const { level, by } = judged(finding)
    return by ? [] : [{ ...finding, level }]
  })
  return { findings, suppressed: found.length - findings.length, refused: rules.refused }
}

function rulesOf(wanted: Parameters<typeof allRules>[0]) {
  const steps = allRules(wanted)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value.rules
  }
}
