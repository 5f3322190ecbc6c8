import type { ApprovalChain, ApprovalSummary, ReportAsked } from '../../../contract'
import { seesAll } from '../../../domain'
import { durationText, fact, type Cell, type Column, type Fact } from '../document'
import { approvalSections } from './approval-sections'
import { counted } from './count-words'
import { everyPage } from './every-page'
import type { Gather, ReportGround } from './ground'
import { HIDDEN } from './hidden'
import { listTable } from './main-table'
import { reportView } from './view'

/** Requests of the period with what became of them, and who decided how. */
export const gatherApprovals: Gather = async (ground, asked) => {
  const { query, view } = reportView('category:approval', '', asked.range)
  const summary = await ground.answers['approval.summary']({ range: asked.range, zone: asked.zone })
  const isHidden = !seesAll(ground.store.connections()) || isNotVisible(summary)
  const requests = isHidden ? [] : await requestsOf(ground, asked)
  const words = asked.text.trim()
  return {
    title: 'Approval history',
    question: 'Which access was asked for, who decided, how fast, and what stands out?',
    rowIs: 'one request',
    view,
    query,
    filters: words === '' ? [] : [`words: ${words} (of the list of requests; the figures and other tables are of all)`],
    facts: isHidden ? [] : factsOf(summary, requests, words !== ''),
    main: listTable(
      { name: 'requests', title: 'Requests and decisions', columns: COLUMNS, none: 'No request of this period is held. See the coverage for what that rests on.' },
      requests,
      { nameOf: ({ key }) => key, cells },
    ),
    sections: isHidden ? [] : await approvalSections(ground, asked, summary),
    notes: [],
    hidden: isHidden ? HIDDEN : null,
    shows: ['Every request held that was made in the period, with its decision wherever it fell, and whether a session is held under its grant.', 'Patterns are unusual, which is not wrong: each shows its numbers and what it was compared with.'],
    showsNot: ['Approvals given outside of the connected servers.', ...(summary.hasSessions ? [] : ['Whether grants were used: no sessions are held.'])],
  }
}

/** Every list of requests there is is kept from this account. */
function isNotVisible({ visibleTo, counts }: ApprovalSummary): boolean {
  const lists = visibleTo.filter(({ status }) => status !== null)
  return counts.requests === 0 && lists.length > 0 && lists.every(({ status }) => status === 'not-visible')
}

async function requestsOf({ answers }: ReportGround, { range, zone, text }: ReportAsked): Promise<ApprovalChain[]> {
  const filter = { range, zone, text: text.trim().slice(0, 200), state: null, unusual: false, neverUsed: false }
  const newestFirst = await everyPage(async (at, count) => answers['approval.requests']({ ...filter, at, count }))
  return newestFirst.toReversed()
}

function factsOf({ counts, patternCount, patterns }: ApprovalSummary, shown: readonly ApprovalChain[], isNarrowed: boolean): Fact[] {
  const { requests, approved, rejected, revoked, expired, pending, medianMs, neverUsed, unapproved } = counts
  const own = shown.filter(({ decision }) => decision?.isSelf).length
  const suppressed = patterns.filter((pattern) => pattern.suppressed !== null).length
  return [
    fact('Requests', requests.toLocaleString('en-US')),
    fact('Approved', `${approved.toLocaleString('en-US')}, of them revoked ${revoked}`),
    fact('Denied', rejected.toLocaleString('en-US')),
    fact('Expired undecided', expired.toLocaleString('en-US')),
    fact('Pending', pending.toLocaleString('en-US')),
    fact('Self-approvals', `${own}${isNarrowed ? ' among the requests shown' : ` of ${counted(shown.filter(({ decision }) => decision !== null).length, 'decision')}`}`),
    fact('Median time to decide', medianMs === null ? 'no decision says when' : durationText(medianMs)),
    fact('Granted, never used', neverUsed.toLocaleString('en-US')),
    fact('Sessions without a grant', `${unapproved.toLocaleString('en-US')} on machines worked on by request`),
    fact('Exceptions', `${counted(patternCount, 'unusual pattern')}${suppressed > 0 ? `, ${suppressed} suppressed with a reason` : ''}`),
  ]
}

const COLUMNS: readonly Column[] = [
  { name: 'asked', label: 'Asked', kind: 'time', width: 1.3 },
  { name: 'requester', label: 'Requester', kind: 'text', width: 1.6 },
  { name: 'type', label: 'Type', kind: 'text', only: 'data' },
  { name: 'machine', label: 'Machine', kind: 'text', width: 1.6 },
  { name: 'scope', label: 'Scope', kind: 'text', width: 1.9 },
  { name: 'justification', label: 'Justification', kind: 'text', width: 2.4 },
  { name: 'state', label: 'State', kind: 'state', width: 1.2 },
  { name: 'approver', label: 'Decided by', kind: 'text', width: 1.6 },
  { name: 'decided', label: 'Decided', kind: 'time', width: 1.3 },
  { name: 'latency_ms', label: 'After', kind: 'duration', width: 1 },
  { name: 'self_approved', label: 'Self', kind: 'yes-no', width: 0.85 },
  { name: 'granted_from', label: 'Granted from', kind: 'time', width: 1.3 },
  { name: 'granted_to', label: 'to', kind: 'time', width: 1.3 },
  { name: 'use', label: 'Use', kind: 'text', width: 0.9 },
  { name: 'exceptions', label: 'Exceptions', kind: 'text', width: 2.8 },
  { name: 'request', label: 'Request', kind: 'code', width: 1.6 },
]

function cells({ asked, requester, type, machine, scope, justification, state, decision, grant, outcome, outside, patterns, request }: ApprovalChain): Cell[] {
  const exceptions = [...patterns.map(({ title }) => title), ...outside].join('; ')
  return [
    asked,
    requester,
    type,
    machine,
    scope,
    justification,
    state === 'rejected' ? 'denied' : state,
    decision?.approver ?? null,
    decision?.at ?? null,
    decision?.latency ?? null,
    decision?.isSelf ?? null,
    grant?.from ?? null,
    grant?.to ?? null,
    outcome === 'none' ? null : outcome.replaceAll('-', ' '),
    exceptions,
    request,
  ]
}
