import { useMemo } from 'react'
import type { TimelineCount, View } from '../../contract'
import { Button, EmptyState, formatPlural, Shown } from '../shared'
import { useServers } from '../sync'
import { useActions } from './ActionsContext'
import { coverageWords } from './coverage-phrases'

export type NoMatchProps = { count: TimelineCount; view: View }

/** An empty view says why it is empty and how far that can be relied on. */
export function NoMatch({ count, view }: NoMatchProps) {
  const actions = useActions()
  const { hidden } = count
  const notes = useNotes()
  const buttons = (
    <>
      {view.range && <Button onClick={() => actions.pin(null)}>Clear the time pin</Button>}
      {view.query !== '' && <Button onClick={() => actions.setQuery('')}>Clear the query</Button>}
    </>
  )
  return (
    <div className="tl-cover">
      <EmptyState title="Nothing matches" action={view.range || view.query !== '' ? buttons : undefined}>
        <p>{coverageSentence(count.coverage, view.range !== null)}</p>
        {hidden.byRange > 0 && <p>{formatPlural(hidden.byRange, 'event matches', 'events match')} the query outside the time pin.</p>}
        {hidden.byQuery > 0 && <p>{unmatchedSentence(hidden.byQuery, view.range !== null)}</p>}
        {hidden.companions > 0 && (
          <p>{formatPlural(hidden.companions, 'companion matches and is', 'companions match and are')} hidden.</p>
        )}
        {notes.map((note) => (
          <p key={note}>
            <Shown text={note} />
          </p>
        ))}
      </EmptyState>
    </div>
  )
}

function coverageSentence(state: TimelineCount['coverage'], pinned: boolean): string {
  const where = pinned ? 'The pinned range' : 'All that is held'
  if (state === 'complete') return `${where} is complete: what its streams recorded is here, and nothing of it matches.`
  if (state === 'partial' || state === 'not-asked') {
    return `Part of ${pinned ? 'this range' : 'the range held'} was never fetched: events that match may exist there.`
  }
  return `Part of ${pinned ? 'this range' : 'the range held'} is ${coverageWords(state)}. Events that match may exist there.`
}

function unmatchedSentence(count: number, pinned: boolean): string {
  return pinned
    ? `${formatPlural(count, 'event stands', 'events stand')} inside the pin without matching the query.`
    : `${formatPlural(count, 'event is', 'events are')} held and ${count === 1 ? 'does' : 'do'} not match the query.`
}

/** Few enough to be read. */
const MOST_NOTES = 3

/** What servers leave out of their lists also where coverage is complete. */
function useNotes(): string[] {
  const servers = useServers()
  return useMemo(() => {
    const lines = servers.flatMap(({ name, streams }) =>
      streams.flatMap(({ note }) => (note === undefined ? [] : [`${name}: ${note}`])),
    )
    return [...new Set(lines)].slice(0, MOST_NOTES)
  }, [servers])
}
