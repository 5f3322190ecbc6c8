import type { ReactNode } from 'react'
import { useConnect } from '../connect'
import { useImport } from '../import'
import { Kbd, Logo, Shown, Spinner, useButtonMenu, useHotkeys, useSettings } from '../shared'
import { useSync } from '../sync'
import './first-run.css'

const SAMPLE_FOOT = 'ready in under a minute · nothing leaves this computer'

/** The start of an empty workspace. */
export function FirstRun({ statusBar, onShowKeys }: { statusBar: ReactNode; onShowKeys: () => void }) {
  const { choose } = useImport()
  const { connect } = useConnect()
  const { openSample, isOpeningSample, refusals } = useSync()
  const problem = refusals.get('')
  useHotkeys({ 1: openSample, 2: connect, 3: () => choose('files') })
  return (
    <div className="first-run">
      <main>
        <header>
          <Logo size={38} />
          <div>
            <h1>Recount</h1>
            <p>See what happened, replay it, and prove it, with no network.</p>
          </div>
        </header>
        <div className="first-run-doors">
          <Door
            title="Explore the sample workspace"
            hotkey="1"
            foot={isOpeningSample ? <Spinner label="starting the sample server" /> : SAMPLE_FOOT}
            isFirst
            onOpen={openSample}
          >
            200,000 events of a made-up company, served from this computer. Someone got in: find out how.
          </Door>
          <Door title="Connect a server" hotkey="2" foot="address and a token, or sign in" onOpen={connect}>
            WebXTerm. Recount only reads, and keeps a copy you can work on offline.
          </Door>
          <Door
            title="Import files"
            hotkey="3"
            foot="files are read where they are, never changed"
            onOpen={() => choose('files')}
          >
            auth.log, secure, syslog: what sshd and its neighbours write, also gzipped. Or drop files and folders
            anywhere.
          </Door>
        </div>
        {problem !== undefined && (
          <p className="first-run-problem" role="alert">
            <span aria-hidden="true">! </span>
            <Shown text={problem} />
          </p>
        )}
        <footer>
          <button type="button" onClick={() => choose('folder')}>
            Import a folder
          </button>
          <button type="button" onClick={onShowKeys}>
            Keyboard <Kbd>?</Kbd>
          </button>
          <AppearanceButton />
        </footer>
      </main>
      {statusBar}
    </div>
  )
}

type DoorProps = {
  title: string
  hotkey: string
  /** What to know before going in. */
  foot: ReactNode
  isFirst?: boolean
  onOpen: () => void
  children: ReactNode
}

function Door({ title, hotkey, foot, isFirst = false, onOpen, children }: DoorProps) {
  return (
    <button type="button" className="first-run-door" data-first={isFirst ? true : undefined} onClick={onOpen}>
      <span className="first-run-title">
        {title} <Kbd>{hotkey}</Kbd>
      </span>
      <span>{children}</span>
      <small>{foot}</small>
    </button>
  )
}

function AppearanceButton() {
  const { settings, change } = useSettings()
  const items = (['system', 'dark', 'light'] as const).map((name) => ({
    label: name,
    checked: settings.appearance === name,
    onPick: () => change({ appearance: name }),
  }))
  const { opener, menu } = useButtonMenu({ label: 'Appearance', items })
  return (
    <>
      <button type="button" {...opener}>
        Appearance: {settings.appearance} ▾
      </button>
      {menu}
    </>
  )
}
