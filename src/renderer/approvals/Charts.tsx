import type { ApprovalSummary } from '../../contract'
import { defaultApprovals, useAddress } from '../address'
import { HourBars } from './HourBars'
import { Matrix } from './Matrix'
import { StripPlot } from './StripPlot'
import type { LookUse } from './use-look'

/** How fast, who on whose requests, and when was decided. */
export function Charts({ summary: { approvers, matrix, hours, zone }, use: { look, change } }: { summary: ApprovalSummary; use: LookUse }) {
  const { go } = useAddress()
  const { period } = look
  const list = (names: readonly (string | null)[]) => {
    const text = names.filter((name) => name !== null).join(' ')
    go({ approvals: { ...defaultApprovals(), period, tab: 'requests', text } })
  }
  const point = (pattern: string) => change({ pattern })
  return (
    <aside className="ap-charts" aria-label="Charts">
      <StripPlot approvers={approvers} onPick={(approver) => list([approver])} />
      <Matrix matrix={matrix} onPick={(requester, approver) => list([requester, approver])} onPattern={point} />
      <HourBars hours={hours} zone={zone} onPattern={point} />
    </aside>
  )
}
