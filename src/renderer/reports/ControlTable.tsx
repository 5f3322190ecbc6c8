import type { ControlEvidence, ControlRow } from '../../contract'
import type { TimeRange } from '../../domain'
import { defaultReports, PlaceLink, useAddress, viewPlace } from '../address'
import { formatCount, Shown, useZone } from '../shared'
import { KIND_WORDS } from './report-words'

/** A control with what is held of it; each count leads to its records. */
export function ControlTable({ control: { id, title, asks, report, evidence }, period }: { control: ControlRow; period: TimeRange }) {
  const { address } = useAddress()
  return (
    <section className="rt-table">
      <h3>
        <Shown text={`${id} ${title}`} />
      </h3>
      <p className="rt-none">
        <Shown text={asks} />{' '}
        {report && <PlaceLink place={{ reports: { ...(address.reports ?? defaultReports()), tab: 'reports', kind: report } }}>Report: {KIND_WORDS[report].title}</PlaceLink>}
      </p>
      <div className="rt-scroll" role="region" aria-label={`${id} ${title}`} tabIndex={0}>
        <table>
          <Head />
          <tbody>
            {evidence.map((one) => (
              <Row key={one.label} evidence={one} period={period} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const COLUMNS: readonly [words: string, kind: string][] = [
  ['What is held', 'text'],
  ['Query', 'code'],
  ['Records', 'number'],
  ['Failed', 'number'],
  ['First', 'time'],
  ['Last', 'time'],
]

function Head() {
  return (
    <thead>
      <tr>
        {COLUMNS.map(([words, kind]) => (
          <th key={words} scope="col" data-kind={kind}>
            {words}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Row({ evidence: { label, query, records, failed, first, last, hidden }, period }: { evidence: ControlEvidence; period: TimeRange }) {
  const { format } = useZone()
  return (
    <tr>
      <td>
        <PlaceLink place={viewPlace({ query, range: period, order: 'desc' }, null)}>
          <Shown text={label} />
        </PlaceLink>
      </td>
      <td data-kind="code">
        <Shown text={query === '' ? 'everything' : query} />
      </td>
      {hidden !== null ? (
        <td colSpan={4}>not visible to this account</td>
      ) : (
        <>
          <td data-kind="number">{formatCount(records)}</td>
          <td data-kind="number">{formatCount(failed)}</td>
          <td data-kind="time">{first === null ? '' : format(first)}</td>
          <td data-kind="time">{last === null ? '' : format(last)}</td>
        </>
      )}
    </tr>
  )
}
