import { type ComponentType, Suspense, lazy, memo } from 'react'
import { seesAll } from '../../domain'
import { type Screen, useAddress } from '../address'
import { NotebookPage, Notebooks } from '../notebooks'
import { Settings } from '../settings'
import { Spinner } from '../shared'
import { Sources } from '../sources'
import { AccessDenied } from './AccessDenied'
import { ErrorBoundary } from './ErrorBoundary'
import { Sidebar } from './Sidebar'
import { StatusBar } from './StatusBar'
import { TopBar } from './TopBar'
import type { Overlay } from './use-overlays'
import { useFoundNotice } from './use-found-notice'
import { useWorkspace } from './workspace'
import './shell.css'

const Timeline = lazy(async () => ({ default: (await import('../timeline')).Timeline }))
const Sessions = lazy(async () => ({ default: (await import('../sessions')).Sessions }))
const SessionPage = lazy(async () => ({ default: (await import('../sessions')).SessionPage }))
const Detections = lazy(async () => ({ default: (await import('../detections')).Detections }))
const SignIns = lazy(async () => ({ default: (await import('../sign-ins')).SignIns }))
const Approvals = lazy(async () => ({ default: (await import('../approvals')).Approvals }))
const Access = lazy(async () => ({ default: (await import('../access')).Access }))
const Reports = lazy(async () => ({ default: (await import('../reports')).Reports }))
const Custody = lazy(async () => ({ default: (await import('../custody')).Custody }))
const ReplayView = lazy(async () => ({ default: (await import('../replay')).ReplayView }))

/** Kept as it is while imports report progress, which comes many times a second. */
export const Shell = memo(function Shell({ open }: { open: (overlay: Overlay) => void }) {
  const { screen } = useAddress().address
  useFoundNotice()
  return (
    <div className="shell">
      <a className="skip-link" href="#main" onClick={skipToMain}>
        Skip to the screen
      </a>
      <TopBar onJump={() => open('palette')} />
      <Sidebar />
      <main id="main" tabIndex={-1}>
        <ErrorBoundary key={screen}>
          <Suspense fallback={<Wait />}>
            <ScreenOf screen={screen} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <StatusBar />
    </div>
  )
})

function Wait() {
  return (
    <div className="shell-wait">
      <Spinner label="Opening" />
    </div>
  )
}

/** Screens about what everybody was let do; a regular user has no entry of them and may still come by an address. */
const GOVERNANCE: Partial<Record<Screen, string>> = { approvals: 'Approvals', access: 'Access' }

/** Screens of what people write, and of what is made of it. */
const WRITTEN: Partial<Record<Screen, ComponentType>> = { notebooks: Notebooks, notebook: NotebookPage, reports: Reports, custody: Custody }

function ScreenOf({ screen }: { screen: Screen }) {
  const { connections } = useWorkspace()
  const governed = GOVERNANCE[screen]
  if (governed !== undefined && !seesAll(connections)) return <AccessDenied title={governed} />
  if (screen === 'sources') return <Sources />
  if (screen === 'settings') return <Settings />
  if (screen === 'sessions' || screen === 'my-sessions') return <Sessions />
  if (screen === 'session') return <SessionPage />
  if (screen === 'detections') return <Detections />
  if (screen === 'sign-ins') return <SignIns />
  if (screen === 'approvals') return <Approvals />
  if (screen === 'access') return <Access />
  const Written = WRITTEN[screen]
  if (Written) return <Written />
  if (screen === 'replay') return <ReplayView />
  return <Timeline />
}

/** The hash belongs to the address, so the link moves the focus itself. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#main')?.focus()
}
