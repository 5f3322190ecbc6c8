import { useAddress } from '../address'
import { Button, EmptyState, LackingNote } from '../shared'
import type { LookUse } from './use-look'

type NoneProps = { use: LookUse; lacking: string | null; me: string[]; isNarrowed: boolean; onClear: () => void }

/** In place of the list. It says that nothing happened only where that is proven. */
export function NoSessions({ use, lacking, me, isNarrowed, onClear }: NoneProps) {
  const { go } = useAddress()
  const rest = <LackingNote lacking={lacking} so="What is not held may tell of sessions." />
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
    <EmptyState title={lacking === '' ? 'No sessions took place' : 'No session is held'} action={sources}>
      {use.mine && <p>Looked for: {me.join(', ')}.</p>}
      {rest}
    </EmptyState>
  )
}
