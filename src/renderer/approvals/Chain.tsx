import { PlaceLink } from '../address'
import type { ApprovalChain, ApprovalSession } from '../../contract'
import { shownText } from '../../domain'
import { formatCount, formatPlural, Shown } from '../shared'
import { decisionWords, grantWords, STATE_SAID, USE_SAID, type Tone } from './approval-words'
import { placeOfEvent, placeOfSession } from './places'

/** Sessions that are named before the rest is counted. */
const NAMED = 2

/** Request, decision, grant, sessions, commands and what came of it, on one line. */
export function Chain({ chain }: { chain: ApprovalChain }) {
  const { request, requester, key, sessions, sessionCount, commands, outcome, state } = chain
  const decided = decisionWords(chain)
  const grant = grantWords(chain)
  const use = USE_SAID[outcome]
  const named = [...sessions].sort((a, b) => Number(b.isOutside) - Number(a.isOutside)).slice(0, NAMED)
  return (
    <ol className="ap-chain" aria-label="From the request to its outcome">
      <li>
        <PlaceLink place={placeOfEvent(key)} className="ap-link" title={`Shows the request ${shownText(request)} on the timeline`}>
          request <Shown text={shortId(request)} /> · <Shown text={requester ?? 'unknown'} />
        </PlaceLink>
      </li>
      {decided === null ? <Part words={STATE_SAID[state].text} tone="none" /> : <Part words={decided} tone={chain.decision?.isSelf ? 'odd' : 'none'} note={chain.decision?.isSelf ? 'own request' : undefined} />}
      {grant !== null && <Part words={grant} tone={chain.grant?.to === null || chain.grant?.revoked ? 'odd' : 'none'} />}
      {named.map((session) => (
        <li key={session.id}>
          <SessionLink session={session} granted={chain.machine} isAlone={sessionCount === 1} />
        </li>
      ))}
      {sessionCount > named.length && <Part words={`${formatCount(sessionCount - named.length)} more ${sessionCount - named.length === 1 ? 'session' : 'sessions'}`} tone="none" />}
      {sessionCount > 0 && <Part words={formatPlural(commands, 'command')} tone="none" />}
      {use && <Part words={use.text} tone={use.tone} />}
    </ol>
  )
}

type PartProps = { words: string; tone: Tone; note?: string | undefined }

function Part({ words, tone, note }: PartProps) {
  return (
    <li>
      <span className="ap-part" data-tone={tone}>
        <Shown text={words} />
        {note !== undefined && ` · ${note}`}
      </span>
    </li>
  )
}

type SessionLinkProps = {
  session: ApprovalSession
  /** Machine of the grant, which is not said again. */
  granted: string | null
  /** What came of the grant tells of this session. */
  isAlone: boolean
}

export function SessionLink({ session: { id, session, machine, isOutside }, granted, isAlone }: SessionLinkProps) {
  return (
    <PlaceLink place={placeOfSession(id)} className={isOutside ? 'ap-link ap-link-odd' : 'ap-link'} title="Opens the session">
      <Shown text={shortId(session)} />
      {machine !== null && machine !== granted && (
        <>
          {' · '}
          <Shown text={machine} />
        </>
      )}
      {isOutside && !isAlone && ' · outside'}
    </PlaceLink>
  )
}

/** Ids may have 36 characters; those of one time differ at their end. */
function shortId(id: string): string {
  return id.length > 20 ? `…${id.slice(-6)}` : id
}
