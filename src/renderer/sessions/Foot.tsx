import { useMemo, type ReactNode } from 'react'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { ALL_TIME, Button, coverageNote, EmptyState, noteWords } from '../shared'
import type { LookUse } from './use-look'

/** What the sessions rest on: null while it is not known, `` where nothing is lacking. */
export function useCoverageWords(range: TimeRange | null): string | null {
  const ranges = useAnswer('coverage.ranges', { range: ALL_TIME }).value
  return useMemo(() => ranges && (noteWords(coverageNote(ranges, range), 'No log of sessions is held') ?? ''), [ranges, range])
}

/** Under the list: how far it can be relied on. */
export function Foot({ children, range }: { children: ReactNode; range: TimeRange | null }) {
  const { go } = useAddress()
  const words = useCoverageWords(range)
  return (
    <footer className="ss-foot">
      {children}
      {words !== null && (
        <span className={words === '' ? undefined : 'ss-lacking'} title={words}>
          {words === '' ? 'Every list is complete here' : words}
        </span>
      )}
      {words !== null && words !== '' && (
        <button type="button" className="link" onClick={() => go({ screen: 'sources' })}>
          Sources & coverage
        </button>
      )}
    </footer>
  )
}

type NoneProps = { use: LookUse; me: string[]; isNarrowed: boolean; onClear: () => void }

/** In place of the list. It says that nothing happened only where that is proven. */
export function NoSessions({ use, me, isNarrowed, onClear }: NoneProps) {
  const { go } = useAddress()
  const words = useCoverageWords(use.filter.range)
  const rest = <Rest words={words} />
  if (isNarrowed) {
    return (
      <EmptyState title="No session held matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
        {rest}
      </EmptyState>
    )
  }
  const sources = <Button onClick={() => go({ screen: 'sources' })}>Sources & coverage</Button>
  if (use.mine && me.length === 0) {
    return (
      <EmptyState title="It is not known whose sessions are yours" action={sources}>
        A connected server says whose account it is signed in with. Imported files do not.
      </EmptyState>
    )
  }
  return (
    <EmptyState title={words === '' ? 'No sessions took place' : 'No session is held'} action={sources}>
      {use.mine && <p>Looked for: {me.join(', ')}.</p>}
      {rest}
    </EmptyState>
  )
}

function Rest({ words }: { words: string | null }) {
  if (words === null) return null
  if (words === '') return <p>Every list is complete for this time.</p>
  return <p>{words}. What is not held may tell of sessions.</p>
}
