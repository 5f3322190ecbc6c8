import type { ApprovalRule } from '../../../contract'
import { latencyOf } from './model'
import { LEAST, type Population } from './population'
import { knowsHours } from './patterns/off-hours'
import { hasPairs } from './patterns/shares'

/** `isWhole`: nothing at all can be told of the rule. */
export type NotComputed = { rule: ApprovalRule; why: string; isWhole: boolean }

/** Rules of which nothing could be said, wholly or in part, and why. */
export function* notComputed(population: Population): Generator<void, NotComputed[]> {
  const source = ofSource(population)
  yield
  const numbers = yield* ofNumbers(population)
  return [...source, ...numbers, ...ofUse(population)]
}

function ofSource({ decided, window, ledger, range }: Population): NotComputed[] {
  const found: NotComputed[] = []
  const whole = (rule: ApprovalRule, why: string) => found.push({ rule, why, isWhole: true })
  if (!decided.some(({ ip, decision }) => ip !== null && decision.ip !== null)) {
    whole('approval.same_source', 'The servers do not say from which addresses people ask and decide.')
  }
  if (!ledger.roleChanges.some(({ at }) => at < range.to)) whole('approval.fresh_approver', 'No changes of roles are held that say who gave a role to whom.')
  if (!decided.some((one) => latencyOf(one) !== null)) {
    whole('approval.rubber_stamp.decision', 'No decision says when it was made.')
    whole('approval.batch', 'No decision says when it was made.')
  }
  if (!window.some(({ justification }) => justification !== null)) whole('approval.justification', 'The servers do not record reasons.')
  return found
}

function* ofNumbers({ orgs, decided, history, ledger }: Population): Generator<void, NotComputed[]> {
  const found: NotComputed[] = []
  const few = (rule: ApprovalRule, why: string, isWhole = true) => found.push({ rule, why, isWhole })
  const largest = Math.max(0, ...[...orgs.values()].map((org) => org.decided.length))
  if (largest < LEAST) {
    const why = `No organisation has ${LEAST} decisions in this range: facts only, no statistics.`
    for (const rule of ['approval.rubber_stamp.approver', 'approval.concentration', 'approval.pair'] as const) few(rule, why)
  } else if (!hasPairs(orgs.values())) {
    few('approval.pair', 'No requester has 10 decided requests in this range.')
  }
  if (decided.length < LEAST) few('approval.rubber_stamp.decision', `Fewer than ${LEAST} decisions: only those under 10 s are told.`, false)
  if (!knowsHours(orgs.values())) few('approval.off_hours', 'Fewer than 50 requests and decisions of one organisation are held: its hours are not known.')
  const [first, last] = [history[0], history.at(-1)]
  if (history.length < LEAST || !first || !last || last.asked - first.asked < 27 * 86_400_000) {
    few('approval.volume', 'Fewer than 20 working days, or fewer than 20 decisions, are held to compare with.')
  }
  const counts = new Map<string, number>()
  for (const [at, { requester }] of ledger.requests.entries()) {
    if (at % 1024 === 0) yield
    if (requester) counts.set(requester.key, (counts.get(requester.key) ?? 0) + 1)
  }
  if (![...counts.values()].some((n) => n > 8)) few('approval.scope_growth', 'Nobody has made more than 8 requests.')
  return found
}

function ofUse({ ledger, window }: Population): NotComputed[] {
  const { visitsFrom } = ledger
  if (visitsFrom === null) {
    return [{ rule: 'approval.scope_mismatch', why: 'No sessions are held: nothing is known of the use of grants.', isWhole: false }]
  }
  const before = window.filter(({ grant }) => grant !== null && grant.end <= visitsFrom).length
  if (before === 0) return []
  return [{ rule: 'approval.scope_mismatch', why: `${before} grants ended before the first session that is held.`, isWhole: false }]
}
