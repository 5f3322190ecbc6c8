import { REPORT_TABS, type ReportTab, PlaceLink, useAddress } from '../address'
import { Button, EmptyState, rangeWords, useZone } from '../shared'
import { Controls } from './Controls'
import { Form } from './Form'
import { Preview } from './Preview'
import { type ReportUse, useReport } from './use-report'
import '../shared/screen.css'
import './reports.css'
import './preview.css'

/** Reports on a period that carry what an auditor needs to rely on them. */
export function Reports() {
  const use = useReport()
  const zone = useZone()
  return (
    <div className="screen rp">
      <header className="screen-head">
        <h1>Reports</h1>
        <span>{use.period ? rangeWords(use.period, zone) : ''}</span>
      </header>
      <Tabs use={use} />
      {use.period ? <Part use={use} /> : <NothingHeld />}
    </div>
  )
}

const TAB_WORDS: Record<ReportTab, string> = { reports: 'Reports', controls: 'Control sheets' }

function Tabs({ use: { look } }: { use: ReportUse }) {
  return (
    <nav className="screen-tabs" aria-label="Parts of this screen">
      {REPORT_TABS.map((tab) => (
        <PlaceLink key={tab} place={{ reports: { ...look, tab } }} isPresent={tab === look.tab}>
          {TAB_WORDS[tab]}
        </PlaceLink>
      ))}
    </nav>
  )
}

function Part({ use }: { use: ReportUse }) {
  if (use.look.tab === 'controls') return <Controls use={use} />
  return (
    <div className="rt-body">
      <Form use={use} />
      <Preview use={use} />
    </div>
  )
}

function NothingHeld() {
  const { go } = useAddress()
  return (
    <EmptyState title="Nothing is held to report on" action={<Button onClick={() => go({ screen: 'sources' })}>Sources & coverage</Button>}>
      <p>A report rests on what was synced or imported into this workspace.</p>
    </EmptyState>
  )
}
