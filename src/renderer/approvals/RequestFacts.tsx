import type { ApprovalChain } from '../../contract'
import { Fact, formatCount, Shown, useZone } from '../shared'
import { latencyWords, STATE_SAID } from './approval-words'

/** All that is held of a request and its decision. */
export function RequestFacts({ chain }: { chain: ApprovalChain }) {
  const { format, label } = useZone()
  const { requester, machine, scope, justification, asked, state, decision, grant, commands, sessionCount } = chain
  return (
    <dl className="facts">
      <Fact name="Requester" text={requester ?? '(unknown)'} />
      <Fact name="Asked for" text={scope ?? machine ?? '(unknown)'} />
      <Fact name="Reason given" text={justification ?? '(none)'} />
      <Fact name="Requested">
        <span className="list-mono">{format(asked)}</span> {label}
      </Fact>
      <Fact name="State" text={state === 'expired' ? 'lapsed: nobody decided in time' : STATE_SAID[state].text} />
      {decision && <Decided decision={decision} />}
      {grant && <Granted grant={grant} />}
      {sessionCount > 0 && <Fact name="Commands" text={formatCount(commands)} />}
    </dl>
  )
}

function Decided({ decision }: { decision: NonNullable<ApprovalChain['decision']> }) {
  const { format } = useZone()
  const { approver, at, latency, isSelf, isRobot, comment } = decision
  return (
    <>
      <Fact name="Decided by">
        <Shown text={approver ?? '(unknown)'} />
        {isSelf && ', who made the request'}
        {isRobot && ', taken for automation'}
      </Fact>
      <Fact name="Decided">
        {at === null ? '(the server does not say)' : <span className="list-mono">{format(at)}</span>}
        {latency !== null && ` after ${latencyWords(latency)}`}
      </Fact>
      {comment !== null && <Fact name="Comment" text={comment} />}
    </>
  )
}

function Granted({ grant: { from, to, revoked } }: { grant: NonNullable<ApprovalChain['grant']> }) {
  const { format } = useZone()
  return (
    <Fact name="Granted">
      <span className="list-mono">{format(from)}</span> → {to === null ? 'without an end' : <span className="list-mono">{format(to)}</span>}
      {revoked && (
        <>
          , revoked <span className="list-mono">{format(revoked.at)}</span>
          {revoked.by !== null && (
            <>
              {' by '}
              <Shown text={revoked.by} />
            </>
          )}
        </>
      )}
    </Fact>
  )
}
