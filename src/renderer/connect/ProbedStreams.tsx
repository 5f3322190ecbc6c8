import type { ProbedServer } from '../../contract'
import type { StreamStatus } from '../../domain'
import { STATUS_WORDS, Shown, formatPlural } from '../shared'
import { type ProbedGroup, probedGroups } from './probed-groups'

const MARKS: Record<StreamStatus, string> = {
  ok: '✓',
  partial: '◐',
  throttled: '◐',
  'not-visible': '–',
  'not-offered': '–',
  failed: '!',
}

/** What the account may read of this server, list by list; lists of many machines are counted. */
export function ProbedStreams({ streams }: { streams: ProbedServer['streams'] }) {
  return (
    <section className="connect-streams" aria-label="What this account can see">
      <h3>What this account can see</h3>
      <ul tabIndex={0}>
        {probedGroups(streams).map((group) => (
          <Line key={`${group.list} ${group.status}`} group={group} />
        ))}
      </ul>
      {streams.length === 0 && <p className="connect-hint">The server named no list.</p>}
    </section>
  )
}

function Line({ group: { list, status, owners, isMany } }: { group: ProbedGroup }) {
  const names = isMany ? `${formatPlural(owners.length, 'machine')}` : (owners[0] ?? '')
  return (
    <li data-status={status} title={isMany ? owners.slice(0, 20).join(', ') : undefined}>
      <span className="connect-mark" aria-hidden="true">
        {MARKS[status]}
      </span>
      <Shown text={names === '' ? list : `${list} · ${names}`} />
      <span className="connect-status">{STATUS_WORDS[status]}</span>
    </li>
  )
}
