import type { ReportHead, ReportPreview } from '../../contract'
import { useAnswer } from '../api'
import { ErrorState, Fact, formatCount, formatPlural, Shown, Spinner, useZone } from '../shared'
import { CoverageState, StreamStates } from './CoverageStates'
import { PreviewTable } from './PreviewTable'
import type { ReportUse } from './use-report'

/** What the report will say: its head, its figures, and the first rows of its tables. */
export function Preview({ use: { asked } }: { use: ReportUse }) {
  const { value, fault, current } = useAnswer('report.preview', asked)
  if (fault) return <div className="rt-preview"><ErrorState title="The report could not be gathered" message={fault.message} /></div>
  if (!value) {
    return (
      <div className="rt-preview rt-wait">
        <Spinner label="Gathering what is held" />
      </div>
    )
  }
  return (
    <section className="rt-preview" aria-label="Preview" data-stale={!current || undefined}>
      <Body preview={value} />
    </section>
  )
}

function Body({ preview: { head, facts, tables } }: { preview: ReportPreview }) {
  return (
    <>
      <h2>{head.title}</h2>
      <p className="rt-question">{head.question}</p>
      {head.hidden !== null ? <Hidden words={head.hidden} /> : head.coverage !== 'complete' && <NotComplete head={head} />}
      <HeadFacts head={head} />
      {head.hidden === null && facts.length > 0 && <Figures facts={facts} />}
      {tables.map((table) => (
        <PreviewTable key={table.name} table={table} />
      ))}
      {head.hidden === null && <Says head={head} />}
    </>
  )
}

/** In place of rows: that there are none here says nothing. */
function Hidden({ words }: { words: string }) {
  return (
    <p className="rt-hidden" role="note">
      {words}
    </p>
  )
}

function NotComplete({ head }: { head: ReportHead }) {
  return (
    <p className="rt-lacking" role="note">
      <CoverageState state={head.coverage} />
      <span>What is held of the period is not known to be complete. Where a row is missing, nothing follows from that.</span>
    </p>
  )
}

function HeadFacts({ head }: { head: ReportHead }) {
  const { format, label } = useZone()
  const { sources, period, query, filters, rowsIn, rowsShown, rowIs, visibleTo, sample, streams, hidden } = head
  return (
    <dl className="facts rt-facts">
      <Fact name="Period">
        {format(period.from)} up to {format(period.to)} {label}
      </Fact>
      <Fact name="Sources" text={sources.map(({ connection, kind, tenant }) => `${connection} (${kind}${tenant === null ? '' : `, ${tenant}`})`).join(', ') || 'none'} />
      <Fact name="Visible to" text={visibleTo} />
      <Fact name="Rests on">
        <code>
          <Shown text={query === '' ? 'everything' : query} />
        </code>
      </Fact>
      {filters.length > 0 && <Fact name="Filters" text={filters.join('; ')} />}
      <Fact name="Records">
        {hidden === null ? `${formatPlural(rowsIn, 'record')} in, ${formatPlural(rowsShown, 'row')} shown; a row is ${rowIs}` : 'not visible to this account'}
      </Fact>
      {sample && (
        <Fact name="Sample">
          {formatCount(Math.min(sample.size, sample.population))} of {formatCount(sample.population)}, seed <Shown text={sample.seed} />
        </Fact>
      )}
      <Fact name="Coverage">
        <StreamStates streams={streams} />
      </Fact>
      <Fact name="Root hash">{hidden === null ? 'worked out when the report is made' : 'none'}</Fact>
    </dl>
  )
}

function Figures({ facts }: { facts: ReportPreview['facts'] }) {
  return (
    <dl className="rt-figures">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Shown text={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Says({ head: { shows, showsNot } }: { head: ReportHead }) {
  return (
    <div className="rt-says">
      <h3>What it shows</h3>
      <ul>
        {shows.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <h3>What it does not</h3>
      <ul>
        {showsNot.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </div>
  )
}
