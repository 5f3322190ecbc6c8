import { type ReactNode, useState } from 'react'
import type { ImportJob, WorkspaceSummary } from '../../contract'
import { useAnswer } from '../api'
import { isActive, useImport } from '../import'
import { ALL_TIME, Dialog, Shown, formatPlural, useZone } from '../shared'
import { coverageWords } from '../sources'
import { useServers } from '../sync'
import { SyncState } from './SyncState'
import { useWorkspace } from './workspace'
import './status-bar.css'

export function StatusBar() {
  const servers = useServers()
  const { held, companions, encrypted, readOnly, recovered } = useWorkspace()
  const ranges = useAnswer('coverage.ranges', { range: ALL_TIME }).value
  const { label, toggle } = useZone()
  const isEmpty = held + companions === 0
  return (
    <footer className="status-bar">
      <div className="status-left">
        <SyncState />
        <span
          className={servers.length > 0 ? undefined : isEmpty ? 'status-held status-empty' : 'status-held'}
          title={companions > 0 ? `and ${formatPlural(companions, 'companion')}` : undefined}
        >
          {isEmpty ? 'Nothing held yet' : `${formatPlural(held, 'event')} held`}
        </span>
        {readOnly && <Warning title={readOnly.message}>{READ_ONLY[readOnly.code]}</Warning>}
        {recovered.length > 0 && <Recovered lines={recovered} />}
        <Progress />
        {!isEmpty && ranges && <Coverage words={coverageWords(ranges)} />}
        {!encrypted && <span>not encrypted: files are readable by their owner alone</span>}
      </div>
      <button type="button" onClick={toggle} title="Switch between UTC and another zone (T)">
        times in {label}
      </button>
      <span title="Nothing that is shown needs a network">Offline-ready</span>
    </footer>
  )
}

function Coverage({ words }: { words: string }) {
  return (
    <span className="status-coverage" title={words}>
      {words}
    </span>
  )
}

const READ_ONLY: Record<NonNullable<WorkspaceSummary['readOnly']>['code'], string> = {
  locked: 'read only: another program writes',
  'disk-full': 'disk full: reading goes on, nothing new is kept',
  damaged: 'read only: the workspace is damaged',
}

function Warning({ title, children }: { title: string; children: ReactNode }) {
  return (
    <span className="status-warning" role="status" title={title}>
      <span aria-hidden="true">⚠ </span>
      {children}
    </span>
  )
}

function Recovered({ lines }: { lines: string[] }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" className="status-warning" onClick={() => setIsOpen(true)}>
        <span aria-hidden="true">⚠ </span>mended when it was opened
      </button>
      {isOpen && (
        <Dialog title="Mended when the workspace was opened" onClose={() => setIsOpen(false)}>
          {lines.map((line) => (
            <p key={line}>
              <Shown text={line} />
            </p>
          ))}
        </Dialog>
      )}
    </>
  )
}

function Progress() {
  const { jobs, openPanel, isPanelOpen } = useImport()
  const active = jobs.filter(isActive)
  const ended = jobs.length - active.length
  if (jobs.length === 0) return null
  const turn = () => openPanel(!isPanelOpen)
  return (
    <button type="button" className="status-progress" aria-expanded={isPanelOpen} onClick={turn}>
      {active.length > 0 ? active.map(progressWords).join(' · ') : `${formatPlural(ended, 'import')} ended`}
    </button>
  )
}

function progressWords({ name, state, bytesDone, bytesTotal }: ImportJob): string {
  if (state === 'surveying' || bytesTotal === 0) return `looking through ${name}`
  return `importing ${name} ${Math.floor((bytesDone / bytesTotal) * 100)} %`
}
