import type { ApprovalChain, ApprovalSession } from '../../contract'
import { defaultApprovals, useAddress, PlaceLink } from '../address'
import { useAnswer } from '../api'
import { EmptyState, ErrorState, formatPlural, IconButton, Shown, Spinner, useZone, Level } from '../shared'
import { AddButton } from '../notebooks'
import { Chain, SessionLink } from './Chain'
import { placeOfEvent } from './places'
import { RequestFacts } from './RequestFacts'

/** One request in full, from what was asked for to what was done by its leave. */
export function RequestPane({ id, onClose }: { id: string; onClose: () => void }) {
  const { zone } = useZone()
  const ask = { range: null, zone, text: '', key: id, state: null, unusual: false, neverUsed: false, at: 0, count: 1 }
  const { value, fault, current, asking } = useAnswer('approval.requests', ask)
  const chain = value?.rows[0]
  return (
    <aside className="ap-pane" aria-label="Request" aria-busy={asking}>
      <header>
        <h2>{chain ? <Shown text={`Request ${chain.request}`} /> : 'Request'}</h2>
        <IconButton label="Close the request (Escape)" onClick={onClose}>
          ✕
        </IconButton>
      </header>
      {fault ? (
        <ErrorState title="The request could not be shown" message={fault.message} />
      ) : chain ? (
        <Body chain={chain} />
      ) : current ? (
        <EmptyState title="This request is not held" />
      ) : (
        <Spinner label="Reading the request" />
      )}
    </aside>
  )
}

function Body({ chain }: { chain: ApprovalChain }) {
  const { patterns, outside, sessions, sessionCount } = chain
  return (
    <>
      <Chain chain={chain} />
      <RequestFacts chain={chain} />
      <p className="ap-acts">
        <PlaceLink place={placeOfEvent(chain.key)} className="button">
          Show on the timeline
        </PlaceLink>
        <AddButton what={{ words: `Request ${chain.request}`, events: { keys: [chain.key], time: chain.asked } }} />
      </p>
      {outside.length > 0 && (
        <section className="ap-pane-part">
          <h3>Outside of the grant</h3>
          <ul>
            {outside.map((words) => (
              <li key={words}>
                <Shown text={words} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {patterns.length > 0 && <Patterns patterns={patterns} />}
      {sessions.length > 0 && (
        <section className="ap-pane-part">
          <h3>{sessionCount > sessions.length ? `The first ${sessions.length} of ${formatPlural(sessionCount, 'session')}` : formatPlural(sessionCount, 'session')}</h3>
          <ul>
            {sessions.map((session) => (
              <Session key={session.id} session={session} granted={chain.machine} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Patterns({ patterns }: Pick<ApprovalChain, 'patterns'>) {
  const { address } = useAddress()
  const period = address.approvals?.period ?? null
  return (
    <section className="ap-pane-part">
      <h3>Stands in</h3>
      <ul>
        {patterns.map(({ id, title, level }) => (
          <li key={id}>
            <Level level={level} />{' '}
            <PlaceLink place={{ approvals: { ...defaultApprovals(), period, pattern: id } }}>
              <Shown text={title} />
            </PlaceLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Session({ session, granted }: { session: ApprovalSession; granted: string | null }) {
  const { format } = useZone()
  return (
    <li className="ap-pane-session">
      <SessionLink session={session} granted={granted} isAlone={false} />
      <span className="list-mono ap-dim">{format(session.from)}</span>
      <span className="ap-dim">
        {formatPlural(session.commands, 'command')}
        {session.isRecorded && ', recorded'}
      </span>
    </li>
  )
}
