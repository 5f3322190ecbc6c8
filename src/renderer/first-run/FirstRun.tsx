import { type ReactNode, useState } from 'react'
import { useImport } from '../import'
import { Kbd, Logo, Menu, useHotkeys, useSettings } from '../shared'
import './first-run.css'

/** The start of an empty workspace. */
export function FirstRun({ statusBar, onShowKeys }: { statusBar: ReactNode; onShowKeys: () => void }) {
  const { choose } = useImport()
  useHotkeys({ 3: () => choose('files') })
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
          <LaterDoor title="Explore the sample workspace" hotkey="1">
            A made-up company with planted stories to find, served from this computer.
          </LaterDoor>
          <LaterDoor title="Connect a server" hotkey="2">
            Audit logs, sessions and recordings of a server, kept as a copy to work on offline.
          </LaterDoor>
          <button type="button" className="first-run-door first-run-open" onClick={() => choose('files')}>
            <span className="first-run-title">
              Import files <Kbd>3</Kbd>
            </span>
            <span>
              auth.log, secure, syslog: what sshd and its neighbours write, also gzipped. Or drop files and folders
              anywhere.
            </span>
            <small>files are only read, never changed</small>
          </button>
        </div>
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

function LaterDoor({ title, hotkey, children }: { title: string; hotkey: string; children: ReactNode }) {
  return (
    <section className="first-run-door" aria-disabled="true">
      <h2 className="first-run-title">
        {title} <Kbd>{hotkey}</Kbd>
      </h2>
      <span>{children}</span>
      <small>comes with a later version</small>
    </section>
  )
}

function AppearanceButton() {
  const { settings, change } = useSettings()
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect()
          setAt({ x: left, y: bottom + 4 })
        }}
      >
        Appearance: {settings.appearance} ▾
      </button>
      {at && (
        <Menu
          at={at}
          label="Appearance"
          onClose={() => setAt(null)}
          items={(['system', 'dark', 'light'] as const).map((name) => ({
            label: name,
            checked: settings.appearance === name,
            onPick: () => change({ appearance: name }),
          }))}
        />
      )}
    </>
  )
}
