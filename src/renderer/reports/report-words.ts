import type { ReportFormat, ReportKind, ReportOnly } from '../../contract'

export const KIND_WORDS: Record<ReportKind, { title: string; question: string }> = {
  access: { title: 'Access', question: 'Who reached which machine, when, and by whose grant?' },
  approvals: { title: 'Approval history', question: 'What was asked for, who decided, how fast, and what stands out?' },
  signins: { title: 'Failed sign-ins', question: 'Which sign-ins failed, and which sources tell of failures at all?' },
  privileged: { title: 'Privileged commands', question: 'Which commands ran, or were refused, with the rights of somebody else?' },
  changes: { title: 'Role and permission changes', question: 'Whose roles and groups were changed, by whom, from what to what?' },
  retention: { title: 'Retention copy', question: 'What is held of the period, record by record?' },
}

export const FORMAT_WORDS: Record<ReportFormat, { title: string; what: string }> = {
  pdf: { title: 'PDF', what: 'Pages with numbers and a head on each, for a sign-off' },
  html: { title: 'HTML', what: 'One file for any browser, without scripts; prints as the PDF does' },
  md: { title: 'Markdown', what: 'Text for a ticket or a wiki' },
  csv: { title: 'CSV', what: 'The main table for a spreadsheet; the head is a second file' },
  jsonl: { title: 'JSON Lines', what: 'The head and every row of every table, for programs' },
}

export const ONLY_WORDS: Record<ReportOnly, string> = { production: 'Production', privileged: 'Privileged', ungranted: 'Without a grant' }

/** What narrows a report: words that stand in a row, or a query. */
export function textLabel(kind: ReportKind): string {
  if (kind === 'access') return 'Person, machine or approver'
  return kind === 'approvals' ? 'Words of the request' : 'Query, as on the timeline'
}
