import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { ImportInput } from '../../contract'
import type { Connection } from '../../domain'
import { useAddress } from '../address'
import { desktop } from '../api'
import { chooseInputs } from './chosen'
import { DropZone } from './DropZone'
import { ImportContext, type ImportUse } from './import-context'
import { ImportDialog } from './ImportDialog'
import { JobPanel } from './JobPanel'
import { useImportJobs } from './use-import-jobs'
import { useIntake } from './use-intake'

/** Everything an import needs on any screen: the drop zone, the preview, the progress. */
export function ImportProvider({ children }: { children: ReactNode }) {
  const { go } = useAddress()
  const { intake, offer, drop, close } = useIntake()
  const { jobs, follow, dismiss } = useImportJobs()
  const [isPanelOpen, openPanel] = useState(true)

  const choose = useCallback(
    (what: 'files' | 'folder', replace: string | null = null) => {
      void chooseInputs(what).then((chosen) => offer(chosen, replace))
    },
    [offer],
  )
  const replace = useCallback(
    (connection: Connection) => {
      // A browser cannot reach the files where they were, so they are chosen again.
      if (!desktop()) return choose('files', connection.name)
      void offer(connection.files.map(({ path }) => ({ path })), connection.name)
    },
    [choose, offer],
  )
  const use: ImportUse = useMemo(
    () => ({
      choose: (what) => choose(what),
      replace,
      jobs,
      isPanelOpen,
      openPanel,
      dismiss,
    }),
    [choose, replace, jobs, isPanelOpen, dismiss],
  )
  const onStarted = (inputs: ImportInput[], job: string) => {
    follow(job)
    close(inputs)
    openPanel(true)
    go({ screen: 'timeline' })
  }
  return (
    <ImportContext value={use}>
      {children}
      <JobPanel />
      <DropZone onDrop={(dropped) => void drop(dropped)} />
      {intake && (
        <ImportDialog
          intake={intake}
          onStarted={onStarted}
          onClose={() => close()}
          onChooseAgain={() => choose('files')}
        />
      )}
    </ImportContext>
  )
}
