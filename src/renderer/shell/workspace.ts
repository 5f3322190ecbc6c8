import { createContext, useContext } from 'react'
import type { WorkspaceSummary } from '../../contract'

export const WorkspaceContext = createContext<WorkspaceSummary | null>(null)

export function useWorkspace(): WorkspaceSummary {
  const summary = useContext(WorkspaceContext)
  if (!summary) throw new Error('useWorkspace needs a WorkspaceContext')
  return summary
}
