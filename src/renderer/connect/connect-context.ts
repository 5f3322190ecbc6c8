import { createContext, useContext } from 'react'
import type { Connection } from '../../domain'

export type ConnectUse = {
  /** Opens the dialog for a server that is not connected yet. */
  connect: () => void
  /** Opens it for one that is, to give it a new token. */
  signInAgain: (connection: Connection) => void
}

export const ConnectContext = createContext<ConnectUse | null>(null)

export function useConnect(): ConnectUse {
  const use = useContext(ConnectContext)
  if (!use) throw new Error('useConnect needs a ConnectProvider')
  return use
}
