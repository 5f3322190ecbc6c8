import type { WorkspaceSummary } from '../../contract'
import type { CoverageRange, CoverageState } from '../../domain'
import { useAnswer } from '../api'
import { useImport } from '../import'
import { Button, EmptyState, ErrorState, Spinner, useZone } from '../shared'
import { ConnectionCard } from './ConnectionCard'
import { STATE_WORDS } from './coverage-words'
import '../shared/screen.css'
import './sources.css'

export function Sources() {
  const { choose } = useImport()
  const summary = useAnswer('workspace.summary', {})
  const ranges = useAnswer('coverage.ranges', { range: null })
  const fault = summary.fault ?? ranges.fault
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Sources & coverage</h1>
        <WholeRange summary={summary.value} />
        <Button onClick={() => choose('folder')}>Import a folder</Button>
        <Button look="primary" onClick={() => choose('files')}>
          Import files
        </Button>
      </header>
      <div className="screen-body">
        {summary.value && ranges.value ? (
          <Cards summary={summary.value} ranges={ranges.value} />
        ) : fault ? (
          <ErrorState title="The sources could not be listed" message={fault.message} />
        ) : (
          <Spinner label="Reading the ledger" />
        )}
      </div>
    </div>
  )
}

function WholeRange({ summary }: { summary: WorkspaceSummary | null }) {
  const { format, label } = useZone()
  const range = summary?.range
  return <span>{range ? `${format(range.from, 'date')} → ${format(range.to - 1, 'date')} ${label}` : ''}</span>
}

function Cards({ summary, ranges }: { summary: WorkspaceSummary; ranges: CoverageRange[] }) {
  const { choose } = useImport()
  if (summary.connections.length === 0) {
    return (
      <EmptyState
        title="Nothing has been imported yet"
        action={
          <Button look="primary" onClick={() => choose('files')}>
            Import files
          </Button>
        }
      >
        Each import appears here with its files, what it holds and which times it speaks for. Files can be dropped
        anywhere in this window.
      </EmptyState>
    )
  }
  return (
    <div className="sources">
      <Legend ranges={ranges} />
      {summary.connections.map((connection) => (
        <ConnectionCard
          key={connection.name}
          connection={connection}
          ranges={ranges.filter((range) => range.connection === connection.name)}
          whole={summary.range}
        />
      ))}
    </div>
  )
}

/** Complete and unknown always, as they are what a file can be; the others where they occur. */
function Legend({ ranges }: { ranges: CoverageRange[] }) {
  const states = new Set<CoverageState>(['complete', 'unknown', ...ranges.map(({ state }) => state)])
  return (
    <ul className="sources-legend" aria-label="What the bars mean">
      {[...states].map((state) => (
        <li key={state}>
          <span className={`coverage-${state}`} aria-hidden="true" />
          {STATE_WORDS[state]}
        </li>
      ))}
      <li className="sources-legend-note">
        A file is complete for the times inside it. Whether its machine wrote elsewhere is unknown.
      </li>
    </ul>
  )
}
