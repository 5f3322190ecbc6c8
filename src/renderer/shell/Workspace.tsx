import type { BackendFault, WorkspaceSummary } from '../../contract'
import { type Address, useAddress } from '../address'
import { useAnswer } from '../api'
import { ConnectProvider } from '../connect'
import { FirstRun } from '../first-run'
import { ImportProvider, isActive, useImport } from '../import'
import { MarkProvider } from '../marks'
import { NotebookProvider } from '../notebooks'
import { Button, Shown } from '../shared'
import { SyncProvider } from '../sync'
import { FullNotice } from './FullNotice'
import { Opening } from './Opening'
import { Shell } from './Shell'
import { StatusBar } from './StatusBar'
import { useOverlays } from './use-overlays'
import { WorkspaceContext } from './workspace'

/** The open workspace, or why there is none. */
export function Workspace() {
  const { value: summary, fault } = useAnswer('workspace.summary', {})
  if (!summary) return fault ? <NoWorkspace fault={fault} /> : <Opening />
  return (
    <WorkspaceContext value={summary}>
      <SyncProvider connections={summary.connections}>
        <ConnectProvider>
          <ImportProvider>
            <MarkProvider>
              <NotebookProvider>
                <FirstOrShell summary={summary} />
              </NotebookProvider>
            </MarkProvider>
          </ImportProvider>
        </ConnectProvider>
      </SyncProvider>
    </WorkspaceContext>
  )
}

const REFUSALS: Partial<Record<BackendFault['code'], { title: string; advice: string }>> = {
  'workspace-locked': {
    title: 'The workspace is in use',
    advice: 'One program writes at a time. Close the other one, then try again.',
  },
  'workspace-newer': {
    title: 'The workspace is of a newer version',
    advice: 'Open it with the version that wrote it, or a later one. It has not been changed.',
  },
  'workspace-damaged': {
    title: 'The workspace is damaged',
    advice: 'Nothing has been changed in it. Keep a copy of its folder before anything else is tried.',
  },
}

function NoWorkspace({ fault }: { fault: BackendFault }) {
  const { title, advice } = REFUSALS[fault.code] ?? { title: 'The workspace could not be opened', advice: '' }
  return (
    <FullNotice title={title}>
      <p>
        <Shown text={fault.message} />
      </p>
      {advice !== '' && <p>{advice}</p>}
      <Button onClick={() => location.reload()}>Try again</Button>
    </FullNotice>
  )
}

function FirstOrShell({ summary }: { summary: WorkspaceSummary }) {
  const { address } = useAddress()
  const { jobs } = useImport()
  const { open, overlay } = useOverlays()
  const isEmpty = summary.held === 0 && summary.companions === 0 && summary.connections.length === 0
  // What cannot be read is not nothing.
  const isFirst = isEmpty && summary.readOnly?.code !== 'damaged' && !jobs.some(isActive) && belongsToFirstRun(address)
  return (
    <>
      {isFirst ? <FirstRun statusBar={<StatusBar />} onShowKeys={() => open('keys')} /> : <Shell open={open} />}
      {overlay}
    </>
  )
}

function belongsToFirstRun({ screen }: Address): boolean {
  return screen === 'timeline' || screen === 'first-run'
}
