import type { EventDetail } from '../../contract'
import { useZone } from '../shared'
import { useActions } from './ActionsContext'

/** Attribute of rows that Recount's own requests left in the server's log. */
const OWN = 'recount.own'

/** What has to be known before a record is relied on. */
export function StandingNotes({ detail: { event, late, vanished } }: { detail: EventDetail }) {
  const { format, label } = useZone()
  const actions = useActions()
  const own = event.attributes[OWN]
  const when = (at: number) => `${format(at, 's')} ${label}`
  return (
    <>
      {own !== undefined && (
        <p className="tl-note">
          <span className="tl-chip">Recount's own read</span> The server logged a request of this program.{' '}
          <button
            type="button"
            className="tl-link"
            onClick={() => actions.filter({ field: `field.${OWN}`, value: own }, true)}
          >
            leave such rows out
          </button>
        </p>
      )}
      {late !== undefined && (
        <p className="tl-note">
          <span className="tl-chip">late</span> It came at {when(late)}, after its time had been read to its end.
        </p>
      )}
      {vanished !== undefined && (
        <p className="tl-note">
          <span className="tl-chip">vanished</span> The server no longer gives it since {when(vanished)}. What was read
          is kept.
        </p>
      )}
    </>
  )
}
