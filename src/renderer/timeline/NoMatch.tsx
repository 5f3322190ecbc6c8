import type { TimelineCount, View } from '../../contract'
import { Button, EmptyState, formatCount } from '../shared'
import { useActions } from './ActionsContext'
import { coverageWords } from './coverage-phrases'

export type NoMatchProps = { count: TimelineCount; view: View }

/** An empty view says why it is empty and how far that can be relied on. */
export function NoMatch({ count, view }: NoMatchProps) {
  const actions = useActions()
  const { hidden } = count
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
        {hidden.byRange > 0 && <p>{formatCount(hidden.byRange)} match the query outside the time pin.</p>}
        {hidden.byQuery > 0 && <p>{formatCount(hidden.byQuery)} stand inside the pin and do not match the query.</p>}
        {hidden.companions > 0 && <p>{formatCount(hidden.companions)} companions match and are hidden.</p>}
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
  return `Coverage of ${pinned ? 'this range' : 'the range held'} is ${coverageWords(state)}. Events that match may exist.`
}
