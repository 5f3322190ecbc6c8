import { useAddress } from '../address'
import { Button, EmptyState, LackingNote } from '../shared'
import { isNarrowed, type LookUse } from './use-look'

/** In place of the list. It says that nobody was there only where that is proven. */
export function NoAccess({ use: { filter }, lacking }: { use: LookUse; lacking: string | null }) {
  const { go } = useAddress()
  if (isNarrowed(filter)) {
    return (
      <EmptyState title="No access held matches" action={<Button onClick={() => go({ access: undefined, range: null })}>Clear the filters</Button>}>
        <LackingNote lacking={lacking} so="What is not held may tell of accesses." />
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={lacking === '' ? 'Nobody reached a machine' : 'No access is held'}
      action={<Button onClick={() => go({ screen: 'sources' })}>Sources & coverage</Button>}
    >
      <p>Accesses are read from sessions, sign-ins on machines, commands, sudo and file transfers.</p>
      <LackingNote lacking={lacking} so="What is not held may tell of accesses." />
    </EmptyState>
  )
}
