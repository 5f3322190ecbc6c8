import { useAddress } from '../address'
import { Button, EmptyState } from '../shared'
import { type LookUse, useLacking } from './use-look'

type NoneProps = { use: LookUse; me: string[]; isNarrowed: boolean; onClear: () => void }

/** In place of the list. It says that nothing happened only where that is proven. */
export function NoSessions({ use, me, isNarrowed, onClear }: NoneProps) {
  const { go } = useAddress()
  const words = useLacking(use.filter.range)
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
