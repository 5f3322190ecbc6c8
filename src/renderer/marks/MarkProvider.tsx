import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useBackend } from '../api'
import { MarkDesk } from './mark-desk'

const MarkContext = createContext<MarkDesk | null>(null)

/** What every screen knows of marks, so that a change shows everywhere at once. */
export function MarkProvider({ children }: { children: ReactNode }) {
  const backend = useBackend()
  const [desk] = useState(() => new MarkDesk())
  useEffect(() => desk.attach(backend), [desk, backend])
  return <MarkContext value={desk}>{children}</MarkContext>
}

export function useMarkDesk(): MarkDesk {
  const desk = useContext(MarkContext)
  if (!desk) throw new Error('Marks need a MarkProvider')
  return desk
}
