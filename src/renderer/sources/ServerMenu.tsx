import type { Connection } from '../../domain'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { useConnect } from '../connect'
import { IconButton, type MenuItem, useButtonMenu } from '../shared'
import { connectionQuery } from './connection-query'

export type ServerMenuProps = { connection: Connection; onDialog: (dialog: 'edit' | 'remove') => void }

export function ServerMenu({ connection, onDialog }: ServerMenuProps) {
  const { name, server } = connection
  const { go } = useAddress()
  const { signInAgain } = useConnect()
  const backend = useBackend()
  const pause = () => {
    // A refusal leaves it as it was, and the card goes on saying so.
    backend.call('server.pause', { name, paused: !server?.paused }).catch(() => undefined)
  }
  const items: MenuItem[] = [
    {
      label: 'Show on timeline',
      onPick: () => go({ screen: 'timeline', query: connectionQuery(name), range: null, selected: null }),
    },
    'line',
    { label: server?.paused ? 'Resume' : 'Pause', onPick: pause },
    { label: 'Sign in again…', disabled: Boolean(server?.sample), onPick: () => signInAgain(connection) },
    { label: 'Edit…', onPick: () => onDialog('edit') },
    'line',
    { label: 'Remove…', danger: true, onPick: () => onDialog('remove') },
  ]
  const { opener, menu } = useButtonMenu({ label: `Actions for ${name}`, items, edge: 'right' })
  return (
    <>
      <IconButton label={`More for ${name}`} {...opener}>
        ⋯
      </IconButton>
      {menu}
    </>
  )
}
