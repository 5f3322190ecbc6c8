import type { CustodyEntry } from '../../contract'
import { PlaceLink } from '../address'
import { Fact, IconButton, Shown, useZone } from '../shared'
import { ACTION_WORDS } from './custody-words'
import { ShownLines } from './ShownLines'

/** One entry in full. */
export function EntryPane({ entry, onClose }: { entry: CustodyEntry; onClose: () => void }) {
  const { format, label } = useZone()
  const { seq, at, zone, by, version, action, object, detail, prev, hash } = entry
  const event = /^event (.+)$/s.exec(object)?.[1] ?? null
  return (
    <aside className="list-pane cu-pane" aria-label="Entry">
      <header>
        <h2>
          Entry {seq} · {ACTION_WORDS[action]}
        </h2>
        <IconButton label="Close the entry (Escape)" onClick={onClose}>
          ✕
        </IconButton>
      </header>
      <dl className="facts">
        <Fact name="Time">
          <span className="list-mono">{format(at, 'ms')}</span> {label}
        </Fact>
        <Fact name="Who" text={by} />
        <Fact name="Object">
          <span className="list-mono">
            <Shown text={object} />
          </span>
        </Fact>
      </dl>
      {event !== null && (
        <PlaceLink className="link" place={{ screen: 'timeline', query: '', range: null, selected: event }}>
          Show the event
        </PlaceLink>
      )}
      {detail !== '' && (
        <section>
          <h3>Detail</h3>
          <p className="cu-detail list-mono">
            <ShownLines text={detail} />
          </p>
        </section>
      )}
      <dl className="facts">
        <Fact name="Zone then" text={zone} />
        <Fact name="Version" text={version} />
        <Fact name="Before it">
          <span className="list-mono cu-hash">{prev}</span>
        </Fact>
        <Fact name="Hash">
          <span className="list-mono cu-hash">{hash}</span>
        </Fact>
      </dl>
    </aside>
  )
}
