import type { ApprovalMatrix, ApprovalRule } from '../../../../contract'
import { isDecided, type Decided, type Person } from '../model'
import { approverOf, groupedSlowly, requesterOf, type Population } from '../population'
import type { JudgedPattern } from './judged'

const MOST = { approvers: 8, requesters: 12 }

/** Rules that speak of one approver and one requester. */
const OF_PAIR: ReadonlySet<ApprovalRule> = new Set<ApprovalRule>(['approval.self', 'approval.reciprocal', 'approval.pair', 'approval.same_source', 'approval.fresh_approver'])

type Axis = { rows: { name: string | null; n: number }[]; at: Map<string, number> }

/** Whoever stands in a flagged cell is shown; then the busiest. */
export function* matrixOf({ decided }: Population, judged: readonly JudgedPattern[]): Generator<void, ApprovalMatrix> {
  const shown = judged.filter(({ by, pattern }) => by === null && OF_PAIR.has(pattern.rule))
  const marked = shown.flatMap(({ pattern }) => pattern.requests.filter(isDecided))
  const approvers = yield* axisOf(decided, { whose: ({ decision }) => decision.by, most: MOST.approvers, first: new Set(marked.map(approverOf)) })
  const requesters = yield* axisOf(decided, { whose: ({ requester }) => requester, most: MOST.requesters, first: new Set(marked.map(requesterOf)) })
  const counts = requesters.rows.map(() => approvers.rows.map(() => 0))
  const cell = (one: (typeof decided)[number]) => ({
    approver: approvers.at.get(approverOf(one)) ?? approvers.rows.length - 1,
    requester: requesters.at.get(requesterOf(one)) ?? requesters.rows.length - 1,
  })
  for (const [at, one] of decided.entries()) {
    if (at % 1024 === 0) yield
    const { approver, requester } = cell(one)
    const row = counts[requester]
    if (row) row[approver] = (row[approver] ?? 0) + 1
  }
  const flagged = new Map<string, ApprovalMatrix['flagged'][number]>()
  for (const { id, pattern, level } of shown) {
    for (const one of pattern.requests.filter(isDecided)) {
      const [approver, requester] = [approvers.at.get(approverOf(one)), requesters.at.get(requesterOf(one))]
      if (approver === undefined || requester === undefined) continue
      const key = `${approver} ${requester}`
      // The gravest come first.
      if (!flagged.has(key)) flagged.set(key, { requester, approver, pattern: id, level })
    }
  }
  return { approvers: approvers.rows, requesters: requesters.rows, counts, flagged: [...flagged.values()] }
}

type Chosen = { whose: (one: Decided) => Person; most: number; first: ReadonlySet<string> }

function* axisOf(decided: readonly Decided[], { whose, most, first }: Chosen): Generator<void, Axis> {
  const all = yield* groupedSlowly(decided, (one) => whose(one).key)
  const groups = [...all].map(([key, own]) => ({ key, name: own[0] ? whose(own[0]).name : key, n: own.length }))
  groups.sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1))
  const chosen = new Set([...groups.filter(({ key }) => first.has(key)), ...groups].slice(0, groups.length > most ? most - 1 : most).map(({ key }) => key))
  const own = groups.filter(({ key }) => chosen.has(key))
  const others = decided.length - own.reduce((sum, { n }) => sum + n, 0)
  const rows = own.map(({ name, n }): { name: string | null; n: number } => ({ name, n }))
  if (others > 0) rows.push({ name: null, n: others })
  return { rows, at: new Map(own.map(({ key }, at) => [key, at])) }
}
