import type { ApprovalCounts } from '../../contract'
import { type ApprovalsLook, defaultApprovals, useAddress, PlaceLink } from '../address'
import { formatCount } from '../shared'
import { latencyWords } from './approval-words'

type Figure = { value: string; name: string; aside?: string; look?: Partial<ApprovalsLook>; title?: string }

/** The sums of the range; each leads to the requests that it counts. */
export function Figures({ counts, hasSessions }: { counts: ApprovalCounts; hasSessions: boolean }) {
  const { address } = useAddress()
  const period = address.approvals?.period ?? null
  return (
    <ul className="ap-sums" aria-label="Sums">
      {figuresOf(counts, hasSessions).map(({ value, name, aside, look, title = 'Opens the list of requests' }) => (
        <li key={name}>
          {look ? (
            <PlaceLink place={{ approvals: { ...defaultApprovals(), tab: 'requests', period, ...look } }} title={title}>
              <Sum value={value} name={name} aside={aside} />
            </PlaceLink>
          ) : (
            <Sum value={value} name={name} aside={aside} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Sum({ value, name, aside }: { value: string; name: string; aside: string | undefined }) {
  return (
    <>
      <b>{value}</b>
      <span>
        {name}
        {aside !== undefined && <span className="ap-dim"> · {aside}</span>}
      </span>
    </>
  )
}

function figuresOf(counts: ApprovalCounts, hasSessions: boolean): Figure[] {
  const { requests, approved, rejected, revoked, expired, pending, medianMs, neverUsed } = counts
  const open = [...(pending > 0 ? [`${formatCount(pending)} pending`] : []), ...(expired > 0 ? [`${formatCount(expired)} lapsed`] : [])].join(', ')
  return [
    { value: formatCount(requests), name: 'requests', look: {}, title: 'Opens the list of requests; lapsed are those that nobody decided', ...(open !== '' && { aside: open }) },
    { value: formatCount(approved), name: 'approved', look: { state: 'approved' }, ...(revoked > 0 && { aside: `${formatCount(revoked)} of them revoked` }) },
    { value: formatCount(rejected), name: 'rejected', look: { state: 'rejected' } },
    { value: medianMs === null ? 'unknown' : latencyWords(medianMs), name: 'median time to decide' },
    hasSessions
      ? { value: formatCount(neverUsed), name: 'approved, never used', look: { neverUsed: true } }
      : { value: 'unknown', name: 'approved, never used', aside: 'no sessions are held' },
  ]
}
