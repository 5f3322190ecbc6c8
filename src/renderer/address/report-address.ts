import { REPORT_KINDS, REPORT_ONLY, type ReportKind, type ReportOnly } from '../../contract'

export const REPORT_TABS = ['reports', 'controls'] as const
export type ReportTab = (typeof REPORT_TABS)[number]

/** Which report is looked at and what narrows it, beside the time pin, which is its period. */
export type ReportsLook = { tab: ReportTab; kind: ReportKind; text: string; only: readonly ReportOnly[] }

const MOST_TEXT = 2000

export function defaultReports(): ReportsLook {
  return { tab: 'reports', kind: 'access', text: '', only: [] }
}

/** Reads `tab=controls&kind=approvals&text=&only=production,privileged`; undefined where all are their defaults. */
export function parseReports(fields: ReadonlyMap<string, string>): ReportsLook | undefined {
  const only = new Set((fields.get('only') ?? '').split(','))
  const look: ReportsLook = {
    tab: REPORT_TABS.find((tab) => tab === fields.get('tab')) ?? 'reports',
    kind: REPORT_KINDS.find((kind) => kind === fields.get('kind')) ?? 'access',
    text: (fields.get('text') ?? '').slice(0, MOST_TEXT),
    only: REPORT_ONLY.filter((one) => only.has(one)),
  }
  return printReports(look).length > 0 ? look : undefined
}

export function printReports({ tab, kind, text, only }: ReportsLook): [name: string, value: string][] {
  const fields: [string, string][] = []
  if (tab !== 'reports') fields.push(['tab', tab])
  if (kind !== 'access') fields.push(['kind', kind])
  if (text !== '') fields.push(['text', text])
  if (only.length > 0) fields.push(['only', only.join(',')])
  return fields
}
