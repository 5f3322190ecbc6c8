import { useState } from 'react'
import type { FacetField, Frozen, Histogram, View } from '../../../contract'
import { isSameView, useAddress, viewPlace } from '../../address'
import { useAnswer } from '../../api'
import { ChartTableBox, TimeBars, type TimeLayer, ValueBars } from '../../charts'
import { formatCount, formatPlural, Shown, Spinner, typedText, useZone } from '../../shared'
import { usePage } from '../page-context'
import { Card } from './Card'
import type { CellProps } from './cell-props'
import { type CountRow, countBy, FIELDS, isField } from './chart-counts'
import { FreezeButton, FrozenFacts } from './FreezeParts'
import { ViewForm } from './ViewForm'
import { ViewTitle } from './ViewTitle'

const BUCKETS = 72
const HEIGHT = 128
const MOST_VALUES = 12

/** Counts of a query as bars, over time or by a field, each with its table. */
export function ChartCell({ id, content, isEditing, onEdit }: CellProps<'chart'>) {
  const { write } = usePage()
  const { title, view, by, frozen } = content
  const [isTable, setTable] = useState(false)
  if (isEditing) {
    return (
      <ViewForm
        titleName="Title"
        title={title}
        view={view}
        onCancel={() => onEdit(false)}
        onApply={(form, next, words) => {
          const field = typedText(form, 'by')
          write(id, { ...content, title: words, view: next, by: isField(field) ? field : null, frozen: isSameView(next, view) ? frozen : null })
          onEdit(false)
        }}
      >
        <label className="nb-form-wide">
          <span>Bars</span>
          <select name="by" className="filter-input" defaultValue={by ?? ''}>
            <option value="">over time</option>
            {FIELDS.map((field) => (
              <option key={field} value={field}>
                by {field}
              </option>
            ))}
          </select>
        </label>
      </ViewForm>
    )
  }
  return (
    <Card
      head={<ViewTitle title={title === '' && by !== null ? `By ${by}` : title} view={view} onEdit={() => onEdit(true)} />}
      meta={
        <>
          {frozen ? <FrozenFacts frozen={frozen} /> : <span>live</span>}
          <button type="button" className="link" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? 'chart' : 'table'}
          </button>
          <FreezeButton view={view} frozen={frozen} onFrozen={(next) => write(id, { ...content, frozen: next })} />
        </>
      }
    >
      <Bars view={view} by={by !== null && isField(by) ? by : null} frozen={frozen} isTable={isTable} title={title || 'Events over time'} />
    </Card>
  )
}

type BarsProps = { view: View; by: FacetField | null; frozen: Frozen | null; isTable: boolean; title: string }

function Bars({ view, by, frozen, isTable, title }: BarsProps) {
  if (by !== null && frozen) return <FrozenValues frozen={frozen} by={by} view={view} isTable={isTable} title={title} />
  if (by !== null) return <LiveValues by={by} view={view} isTable={isTable} title={title} />
  if (frozen?.histogram) return <OverTime histogram={frozen.histogram} view={view} isTable={isTable} title={title} />
  return <LiveOverTime view={view} isTable={isTable} title={title} />
}

type InnerProps = { view: View; isTable: boolean; title: string }

function LiveOverTime(props: InnerProps) {
  const { value, fault } = useAnswer('timeline.histogram', { view: props.view, buckets: BUCKETS })
  if (fault) return <Problem message={fault.message} />
  if (!value) return <Spinner label="Counting" />
  return <OverTime histogram={value} {...props} />
}

function OverTime({ histogram, view, isTable, title }: InnerProps & { histogram: Histogram }) {
  const { go } = useAddress()
  const { format, label } = useZone()
  const { from, step, success, failure, unknown } = histogram
  if (![...success, ...failure, ...unknown].some((count) => count > 0)) return <p className="nb-note nb-dim">Nothing that is held matches.</p>
  if (isTable) {
    const rows = success.flatMap((ok, at): [string, ...number[]][] => {
      const counts = [ok, failure[at] ?? 0, unknown[at] ?? 0]
      return counts.some((count) => count > 0) ? [[format(from + at * step, 's'), ...counts]] : []
    })
    return <CountTable title={title} columns={[`From (${label})`, 'Succeeded', 'Failed', 'Unknown']} rows={rows} />
  }
  const layers: TimeLayer[] = [
    { name: 'succeeded', values: success, fill: 'var(--fill-success)' },
    { name: 'unknown', values: unknown, fill: 'var(--fill-unknown)' },
    { name: 'failed', values: failure, fill: 'var(--fill-failure)' },
  ]
  return (
    <div className="nb-chart">
      <TimeBars
        label={`${title}, over time`}
        buckets={{ from, step, count: success.length }}
        layers={layers}
        height={HEIGHT}
        onZoom={(range) => go(viewPlace({ ...view, range }, null))}
      />
    </div>
  )
}

function LiveValues({ by, ...props }: InnerProps & { by: FacetField }) {
  const { value, fault } = useAnswer('timeline.facets', { view: props.view, fields: [by], limit: MOST_VALUES })
  if (fault) return <Problem message={fault.message} />
  const facet = value?.[0]
  if (!facet) return <Spinner label="Counting" />
  return <Values by={by} counts={facet.values} rest={facet.distinct - facet.values.length} {...props} />
}

/** What is frozen holds its first rows: where these are all of them, they can be counted by any field. */
function FrozenValues({ frozen, by, ...props }: InnerProps & { frozen: Frozen; by: FacetField }) {
  const counts = frozen.rows === frozen.first.length ? countBy(frozen.first, by) : null
  if (counts) return <Values by={by} counts={counts.slice(0, MOST_VALUES)} rest={counts.length - Math.min(counts.length, MOST_VALUES)} {...props} />
  return <p className="nb-note nb-dim">What is frozen is too large to be counted by {by} here. Its rows are in the evidence; unfrozen, the chart counts what is held now.</p>
}

function Values({ by, counts, rest, view, isTable, title }: InnerProps & { by: FacetField; counts: readonly CountRow[]; rest: number }) {
  if (counts.length === 0) return <p className="nb-note nb-dim">Nothing that is held matches.</p>
  if (isTable) return <CountTable title={title} columns={[by, 'Events']} rows={counts.map(({ value, count }) => [value ?? 'none', count])} />
  const bars = counts.map(({ value, count }) => ({ value, count, words: `${value ?? 'none'}: ${formatPlural(count, 'event')}`, place: viewPlace(view, null) }))
  return (
    <div className="nb-chart" data-failed={isOfFailures(view.query) || undefined}>
      <ValueBars label={`${title}, by ${by}`} bars={bars} none="none" />
      {rest > 0 && <p className="nb-dim nb-small">{formatPlural(rest, 'other value')} with fewer events.</p>}
    </div>
  )
}

/** What is counted failed, as far as the words of the query say so themselves. */
function isOfFailures(query: string): boolean {
  return /(?:^|\s)outcome:failure(?:\s|$)/.test(query) && !/\bOR\b/.test(query)
}

type CountTableProps = { title: string; columns: readonly string[]; rows: readonly (readonly (string | number)[])[] }

function CountTable({ title, columns, rows }: CountTableProps) {
  const shown = rows.map(([name, ...counts]) => [<Shown key="name" text={String(name)} />, ...counts.map((count) => formatCount(Number(count)))])
  return <ChartTableBox title={title} table={{ columns, rows: shown }} className="nb-table" />
}

function Problem({ message }: { message: string }) {
  return (
    <p className="nb-note nb-failed" role="alert">
      <Shown text={`! ${message}`} />
    </p>
  )
}
