import { type MouseEvent, memo, useState } from 'react'
import type { Facet, FacetField, FacetValue, View } from '../../contract'
import { shownText } from '../../domain'
import { useAnswer } from '../api'
import { ErrorState, formatCount, formatPlural, formatShortCount, IconButton, Shown } from '../shared'
import { useActions } from './ActionsContext'
import { isFiltered } from './terms'
import type { Term } from './value'

const TITLES: Record<FacetField, string> = {
  category: 'Category',
  outcome: 'Outcome',
  user: 'User',
  machine: 'Machine',
  ip: 'IP address',
  action: 'Action',
  connection: 'Connection',
  severity: 'Severity',
}
const FIELDS: FacetField[] = ['category', 'outcome', 'user', 'machine', 'ip', 'action']
const FEW = 6
const MANY = 200

/** `waits`: rows are to be answered first. */
export type FacetsProps = { view: View; connections: number; waits: boolean; onHide: () => void }

/** What the view is made of: each value with its count, one press from being the filter. */
export const Facets = memo(function Facets({ view, connections, waits, onHide }: FacetsProps) {
  const fields = connections > 1 ? [...FIELDS, 'connection' as const] : FIELDS
  const answered = useAnswer('timeline.facets', { view: { ...view, order: 'desc' }, fields, limit: FEW + 1 }, waits)
  return (
    <nav
      className="tl-facets"
      aria-label="Facets"
      aria-busy={answered.asking}
      data-stale={answered.fault ? true : undefined}
    >
      <IconButton className="tl-facets-hide" label="Hide facets" onClick={onHide}>
        ‹
      </IconButton>
      {answered.value?.map((facet) => (
        <FacetGroup key={facet.field} facet={facet} view={view} waits={waits} />
      ))}
      {!answered.value && answered.fault && answered.fault.code !== 'bad-query' && (
        <ErrorState title="Facets could not be counted" message={answered.fault.message} />
      )}
      {!answered.value && !answered.fault && <FacetSkeleton fields={fields} />}
    </nav>
  )
})

function FacetGroup({ facet, view, waits }: { facet: Facet; view: View; waits: boolean }) {
  const [open, setOpen] = useState(false)
  const all = useAnswer(
    'timeline.facets',
    open ? { view: { ...view, order: 'desc' }, fields: [facet.field], limit: MANY } : null,
    waits,
  )
  const values = open ? (all.value?.[0]?.values ?? facet.values) : facet.values.slice(0, FEW)
  const most = facet.values.reduce((highest, value) => Math.max(highest, value.count), 1)
  if (facet.values.length === 0) return null
  return (
    <section className="tl-facet">
      <h3>{TITLES[facet.field]}</h3>
      <ul>
        {values.map((value) => (
          <FacetLine key={value.value ?? '\0'} field={facet.field} value={value} most={most} query={view.query} />
        ))}
      </ul>
      {facet.distinct > FEW && (
        <button type="button" className="tl-link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'show fewer' : `${formatCount(facet.distinct - FEW)} more`}
        </button>
      )}
      {open && facet.distinct > MANY && <p className="tl-hint">The {MANY} most frequent are listed.</p>}
    </section>
  )
}

type FacetLineProps = { field: FacetField; value: FacetValue; most: number; query: string }

/** Dozens of them stay as they are while the time pin moves: what the query says of each takes reading it. */
const FacetLine = memo(function FacetLine({ field, value, most, query }: FacetLineProps) {
  const actions = useActions()
  const term: Term = { field, value: value.value }
  const state = isFiltered(query, term, false) ? 'in' : isFiltered(query, term, true) ? 'out' : undefined
  const press = (event: MouseEvent) => {
    actions.toggle(term, event.altKey || state === 'out')
  }
  return (
    <li>
      <button
        type="button"
        className="tl-value"
        data-state={state}
        aria-pressed={state !== undefined}
        aria-label={`${value.value === null ? '(none)' : shownText(value.value)}, ${countWords(value)}${state === 'out' ? ', filtered out' : ''}`}
        title={`${countWords(value)} · click filters in, Alt-click filters out`}
        onClick={press}
        onContextMenu={(event) => {
          event.preventDefault()
          actions.openMenu({ text: value.value ?? '', term, time: null }, { x: event.clientX, y: event.clientY })
        }}
      >
        <span className="tl-value-bar" style={{ width: `${(value.count / most) * 100}%` }} />
        <span className="tl-value-name">
          {state !== undefined && <span aria-hidden="true">{state === 'in' ? '✓ ' : '− '}</span>}
          {value.value === null ? '(none)' : value.value === '' ? '(empty)' : <Shown text={value.value} />}
        </span>
        <span className="tl-value-count">{value.count < 100_000 ? formatCount(value.count) : formatShortCount(value.count)}</span>
      </button>
    </li>
  )
})

/** Counts are weighted; the rows are told where they differ. */
function countWords({ rows, count }: FacetValue): string {
  const events = formatPlural(count, 'event')
  return rows === count ? events : `${events} in ${formatPlural(rows, 'row')}`
}

function FacetSkeleton({ fields }: { fields: FacetField[] }) {
  return fields.map((field) => (
    <section key={field} className="tl-facet" aria-hidden="true">
      <h3>{TITLES[field]}</h3>
      <div className="tl-skeleton" style={{ width: '80%' }} />
      <div className="tl-skeleton" style={{ width: '55%' }} />
      <div className="tl-skeleton" style={{ width: '30%' }} />
    </section>
  ))
}
