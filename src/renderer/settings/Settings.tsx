import { useState } from 'react'
import { useAnswer } from '../api'
import { PickList, Shown, useSettings, useZone, zoneFormat, zoneNames } from '../shared'
import { Addresses } from './Addresses'
import { Notifications } from './Notifications'
import { Production } from './Production'
import { Section } from './Section'
import { StampAuthority } from './StampAuthority'
import '../shared/screen.css'
import './settings.css'

export function Settings() {
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Settings</h1>
        <span>kept in this workspace</span>
      </header>
      <div className="screen-body settings">
        <Appearance />
        <Zone />
        <SyncInterval />
        <Notifications />
        <OwnNames />
        <Production />
        <Addresses />
        <StampAuthority />
        <About />
      </div>
    </div>
  )
}

const APPEARANCES = { system: 'As the system', dark: 'Dark', light: 'Light' } as const

function Appearance() {
  const { settings, change } = useSettings()
  return (
    <Section title="Appearance">
      <div role="radiogroup" aria-label="Appearance" className="settings-choices">
        {(['system', 'dark', 'light'] as const).map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="appearance"
              checked={settings.appearance === name}
              onChange={() => change({ appearance: name })}
            />
            {APPEARANCES[name]}
          </label>
        ))}
      </div>
    </Section>
  )
}

function Zone() {
  const { settings, change } = useSettings()
  const { format, label } = useZone()
  const [openedAt] = useState(() => Date.now())
  const [local] = useState(() => zoneFormat('local').label)
  const isFixed = settings.zone !== 'UTC' && settings.zone !== 'local'
  const [isChoosing, setIsChoosing] = useState(false)
  return (
    <Section title="Times">
      <div role="radiogroup" aria-label="Zone of times" className="settings-choices">
        <Choice label="UTC" isChosen={settings.zone === 'UTC' && !isChoosing} onChoose={() => put('UTC')} />
        <Choice
          label={`This computer: ${local}`}
          isChosen={settings.zone === 'local' && !isChoosing}
          onChoose={() => put('local')}
        />
        <Choice
          label={isFixed ? `A fixed zone: ${settings.zone}` : 'A fixed zone'}
          isChosen={isFixed || isChoosing}
          onChoose={() => setIsChoosing(true)}
        />
      </div>
      {(isFixed || isChoosing) && <ZoneList chosen={settings.zone} onPick={put} />}
      <p className="settings-note">
        The clock now reads <span className="mono">{format(openedAt, 'min')}</span> {label}. Every time on screen
        follows, and names its zone.
      </p>
    </Section>
  )

  function put(zone: string): void {
    setIsChoosing(false)
    change({ zone })
  }
}

const INTERVALS = [0, 1, 5, 15, 60]

function SyncInterval() {
  const { settings, change } = useSettings()
  const { syncMinutes } = settings
  // One that was set elsewhere is shown among the others.
  const minutes = [...new Set([...INTERVALS, syncMinutes])].sort((a, b) => a - b)
  return (
    <Section title="Sync">
      <div role="radiogroup" aria-label="Sync of servers" className="settings-choices">
        {minutes.map((every) => (
          <label key={every}>
            <input
              type="radio"
              name="sync"
              checked={syncMinutes === every}
              onChange={() => change({ syncMinutes: every })}
            />
            {intervalWords(every)}
          </label>
        ))}
      </div>
      <p className="settings-note">
        How often connected servers are read while Recount runs. A server that is paused is read only when asked for.
      </p>
    </Section>
  )
}

function intervalWords(minutes: number): string {
  if (minutes === 0) return 'By hand'
  if (minutes === 60) return 'Every hour'
  return minutes === 1 ? 'Every minute' : `Every ${minutes} minutes`
}

/** Names are kept when the field is left, or with Enter. */
function OwnNames() {
  const { settings, change } = useSettings()
  const kept = settings.me.join(', ')
  const [typed, setTyped] = useState<string | null>(null)
  const keep = () => {
    if (typed !== null) change({ me: [...new Set(typed.split(',').map((name) => name.trim().slice(0, 200)))].filter(Boolean).slice(0, 100) })
    setTyped(null)
  }
  return (
    <Section title="My accounts">
      <input
        className="settings-names"
        aria-label="Names of my accounts, with commas between"
        placeholder="none yet; as: ana, ana.m, ana@example.com"
        value={typed ?? kept}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
      <p className="settings-note">
        My sessions shows the sessions of these names, and of the accounts that servers are signed in with. Put commas
        between names.
      </p>
    </Section>
  )
}

function Choice({ label, isChosen, onChoose }: { label: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label>
      <input type="radio" name="zone" checked={isChosen} onChange={onChoose} />
      {label}
    </label>
  )
}

function ZoneList({ chosen, onPick }: { chosen: string; onPick: (zone: string) => void }) {
  const [zones] = useState(() => zoneNames().slice(1))
  const inUse = zones.filter((zone) => zone === chosen)
  return (
    <div className="settings-zones">
      <PickList
        label="Fixed zone"
        placeholder="Search: Berlin, Tokyo, America…"
        items={[...inUse, ...zones.filter((zone) => zone !== chosen)].map((zone) => ({
          id: zone,
          text: zone,
          selected: zone === chosen,
        }))}
        onPick={onPick}
      />
    </div>
  )
}

function About() {
  const summary = useAnswer('workspace.summary', {}).value
  if (!summary) return null
  return (
    <Section title="About">
      <dl className="facts">
        <dt>Version</dt>
        <dd>Recount {summary.version}</dd>
        <dt>Workspace</dt>
        <dd>
          <Shown text={summary.name} />
        </dd>
        <dt>Folder</dt>
        <dd className="mono">
          <Shown text={summary.folder} />
        </dd>
        <dt>Kept</dt>
        <dd>{summary.encrypted ? 'encrypted' : 'not encrypted: files are readable by their owner alone'}</dd>
      </dl>
    </Section>
  )
}
