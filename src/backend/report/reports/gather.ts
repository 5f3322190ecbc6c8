import type { ReportAsked, ReportKind } from '../../../contract'
import { gatherAccess } from './access'
import { gatherApprovals } from './approvals'
import { gatherChanges } from './changes'
import type { Gather, Gathered, ReportGround } from './ground'
import { gatherPrivileged } from './privileged'
import { gatherRetention } from './retention'
import { gatherSignIns } from './sign-ins'

const GATHER: Record<ReportKind, Gather> = {
  access: gatherAccess,
  approvals: gatherApprovals,
  signins: gatherSignIns,
  privileged: gatherPrivileged,
  changes: gatherChanges,
  retention: gatherRetention,
}

/** What a report of that kind is made of. Throws `bad-query` for a filter that is no query. */
export function gatherReport(ground: ReportGround, asked: ReportAsked): Promise<Gathered> {
  return GATHER[asked.kind](ground, asked)
}
