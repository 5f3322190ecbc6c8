import type { AccessDetail, AccessEntry } from '../../contract'
import { PlaceLink } from '../address'
import { formatDuration, Shown, useZone } from '../shared'
import { deedWords, grantSentence, kindWord } from './access-words'
import { entryPlace, grantPlace } from './to-timeline'

/** One access as a chain: on whose word, how, and what was done. */
export function Entry({ entry, detail }: { entry: AccessEntry; detail: AccessDetail }) {
  const { format, label } = useZone()
  const { from, to, session, grant, client, ip, isPrivileged } = entry
  const request = typeof grant === 'string' ? null : grantPlace(grant)
  const deeds = deedWords(entry)
  const lasted = to > from ? formatDuration(to - from) : ''
  return (
    <li>
      <div className="ac-when">
        <span className="list-mono">
          {format(from)} <span className="list-dim">{label}</span>
        </span>
        <span className="list-dim">{lasted}</span>
      </div>
      <ol className="ac-chain">
        <li data-step={typeof grant === 'string' ? 'none' : 'grant'}>
          <Shown text={grantSentence(grant, detail.row.person, (time) => format(time, 'min'))} />
          {request && (
            <>
              {' '}
              <PlaceLink className="link" place={request}>
                Request
              </PlaceLink>
            </>
          )}
        </li>
        <li data-step="access">
          {kindWord(entry)}
          {[client, ip].map((text) => text !== null && <span key={text} className="list-dim"> · <Shown text={text} /></span>)}
        </li>
        <li data-step={isPrivileged ? 'privileged' : 'deeds'}>
          {deeds === '' ? <span className="list-dim">No command is held of it</span> : deeds}
          {isPrivileged && ' · privileged'}
        </li>
      </ol>
      <div className="ac-links">
        {session !== null && (
          <PlaceLink className="link" place={{ screen: 'session', session, selected: null }}>
            Session
          </PlaceLink>
        )}
        <PlaceLink className="link" place={entryPlace(detail, entry)}>
          Timeline
        </PlaceLink>
      </div>
    </li>
  )
}
