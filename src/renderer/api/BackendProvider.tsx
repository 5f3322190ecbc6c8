import { type ReactNode, createContext } from 'react'
import type { Backend } from '../../contract'

export const BackendContext = createContext<Backend | null>(null)

export function BackendProvider({ backend, children }: { backend: Backend; children: ReactNode }): ReactNode {
  return <BackendContext value={backend}>{children}</BackendContext>
}
