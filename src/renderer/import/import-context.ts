import { createContext, useContext } from 'react'
import type { ImportJob } from '../../contract'
import type { Connection } from '../../domain'

export type ImportUse = {
  /** Opens the dialog to choose files or a folder. */
  choose: (what: 'files' | 'folder') => void
  /** Reads an import again, to correct its year, zone or files. */
  replace: (connection: Connection) => void
  /** Imports under way and those that ended while this page was open, newest last. */
  jobs: ImportJob[]
  isPanelOpen: boolean
  openPanel: (open: boolean) => void
  dismiss: (job: string) => void
}

export const ImportContext = createContext<ImportUse | null>(null)

export function useImport(): ImportUse {
  const use = useContext(ImportContext)
  if (!use) throw new Error('useImport needs an ImportProvider')
  return use
}

export function isActive(job: ImportJob): boolean {
  return job.state === 'surveying' || job.state === 'importing'
}
