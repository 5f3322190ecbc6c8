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
      <ChangeLines changes={changes} />
    </section>
  )
}

/** Each field with what it was and what it became. */
export function ChangeLines({ changes }: { changes: Change[] }) {
  return changes.map((change) => (
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
  ))
}

const RELATIONS: Record<string, string> = {
  same: 'The same fact in another list',
  companion: 'A line about the same attempt',
  revision: 'An earlier state',
}

export type LinkedProps = { detail: EventDetail; onSelect: (key: string) => void }

export function Linked({ detail: { linked, origin }, onSelect }: LinkedProps) {
  const zone = useZone()
  if (linked.length === 0) return null
  const relations = [...new Set(linked.map(({ relation }) => relation))]
  return (
    <section className="tl-card">
      <h3>Linked records</h3>
      {relations.map((relation) => (
        <div key={relation}>
          <p className="tl-hint">{relation === 'same' ? sameWords(origin.stream) : (RELATIONS[relation] ?? relation)}</p>
          <ul className="tl-lines">
            {linked
              .filter((link) => link.relation === relation)
              .map(({ row }) => (
                <li key={row.key}>
                  <button type="button" onClick={() => onSelect(row.key)}>
                    <span className="tl-mono tl-clip">
                      {zone.format(row.time, 's').slice(11)} <Shown text={`${row.lead} ${row.detail}`} />
                    </span>
                    <span className={row.outcome === 'failure' ? 'tl-failed' : 'tl-dim'}>
                      {outcomeWord(row.outcome)} ›
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

/** One command stands in the audit list and in its machine's log; which one is meant depends on where this one is from. */
function sameWords(stream: string): string {
  return stream.startsWith('audit') ? "The same command in the machine's log" : 'The same command in the audit list'
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
