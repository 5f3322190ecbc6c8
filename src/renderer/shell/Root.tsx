import { useSyncExternalStore } from 'react'
import { BackendProvider, type Link, type LinkState } from '../api'
import { SettingsProvider } from '../shared'
import { ErrorBoundary } from './ErrorBoundary'
import { FullNotice } from './FullNotice'
import { LostBanner } from './LostBanner'
import { Opening } from './Opening'
import { Workspace } from './Workspace'

/** The page from the way to the backend on. */
export function Root({ link }: { link: Link }) {
  const state = useSyncExternalStore(link.subscribe, link.get)
  return (
    <ErrorBoundary>
      <Connected state={state} onRetry={link.retry} />
    </ErrorBoundary>
  )
}

function Connected({ state, onRetry }: { state: LinkState; onRetry: () => void }) {
  if (state.phase === 'connecting') return <Opening />
  if (state.phase === 'refused') {
    return (
      <FullNotice title="This address has been used already">
        <p>Open Recount again from the program that started it.</p>
        <p>Each address opens one window, once. Nothing that is held is lost.</p>
      </FullNotice>
    )
  }
  return (
    <>
      {state.phase === 'lost' && <LostBanner isTrying={state.trying} onRetry={onRetry} />}
      {state.backend && (
        <BackendProvider backend={state.backend}>
          <SettingsProvider>
            <Workspace />
          </SettingsProvider>
        </BackendProvider>
      )}
    </>
  )
}
