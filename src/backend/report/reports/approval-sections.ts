import type { ApprovalSummary, ReportAsked, UnapprovedSession } from '../../../contract'
import type { Cell, Column, Table } from '../document'
import { everyPage } from './every-page'
import type { ReportGround } from './ground'
import type { Section } from './main-table'

/** Tables beside the requests: who decided how, what stands out, and what of it cannot be told. */
export async function approvalSections({ answers }: ReportGround, { range }: ReportAsked, summary: ApprovalSummary): Promise<Section[]> {
  const unapproved = await everyPage(async (at, count) => answers['approval.unapproved']({ range, text: '', at, count }))
  const { basis } = await answers['approval.unapproved']({ range, text: '', at: 0, count: 1 })
  return [
    { table: latencyTable(summary), text: latencyWords(summary) },
    { table: matrixTable(summary), text: 'Decisions by requester (rows) and by who decided (columns); the busiest of each, all others together in the last.' },
    { table: patternTable(summary), text: patternWords(summary) },
    { table: unapprovedTable(unapproved), text: basis },
    { table: notComputedTable(summary) },
  ]
}

function latencyWords({ robots, fewDecisions }: ApprovalSummary): string {
  const machines = robots.decisions > 0 ? ` ${robots.decisions} decisions of ${robots.who.map(({ approver }) => approver).join(', ')} count as made by a program and are left out.` : ''
  return `Time from a request to its decision. Statistics need ${fewDecisions.least} decisions; ${fewDecisions.approvers} ${fewDecisions.approvers === 1 ? 'person has' : 'people have'} fewer.${machines}`
}

function latencyTable({ approvers }: ApprovalSummary): Table {
  const columns: readonly Column[] = [
    { name: 'approver', label: 'Decided by', kind: 'text', width: 2 },
    { name: 'decisions', label: 'Decisions', kind: 'number' },
    { name: 'approved', label: 'Approved', kind: 'number' },
    { name: 'denied', label: 'Denied', kind: 'number' },
    { name: 'requesters', label: 'Requesters', kind: 'number' },
    { name: 'timed', label: 'Timed', kind: 'number' },
    { name: 'p5_ms', label: '5 %', kind: 'duration' },
    { name: 'p25_ms', label: '25 %', kind: 'duration' },
    { name: 'p50_ms', label: 'Median', kind: 'duration' },
    { name: 'p75_ms', label: '75 %', kind: 'duration' },
    { name: 'p95_ms', label: '95 %', kind: 'duration' },
    { name: 'under_30_s', label: 'Under 30 s', kind: 'share' },
    { name: 'worst', label: 'Worst exception', kind: 'text', width: 1.2 },
  ]
  const rows = () =>
    approvers.map(({ approver, n, approvals, rejections, requesters, timed, quantiles: q, fast, level }): Cell[] => {
      return [approver, n, approvals, rejections, requesters, timed, q?.p5 ?? null, q?.p25 ?? null, q?.p50 ?? null, q?.p75 ?? null, q?.p95 ?? null, fast, level]
    })
  return { name: 'approvers', title: 'Time to decide, by who decided', columns, total: approvers.length, rows, none: 'Nobody decided anything in this period.' }
}

function matrixTable({ matrix }: ApprovalSummary): Table {
  const columns: readonly Column[] = [
    { name: 'requester', label: 'Requester', kind: 'text', width: 2 },
    ...matrix.approvers.map(({ name }, at): Column => ({ name: name === null ? 'others' : `by_${at + 1}`, label: name ?? 'all others', kind: 'number' })),
    { name: 'all', label: 'All', kind: 'number' },
  ]
  const rows = () => matrix.requesters.map(({ name, n }, at): Cell[] => [name ?? 'all others', ...(matrix.counts[at] ?? []), n])
  return { name: 'matrix', title: 'Who decided for whom', columns, total: matrix.requesters.length, rows, none: 'Nobody decided anything in this period.' }
}

function patternWords({ patternCount, patterns }: ApprovalSummary): string {
  const rest = patternCount - patterns.length
  return `Unusual, which is not wrong.${rest > 0 ? ` The gravest ${patterns.length} of ${patternCount}; the list of requests names all.` : ''}`
}

function patternTable({ patterns }: ApprovalSummary): Table {
  const columns: readonly Column[] = [
    { name: 'level', label: 'Level', kind: 'text', width: 0.9 },
    { name: 'exception', label: 'Exception', kind: 'text', width: 1.8 },
    { name: 'what', label: 'What was seen', kind: 'text', width: 4 },
    { name: 'figures', label: 'Figures', kind: 'text', width: 2.4 },
    { name: 'method', label: 'Worked out', kind: 'text', width: 2.4 },
    { name: 'requests', label: 'Requests', kind: 'number', width: 0.8 },
    { name: 'from', label: 'From', kind: 'time', width: 1.6 },
    { name: 'to', label: 'To', kind: 'time', width: 1.6 },
    { name: 'suppressed', label: 'Suppressed because', kind: 'text', width: 1.5 },
  ]
  const rows = () =>
    patterns.map(({ level, title, words, figures, method, baseline, count, from, to, suppressed }): Cell[] => {
      const how = baseline === null ? method : `${method}; compared with ${baseline}`
      return [level, title, words, figures.map(([name, value]) => `${name} ${value}`).join(', '), how, count, from, to, suppressed?.reason ?? null]
    })
  return { name: 'exceptions', title: 'Exceptions', columns, total: patterns.length, rows, none: 'No unusual pattern was found.' }
}

function unapprovedTable(sessions: readonly UnapprovedSession[]): Table {
  const columns: readonly Column[] = [
    { name: 'from', label: 'From', kind: 'time', width: 1.7 },
    { name: 'to', label: 'To', kind: 'time', width: 1.7 },
    { name: 'user', label: 'User', kind: 'text', width: 1.5 },
    { name: 'machine', label: 'Machine', kind: 'text', width: 1.7 },
    { name: 'commands', label: 'Commands', kind: 'number', width: 0.9 },
    { name: 'why', label: 'Why it stands here', kind: 'text', width: 4 },
    { name: 'nearest', label: 'Nearest request', kind: 'code', width: 1.5 },
    { name: 'session', label: 'Session', kind: 'code', width: 2 },
  ]
  const rows = () => sessions.map(({ from, to, user, machine, commands, why, nearest, session }): Cell[] => [from, to, user, machine, commands, why, nearest?.request ?? null, session])
  return { name: 'without_grant', title: 'Sessions without a grant', columns, total: sessions.length, rows, none: 'No session without a grant was found on such a machine.' }
}

function notComputedTable({ notComputed }: ApprovalSummary): Table {
  const columns: readonly Column[] = [
    { name: 'rule', label: 'Pattern', kind: 'text' },
    { name: 'why', label: 'Why nothing can be said', kind: 'text', width: 4 },
  ]
  return { name: 'not_computed', title: 'Patterns that could not be looked for', columns, total: notComputed.length, rows: () => notComputed.map(({ title, why }): Cell[] => [title, why]), none: 'All of them could be looked for.' }
}
