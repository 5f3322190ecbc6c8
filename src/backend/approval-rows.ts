import type { ApprovalChain, ApprovalPattern, ApprovalSession, UnapprovedSession } from '../contract'
import {
  APPROVAL_RULE_TEXTS,
  isSelf,
  latencyOf,
  outsideWords,
  patternSpan,
  type JudgedPattern,
  type Population,
  type Request,
  type Unapproved,
  type Uses,
  type Visit,
} from './detect'
import { requestsView, sessionId } from './query'
import type { ReadableStore } from './store'

const MOST_SESSIONS = 20
const MOST_EVENTS = 500

/** What rows of requests are made with. */
export type RowGround = {
  uses: Uses
  robots: Population['robots']
  patterns: ReadonlyMap<string, readonly JudgedPattern[]>
  isRecorded(visit: Visit): boolean
}

/** Tells of which sessions a recording is held or listed. */
export function recordedTest(store: ReadableStore): (visit: Visit) => boolean {
  const recorded = new Set(store.recordings().flatMap(({ connection, session }) => (session === null ? [] : [`${connection}\n${session}`])))
  return ({ connection, session }) => recorded.has(`${connection}\n${session}`)
}

export function chainRow(request: Request, ground: RowGround): ApprovalChain {
  const { key, id, connection, type, requester, machine, scope, justification, asked, state, grant } = request
  const use = ground.uses.of(request)
  const strange = new Set(use.outside.flatMap((one) => ('visit' in one ? [one.visit] : [])))
  const visits = [...new Set([...use.visits, ...strange])].sort((a, b) => a.from - b.from)
  const patterns = ground.patterns.get(key) ?? []
  return {
    key,
    request: id,
    connection,
    type,
    requester: requester?.name ?? null,
    machine,
    scope,
    justification,
    asked,
    state,
    decision: decisionRow(request, ground),
    grant: grant && { from: grant.from, to: grant.to, revoked: grant.revoked },
    sessions: visits.slice(0, MOST_SESSIONS).map((visit) => sessionRow(visit, ground.isRecorded(visit), strange.has(visit))),
    sessionCount: visits.length,
    commands: visits.reduce((sum, { commands }) => sum + commands.length, 0),
    outcome: use.outcome,
    outside: use.outside.map((one) => outsideWords(request, one)),
    patterns: patterns.map(({ id: pattern, pattern: { rule, title }, level }) => ({ id: pattern, rule, title, level })),
    level: patterns[0]?.level ?? null,
  }
}

function decisionRow(request: Request, { robots }: RowGround): ApprovalChain['decision'] {
  const { decision } = request
  if (!decision) return null
  const { by, outcome, at, comment } = decision
  return { approver: by?.name ?? null, outcome, at, latency: latencyOf(request), isSelf: isSelf(request), isRobot: by !== null && robots.has(by.key), comment }
}

function sessionRow(visit: Visit, isRecorded: boolean, isOutside: boolean): ApprovalSession {
  const { connection, session, user, machine, from, to, last, commands } = visit
  const id = sessionId('session', [connection, session])
  return { id, session, user: user.name, machine, from, to: to ?? last, commands: commands.length, isRecorded, isOutside }
}

export function patternRow({ id, pattern, level, by }: JudgedPattern, ground: RowGround): ApprovalPattern {
  const { rule, key, title, words, figures, method, baseline, approvers, requesters, requests, chain } = pattern
  const { start, end } = patternSpan(pattern)
  const shown = requests.slice(0, MOST_EVENTS)
  const last = requests.reduce((latest, { asked }) => Math.max(latest, asked), start)
  const { view, isExact } = requestsView({
    range: { from: Math.min(start, requests[0]?.asked ?? start), to: last + 1 },
    connections: [...new Set(requests.map(({ connection }) => connection))],
    ids: requests.map((request) => request.id),
    requesters,
  })
  return {
    id,
    rule,
    level,
    title,
    words,
    figures,
    method,
    baseline,
    from: start,
    to: end,
    approvers,
    requesters,
    events: shown.map((request) => request.key),
    requests: shown.map((request) => request.id),
    count: requests.length,
    view,
    isExact,
    chain: chain && chainRow(chain, ground),
    key,
    suppressed: by && { key: by.key, reason: by.reason },
  }
}

export function unapprovedRow({ visit, nearest, requests }: Unapproved, isRecorded: (visit: Visit) => boolean): UnapprovedSession {
  const row = sessionRow(visit, isRecorded(visit), true)
  return {
    ...row,
    connection: visit.connection,
    why: whyUnapproved(visit, nearest),
    nearest: nearest && { key: nearest.key, request: nearest.id, state: nearest.state, asked: nearest.asked },
    requestsForMachine: requests,
  }
}

function whyUnapproved({ from, user, machine }: Visit, nearest: Request | null): string {
  const where = machine ?? 'the machine'
  if (!nearest) return `No request of ${user.name} for ${where} is held.`
  if (nearest.state === 'rejected') return 'The nearest request was rejected.'
  if (nearest.state === 'pending' || nearest.state === 'expired') return 'The nearest request was not decided.'
  const { grant } = nearest
  if (!grant) return 'The nearest request gave no access.'
  if (from < grant.from) return 'It began before the nearest grant.'
  return grant.revoked && grant.revoked.at <= from ? 'It began after the nearest grant was revoked.' : 'It began after the nearest grant had ended.'
}

/** Of a rule, as lists name it. */
export function ruleTitle(rule: keyof typeof APPROVAL_RULE_TEXTS): string {
  return APPROVAL_RULE_TEXTS[rule].title
}
