import { useAddress } from '../address'
import { Button, EmptyState } from '../shared'

/** In place of a screen about everybody, for an account that its server calls a regular user. */
export function AccessDenied({ title }: { title: string }) {
  const { go } = useAddress()
  return (
    <div className="shell-wait">
      <EmptyState title={`${title}: access denied`} action={<Button onClick={() => go({ screen: 'my-sessions' })}>My sessions</Button>}>
        <p>This screen is for administrators. The connected account is a regular user on its server.</p>
        <p>It sees its own sessions and events, under My sessions and on the timeline.</p>
      </EmptyState>
    </div>
  )
}
