import { APPROVAL_RULES } from '../../../contract'
import { settingZone, type TimeRange } from '../../../domain'
import type { ReadableStore } from '../../store'
import { findingId, type Finding } from '../finding'
import type { Survey, Surveyed } from '../survey'
import { analyse, readApprovals, type Approvals } from './analyse'
import { notComputed } from './not-computed'
import type { Pattern } from './pattern'
import { NO_APPROVAL, withoutApproval } from './production'
import { momentOf } from './population'
import { hasRequests } from './read-requests'
import { APPROVAL_RULE_TEXTS } from './rules'

/** Events kept of a finding, from its beginning and from its end. */
const SAMPLE = 5

/** The patterns of requests and decisions as findings of rules, and sessions of production without approval. */
export const APPROVAL_SURVEY: Survey = {
  rules: [...APPROVAL_RULES.map((id) => ({ id, ...APPROVAL_RULE_TEXTS[id] })), NO_APPROVAL],
  *steps(store, range) {
    if (!hasRequests(store)) return { findings: [], inactive: new Map() }
    // Whatever happened last is as good as now, and the same wherever it is looked at.
    const now = store.extent({ filter: { kind: 'all' }, range: null, order: 'asc', companions: true })?.to ?? 0
    const approvals = yield* readApprovals(store, now)
    return yield* surveyed(store, approvals, range)
  },
}

function* surveyed(store: ReadableStore, approvals: Approvals, range: TimeRange | null): Generator<void, Surveyed> {
  const window = range ?? approvals.extent
  if (!window) return { findings: [], inactive: new Map() }
  const { zone = 'UTC', production = '' } = store.settings()
  const { population, patterns } = yield* analyse(approvals, { range: window, zone: settingZone(zone), production })
  const found = new Set<string>(patterns.map(({ rule }) => rule))
  const without = (yield* notComputed(population)).filter(({ rule, isWhole }) => isWhole && !found.has(rule))
  const unapproved = yield* withoutApproval(store, approvals.uses, { range, production })
  return { findings: [...patterns.map(findingOf), ...unapproved], inactive: new Map(without.map(({ rule, why }) => [rule, why])) }
}

function findingOf(pattern: Pattern): Finding {
  const { rule, level, key, crossed, requests, words, figures, method } = pattern
  const keys = requests.map((request) => request.key)
  const shown = figures.map(([name, value]) => `${name} ${value}`).join(', ')
  return {
    id: patternId(pattern),
    rule,
    level,
    title: APPROVAL_RULE_TEXTS[rule].title,
    key,
    ...spanOf(pattern),
    crossed,
    peak: requests.length,
    events: requests.length,
    sample: keys.length <= 2 * SAMPLE ? keys : [...keys.slice(0, SAMPLE), ...keys.slice(-SAMPLE)],
    why: [words, shown, method].filter((text) => text !== '').join(' · '),
  }
}

export function patternId({ rule, key, crossed }: Pick<Pattern, 'rule' | 'key' | 'crossed'>): string {
  return findingId(rule, key, crossed)
}

/** From the first request up to the last moment of any. */
export function spanOf({ requests, crossed }: Pick<Pattern, 'requests' | 'crossed'>): { start: number; end: number } {
  let [start, end] = [crossed, crossed]
  for (const request of requests) {
    start = Math.min(start, request.asked)
    end = Math.max(end, momentOf(request))
  }
  return { start, end }
}
