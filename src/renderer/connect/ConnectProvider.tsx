import { type ReactNode, useMemo, useState } from 'react'
import type { Connection } from '../../domain'
import { useAddress } from '../address'
import { useSync } from '../sync'
import { ConnectContext, type ConnectUse } from './connect-context'
import { ConnectDialog } from './ConnectDialog'

/** The dialog that connects a server, on any screen. */
export function ConnectProvider({ children }: { children: ReactNode }) {
  const { go } = useAddress()
  const { start } = useSync()
  /** Null while closed; `again` is the connection that gets a new token. */
  const [shown, setShown] = useState<{ again: Connection | null } | null>(null)
  const use = useMemo<ConnectUse>(
    () => ({ connect: () => setShown({ again: null }), signInAgain: (again) => setShown({ again }) }),
    [],
  )
  const onConnected = ({ name }: Connection) => {
    setShown(null)
    start({ connection: name })
    go({ screen: 'sources' })
  }
  return (
    <ConnectContext value={use}>
      {children}
      {shown && <ConnectDialog again={shown.again} onConnected={onConnected} onClose={() => setShown(null)} />}
    </ConnectContext>
  )
}
