import type { ApprovalSummary } from '../../contract'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { Button, EmptyState, ErrorState, Spinner, useZone } from '../shared'
import { Activity } from './Activity'
import { noneWords } from './approval-coverage'
import { spanWords } from './approval-words'
import { Charts } from './Charts'
import { ExportPart } from './ExportPart'
import { Figures } from './Figures'
import { Foot } from './Foot'
import { Patterns } from './Patterns'
import { RangeChoice } from './RangeChoice'
import { Requests } from './Requests'
import { Tabs } from './Tabs'
import { Unapproved } from './Unapproved'
import { type LookUse, useLook } from './use-look'
import '../shared/screen.css'
import './approvals.css'
import './charts.css'
import './request-pane.css'

/** Who asked for access, who decided, how fast, and what of it is unusual. */
export function Approvals() {
  const held = useAnswer('workspace.summary', {}).value
  const use = useLook(held?.range ?? null)
  const zone = useZone()
  const { value, fault, current } = useAnswer('approval.summary', held ? { range: use.range, zone: zone.zone } : null)
  const range = value?.range ?? null
  return (
    <div className="screen ap">
      <header className="screen-head">
        <h1>Approvals</h1>
        <span>{range ? spanWords(range, zone) : ''}</span>
        <RangeChoice use={use} />
        {value && range && <ExportPart use={use} />}
      </header>
      {value && range && (
        <div data-stale={!current || undefined} className="ap-top">
          <Figures counts={value.counts} hasSessions={value.hasSessions} />
        </div>
      )}
      <Tabs present={use.look.tab} summary={value} />
      {fault ? (
        <ErrorState title="The requests could not be looked at" message={fault.message} />
      ) : value ? (
        <Part use={use} summary={value} isStale={!current} />
      ) : (
        <div className="list-wait">
          <Spinner label="Looking at the requests" />
        </div>
      )}
    </div>
  )
}

type PartProps = { use: LookUse; summary: ApprovalSummary; isStale: boolean }

function Part({ use, summary, isStale }: PartProps) {
  const { tab } = use.look
  if (tab === 'activity') return <Activity use={use} />
  if (summary.range === null) return <NothingHeld summary={summary} />
  if (tab === 'requests') return <Requests use={use} summary={summary} />
  if (tab === 'unapproved') return <Unapproved use={use} summary={summary} />
  return (
    <>
      <div className="list-body" data-stale={isStale || undefined}>
        <Patterns use={use} summary={summary} />
        <Charts use={use} summary={summary} />
      </div>
      <Foot summary={summary} />
    </>
  )
}

/** Says why, and that nothing was asked for only where that is proven. */
function NothingHeld({ summary }: { summary: ApprovalSummary }) {
  const { go } = useAddress()
  const { title, lines } = noneWords(summary)
  return (
    <EmptyState title={title} action={<Button onClick={() => go({ screen: 'sources' })}>Sources & coverage</Button>}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </EmptyState>
  )
}
