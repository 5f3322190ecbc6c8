import type { EventDetail } from '../../contract'
import type { Change } from '../../domain'
import { useAnswer } from '../api'
import { formatCount, Shown, useZone } from '../shared'
import { useActions } from './ActionsContext'
import { Value } from './DetailFields'
import { outcomeWord } from './row-cells'

export function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return null
  return (
    <section className="tl-card">
      <h3>Change</h3>
      {changes.map((change) => (
        <div key={change.field} className="tl-change tl-mono">
          <div className="tl-dim">
            <Shown text={change.field} />
          </div>
          {change.old !== undefined && (
            <del title={change.oldFull}>
              − <Shown text={change.old} />
            </del>
          )}
          {change.new !== undefined && (
            <ins title={change.newFull}>
              + <Shown text={change.new} />
            </ins>
          )}
        </div>
      ))}
    </section>
  )
}

const RELATIONS: Record<string, string> = {
  same: 'same fact in another stream',
  companion: 'line about the same attempt',
  revision: 'earlier state',
}

export function Linked({ linked, onSelect }: { linked: EventDetail['linked']; onSelect: (key: string) => void }) {
  const zone = useZone()
  if (linked.length === 0) return null
  return (
    <section className="tl-card">
      <h3>Linked records</h3>
      <ul className="tl-lines">
        {linked.map(({ relation, row }) => (
          <li key={row.key}>
            <button type="button" title={RELATIONS[relation] ?? relation} onClick={() => onSelect(row.key)}>
              <span className="tl-mono tl-clip">
                {zone.format(row.time, 's').slice(11)} <Shown text={`${row.lead} ${row.detail}`} />
              </span>
              <span className={row.outcome === 'failure' ? 'tl-failed' : 'tl-dim'}>{outcomeWord(row.outcome)} ›</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Pivots({ eventKey }: { eventKey: string }) {
  const actions = useActions()
  const { value, fault } = useAnswer('event.pivots', { key: eventKey })
  if (fault) return <p className="tl-hint">The neighbourhood could not be counted: {fault.message}</p>
  if (value?.length === 0) return null
  return (
    <section className="tl-card" aria-busy={!value}>
      <ul className="tl-lines">
        {value?.map((pivot) => (
          <li key={pivot.label}>
            <button type="button" onClick={() => actions.openView(pivot.view)}>
              <Shown className="tl-clip" text={pivot.label} />
              <span className="tl-dim">{formatCount(pivot.rows)} ›</span>
            </button>
          </li>
        )) ?? <li className="tl-skeleton" />}
      </ul>
    </section>
  )
}

export function Attributes({ attributes, time }: { attributes: Record<string, string>; time: number }) {
  const entries = Object.entries(attributes)
  if (entries.length === 0) return null
  return (
    <section className="tl-card">
      <h3>Attributes</h3>
      <dl className="tl-facts tl-attributes">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Shown text={name} />
            </dt>
            <dd>
              <Value className="tl-mono" value={{ text: value, term: { field: `field.${name}`, value }, time }} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function ProvenanceCard({ detail: { provenance, rawSha256 } }: { detail: EventDetail }) {
  const zone = useZone()
  const end = provenance.offset + provenance.length
  return (
    <section className="tl-card">
      <h3>Provenance</h3>
      <dl className="tl-facts tl-attributes tl-mono">
        <Line name={provenance.origin === 'file' ? 'file' : 'request'} text={provenance.place} />
        <Line name="bytes" text={`${formatCount(provenance.offset)} to ${formatCount(end)}, ${formatCount(provenance.length)} long`} />
        <Line name="record sha256" text={rawSha256} />
        {provenance.sha256 && <Line name="whole sha256" text={provenance.sha256} />}
        {provenance.mtime !== undefined && <Line name="changed" text={`${zone.format(provenance.mtime, 's')} ${zone.label}`} />}
        <Line name="read" text={`${zone.format(provenance.fetchedAt, 's')} ${zone.label}`} />
      </dl>
    </section>
  )
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Shown text={text} />
      </dd>
    </div>
  )
}
