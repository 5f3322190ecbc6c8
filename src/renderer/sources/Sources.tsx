import { useMemo, useState } from 'react'
import type { WorkspaceSummary } from '../../contract'
import { COVERAGE_WORDS, type Connection, type CoverageRange, type CoverageState, type TimeRange } from '../../domain'
import { useAnswer } from '../api'
import { useConnect } from '../connect'
import { ExportMenu } from '../exports'
import { useImport } from '../import'
import { ALL_TIME, Button, EmptyState, ErrorState, Spinner, useHotkeys, useZone } from '../shared'
import { Destinations } from './Destinations'
import { FileCard } from './FileCard'
import { Pane } from './Pane'
import { dayWords } from './range-words'
import { ServerCard } from './ServerCard'
import type { Picked } from './StreamRows'
import { type RecordingCount, countRecordings } from './stream-views'
import '../shared/screen.css'
import './sources.css'
import './pane.css'

export function Sources() {
  const { choose } = useImport()
  const { connect } = useConnect()
  const summary = useAnswer('workspace.summary', {})
  const ranges = useAnswer('coverage.ranges', { range: ALL_TIME })
  const fault = summary.fault ?? ranges.fault
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Sources & coverage</h1>
        <WholeRange summary={summary.value} />
        <ExportMenu what={{ table: 'coverage.ranges', ask: { range: ALL_TIME } }} noun="ranges" label="Export the coverage" disabled={!ranges.value || ranges.value.length === 0} />
        <Button onClick={() => choose('files')}>Import files</Button>
        <Button look="primary" onClick={connect}>
          Connect a server
        </Button>
      </header>
      {summary.value && ranges.value ? (
        <Cards summary={summary.value} ranges={ranges.value} />
      ) : (
        <div className="screen-body">
          {fault ? (
            <ErrorState title="The sources could not be listed" message={fault.message} />
          ) : (
            <Spinner label="Reading the ledger" />
          )}
        </div>
      )}
    </div>
  )
}

function WholeRange({ summary }: { summary: WorkspaceSummary | null }) {
  const { format, label } = useZone()
  const range = summary?.range
  const day = (at: number) => dayWords(format(at, 'date'))
  return <span>{range ? `${day(range.from)} → ${day(range.to - 1)} ${label}` : ''}</span>
}

function Cards({ summary, ranges }: { summary: WorkspaceSummary; ranges: CoverageRange[] }) {
  const { connections, range } = summary
  const whole = useMemo(() => range && withMargin(range), [range])
  const [picked, setPicked] = useState<Picked | null>(null)
  const byConnection = useMemo(() => groupRanges(ranges), [ranges])
  const recordings = useRecordings(connections)
  const close = () => {
    // The bar that led here gets the focus back: the pane with the button that had it is gone.
    document.querySelector<HTMLElement>('.coverage-bar-open:has([aria-selected=true])')?.focus()
    setPicked(null)
  }
  useHotkeys({ Escape: close }, { when: picked !== null })
  if (connections.length === 0) return <NoSource />
  const hasPane = picked !== null || connections.some(({ origin, state }) => origin === 'server' && state !== 'removed')
  return (
    <div className="sources-columns" data-pane={hasPane}>
      <div className="screen-body sources">
        <Legend ranges={ranges} />
        {connections.map((connection) => {
          const { name } = connection
          const Card = connection.origin === 'server' && connection.state !== 'removed' ? ServerCard : FileCard
          return (
            <Card
              key={name}
              connection={connection}
              ranges={byConnection.get(name) ?? NO_RANGES}
              recordings={recordings.get(name) ?? NO_RECORDINGS}
              whole={whole}
              picked={picked?.connection === name ? picked : null}
              onPick={(stream, { from, to }) => setPicked({ connection: name, stream, at: from + (to - from) / 2 })}
            />
          )
        })}
        <Destinations />
      </div>
      {hasPane && <Pane {...{ connections, ranges, whole, picked }} onClose={close} />}
    </div>
  )
}

/** Part of a bar that stands for what lies before the oldest record held: there, too, nothing may pass for complete. */
const MARGIN = 0.03

function withMargin({ from, to }: TimeRange): TimeRange {
  return { from: Math.round(from - (to - from) * MARGIN), to }
}

const NO_RANGES: CoverageRange[] = []
const NO_RECORDINGS: ReadonlyMap<string, RecordingCount> = new Map()

/** By connection, then by list. */
function useRecordings(connections: Connection[]): Map<string, Map<string, RecordingCount>> {
  const rows = useAnswer('recording.list', {}).value
  return useMemo(() => new Map(connections.map(({ name }) => [name, countRecordings(rows ?? [], name)])), [connections, rows])
}

function groupRanges(ranges: CoverageRange[]): Map<string, CoverageRange[]> {
  const groups = new Map<string, CoverageRange[]>()
  for (const range of ranges) {
    const group = groups.get(range.connection)
    if (group) group.push(range)
    else groups.set(range.connection, [range])
  }
  return groups
}

function NoSource() {
  const { choose } = useImport()
  const { connect } = useConnect()
  return (
    <div className="screen-body">
      <EmptyState
        title="Nothing is connected or imported yet"
        action={
          <>
            <Button onClick={() => choose('files')}>Import files</Button>
            <Button look="primary" onClick={connect}>
              Connect a server
            </Button>
          </>
        }
      >
        Each server and each import appears here with what it holds and which times it speaks for. Files can be dropped
        anywhere in this window.
      </EmptyState>
      <div className="sources">
        <Destinations />
      </div>
    </div>
  )
}

/** The states every reader should know, and the others where they occur. Two of them look alike: nothing is given. */
function Legend({ ranges }: { ranges: CoverageRange[] }) {
  const states = new Set<CoverageState>([...ALWAYS, ...ranges.map(({ state }) => state)])
  return (
    <ul className="sources-legend" aria-label="What the bars mean">
      {ORDER.filter((state) => states.has(state)).map((state) => (
        <li key={state}>
          <span className={`coverage-${state}`} aria-hidden="true" />
          {state === 'not-visible' ? 'not visible or not offered' : COVERAGE_WORDS[state]}
        </li>
      ))}
    </ul>
  )
}

const ALWAYS: readonly CoverageState[] = ['complete', 'partial', 'unknown', 'not-visible', 'not-asked']
const ORDER: readonly CoverageState[] = [
  'complete',
  'partial',
  'unknown',
  'not-visible',
  'beyond-retention',
  'not-held',
  'not-asked',
]
