import type { ApprovalChain, ReportAsked } from '../../../contract'
import type { Cell, Column } from '../document'
import { everyPage } from './every-page'
import type { ReportGround } from './ground'
import type { Section } from './main-table'

const COLUMNS: readonly Column[] = [
  { name: 'asked', label: 'Asked', kind: 'time', width: 1.7 },
  { name: 'person', label: 'Person', kind: 'text', width: 1.6 },
  { name: 'machine', label: 'Machine', kind: 'text', width: 1.8 },
  { name: 'scope', label: 'Scope', kind: 'text', width: 2.4 },
  { name: 'granted_by', label: 'Granted by', kind: 'text', width: 1.6 },
  { name: 'from', label: 'From', kind: 'time', width: 1.7 },
  { name: 'to', label: 'To', kind: 'time', width: 1.7 },
  { name: 'justification', label: 'Justification', kind: 'text', width: 3 },
  { name: 'request', label: 'Request', kind: 'code', width: 1.4 },
]

/** Grants of the period under which no session is held. */
export async function neverUsedSection({ answers }: ReportGround, { range, zone }: ReportAsked): Promise<Section> {
  const filter = { range, zone, text: '', state: null, unusual: false, neverUsed: true } as const
  const unused = await everyPage(async (at, count) => answers['approval.requests']({ ...filter, at, count }))
  return {
    text: 'Approved in the period and not used: no session of the person on the machine is held for the time of the grant.',
    table: { name: 'never_used', title: 'Granted and never used', columns: COLUMNS, total: unused.length, rows: () => unused.map(cells), none: 'No grant of this period is known to be unused.' },
  }
}

function cells({ asked, requester, machine, scope, decision, grant, justification, request }: ApprovalChain): Cell[] {
  return [asked, requester, machine, scope, decision?.approver ?? null, grant?.from ?? null, grant?.to ?? null, justification, request]
}
