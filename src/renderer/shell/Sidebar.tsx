import type { ReactNode } from 'react'
import { dueReviews, type DetectionRules } from '../../contract'
import { seesAll } from '../../domain'
import { PlaceLink, type Screen, useAddress } from '../address'
import { useAnswer } from '../api'
import { formatCount, formatPlural, formatShortCount, useNow } from '../shared'
import { useWorkspace } from './workspace'

export function Sidebar() {
  const { held, connections } = useWorkspace()
  const all = seesAll(connections)
  const found = useAnswer('detection.rules', {}).value
  return (
    <nav className="sidebar" aria-label="Screens">
      <Entry screen="timeline" label="Timeline" count={held} shape={TIMELINE} />
      {all && <Entry screen="sessions" label="Sessions" within={WITHIN_SESSIONS} shape={SESSIONS} />}
      <Entry screen="my-sessions" label="My sessions" within={all ? [] : WITHIN_SESSIONS} shape={MY_SESSIONS} />
      {all && (
        <>
          <h2>GOVERNANCE</h2>
          <ApprovalsEntry found={found} />
          <Entry screen="access" label="Access" shape={ACCESS} />
        </>
      )}
      <h2>INVESTIGATE</h2>
      <Entry screen="sign-ins" label="Sign-ins" shape={SIGN_INS} />
      <DetectionsEntry found={found} />
      <NotebooksEntry />
      <Entry screen="reports" label="Reports" shape={REPORTS} />
      <h2>DATA</h2>
      <Entry screen="sources" label="Sources & coverage" shape={SOURCES} />
      <CustodyLogEntry />
      <div className="sidebar-foot">
        <Entry screen="settings" label="Settings" shape={SETTINGS} />
      </div>
    </nav>
  )
}

/** Screens that are opened from a list of sessions. */
const WITHIN_SESSIONS: readonly Screen[] = ['session', 'replay']

const WITHIN_NOTEBOOKS: readonly Screen[] = ['notebook']

type FoundProps = { found: DetectionRules | null }

/** Beside it the findings that are worth a look first. */
function DetectionsEntry({ found }: FoundProps) {
  const counts = found?.counts
  const grave = counts ? counts.high + counts.critical : 0
  const alert = grave > 0 ? `${formatCount(grave)} of level high or critical` : undefined
  return <Entry screen="detections" label="Detections" {...(alert !== undefined && { count: grave, alert })} shape={DETECTIONS} />
}

/** Beside it the unusual patterns among requests and decisions, as the rules found them in all that is held. */
function ApprovalsEntry({ found }: FoundProps) {
  const rules = found?.rules ?? []
  const grave = rules.filter(({ id, level }) => id.startsWith('approval.') && (level === 'high' || level === 'critical'))
  const count = grave.reduce((sum, { findings }) => sum + findings, 0)
  const alert = count > 0 ? `${formatPlural(count, 'unusual pattern')} of level high or critical` : undefined
  return <Entry screen="approvals" label="Approvals" {...(alert !== undefined && { count, alert })} shape={APPROVALS} />
}

function NotebooksEntry() {
  const count = useAnswer('notebook.list', { removed: false }).value?.length ?? 0
  return <Entry screen="notebooks" label="Notebooks" {...(count > 0 && { count })} within={WITHIN_NOTEBOOKS} shape={NOTEBOOKS} />
}

/** Beside it the reviews that are due. */
function CustodyLogEntry() {
  const due = dueReviews(useAnswer('review.list', {}).value ?? [], useNow(60_000)).length
  const alert = due > 0 ? `${formatPlural(due, 'review')} due` : undefined
  return <Entry screen="custody" label="Custody log" {...(alert !== undefined && { count: due, alert })} shape={CUSTODY} />
}

type EntryProps = {
  screen: Screen
  label: string
  count?: number
  /** What the count is, where it asks for attention. */
  alert?: string
  shape: ReactNode
  within?: readonly Screen[]
}

function Entry({ screen, label, count, alert, shape, within = [] }: EntryProps) {
  const { address } = useAddress()
  const isHere = address.screen === screen || within.includes(address.screen) || (screen === 'timeline' && address.screen === 'first-run')
  return (
    <PlaceLink place={{ screen }} title={alert === undefined ? label : `${label}: ${alert}`} isPresent={isHere}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        {shape}
      </svg>
      <span className="sidebar-label">{label}</span>
      {count !== undefined && (
        <span className="sidebar-count" data-alert={alert !== undefined || undefined}>
          {formatShortCount(count)}
        </span>
      )}
    </PlaceLink>
  )
}

const TIMELINE = <path d="M2 13.5V9M5 13.5V5M8 13.5V7.5M11 13.5V2.5M14 13.5V8" />
const SESSIONS = <path d="M2 3.5h12v9H2zM4.5 6l2 2-2 2M8 10h3.5" />
const MY_SESSIONS = (
  <>
    <circle cx="8" cy="5.2" r="2.7" />
    <path d="M2.8 13.8c.4-2.9 2.4-4.4 5.2-4.4s4.8 1.5 5.2 4.4" />
  </>
)
const APPROVALS = <path d="M2.5 8.5 6 12l7.5-8M2.5 13.8h11" />
const ACCESS = (
  <>
    <circle cx="5" cy="8" r="3" />
    <path d="M8 8h6M11.5 8v2.5" />
  </>
)
const SIGN_INS = <path d="M7 2.5h6.5v11H7M2 8h7.5M7 5.5 9.5 8 7 10.5" />
const DETECTIONS = <path d="M8 1.8 14.5 13.5h-13zM8 6.2v3.6M8 11.2v.8" />
const SOURCES = (
  <>
    <ellipse cx="8" cy="3.8" rx="5.5" ry="2.1" />
    <path d="M2.5 3.8v8.4c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1V3.8M2.5 8c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1" />
  </>
)
const NOTEBOOKS = <path d="M4 2h9v12H4zM2.5 5H5M2.5 8H5M2.5 11H5M7 5.5h3.5M7 8.5h3.5" />
const REPORTS = <path d="M3.5 1.8h6l3 3v9.4h-9zM9.3 2v3h3M6 8.5h4M6 11h4" />
const CUSTODY = <path d="M6.5 9.5 9.5 6.5M7.5 4.5 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.5 11.5 7 13a2.8 2.8 0 0 1-4-4l1.5-1.5" />
const SETTINGS = <path d="M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 2.5v4M5 9.5v4" />
