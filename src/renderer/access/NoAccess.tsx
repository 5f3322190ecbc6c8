import { useAddress } from '../address'
import { Button, EmptyState } from '../shared'
import { isNarrowed, type LookUse, useLacking } from './use-look'

/** In place of the list. It says that nobody was there only where that is proven. */
export function NoAccess({ use: { filter } }: { use: LookUse }) {
  const { go } = useAddress()
  const lacking = useLacking(filter)
  if (isNarrowed(filter)) {
    return (
      <EmptyState title="No access held matches" action={<Button onClick={() => go({ access: undefined, range: null })}>Clear the filters</Button>}>
        <Rest lacking={lacking} />
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={lacking === '' ? 'Nobody reached a machine' : 'No access is held'}
      action={<Button onClick={() => go({ screen: 'sources' })}>Sources & coverage</Button>}
    >
      <p>Accesses are read from sessions, sign-ins on machines, commands, sudo and file transfers.</p>
      <Rest lacking={lacking} />
    </EmptyState>
  )
}

function Rest({ lacking }: { lacking: string | null }) {
  if (lacking === null) return null
  if (lacking === '') return <p>Every list is complete for this time.</p>
  return <p>{lacking}. What is not held may tell of accesses.</p>
}
