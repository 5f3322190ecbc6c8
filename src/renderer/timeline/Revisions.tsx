import type { EventDetail } from '../../contract'
import { formatCount, useZone } from '../shared'
import { ChangeLines } from './DetailCards'
import { eventDiff } from './event-diff'

/** Earlier states of a record and what each later one made of it. */
export function Revisions({ detail: { event, revisions } }: { detail: EventDetail }) {
  const { format, label } = useZone()
  if (revisions.length === 0) return null
  const times = revisions.length === 1 ? 'Changed once' : `Changed ${formatCount(revisions.length)} times`
  return (
    <section className="tl-card">
      <h3>{times} since it was first read</h3>
      {revisions.map((revision, at) => {
        const changes = eventDiff(revision.event, revisions[at - 1]?.event ?? event)
        return (
          <div key={`${revision.fetchedAt} ${revision.rawSha256}`} className="tl-revision">
            <p className="tl-hint">
              from {format(revision.fetchedAt, 's')} to {format(revision.until, 's')} {label}
            </p>
            {changes.length === 0 ? (
              <p className="tl-hint">The record's bytes differ, its fields do not.</p>
            ) : (
              <ChangeLines changes={changes} />
            )}
          </div>
        )
      })}
    </section>
  )
}
