import { type Exported, ExportMenu } from '../exports'
import { activityView } from './activity-view'
import { type RequestFilter, useRequestFilter } from './Requests'
import type { LookUse } from './use-look'

/** Saves what the present part lists. */
export function ExportPart({ use }: { use: LookUse }) {
  const { what, noun } = partOf(use, useRequestFilter(use))
  return <ExportMenu what={what} noun={noun} disabled={false} />
}

function partOf({ look, range }: LookUse, filter: RequestFilter): { what: Exported; noun: string } {
  switch (look.tab) {
    case 'requests':
      return { what: { table: 'approval.requests', ask: filter }, noun: 'requests' }
    case 'unapproved':
      return { what: { table: 'approval.unapproved', ask: { range, text: look.text } }, noun: 'sessions' }
    case 'activity':
      return { what: { view: activityView(range) }, noun: 'events' }
    default:
      return { what: { table: 'approval.patterns', ask: { range, zone: filter.zone, suppressed: look.suppressed } }, noun: 'patterns' }
  }
}
