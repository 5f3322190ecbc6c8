import type { ApprovalSummary } from '../../contract'
import { APPROVAL_TABS, type ApprovalTab, defaultApprovals, useAddress, PlaceLink } from '../address'
import { formatShortCount } from '../shared'
import { shownPatterns } from './Patterns'

const WORDS: Record<ApprovalTab, string> = {
  patterns: 'Patterns',
  requests: 'Requests',
  unapproved: 'Sessions without approval',
  activity: 'Activity log',
}

/** Parts of the screen; each is an address of its own. */
export function Tabs({ present, summary }: { present: ApprovalTab; summary: ApprovalSummary | null }) {
  const { address } = useAddress()
  const period = address.approvals?.period ?? null
  return (
    <nav className="screen-tabs" aria-label="Parts of this screen">
      {APPROVAL_TABS.map((tab) => {
        const count = summary && countOf(tab, summary)
        return (
          <span key={tab}>
            <PlaceLink place={{ approvals: { ...defaultApprovals(), tab, period } }} isPresent={tab === present}>
              {WORDS[tab]}
              {count !== null && <span className="ap-count">{formatShortCount(count)}</span>}
            </PlaceLink>
          </span>
        )
      })}
    </nav>
  )
}

function countOf(tab: ApprovalTab, { range, counts, patterns, hasSessions }: ApprovalSummary): number | null {
  if (range === null) return null
  if (tab === 'patterns') return shownPatterns(patterns, false).length
  if (tab === 'requests') return counts.requests
  return tab === 'unapproved' && hasSessions ? counts.unapproved : null
}
