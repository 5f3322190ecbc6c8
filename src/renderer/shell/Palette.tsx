import { useState } from 'react'
import { seesAll } from '../../domain'
import { useAddress } from '../address'
import { useConnect } from '../connect'
import { useImport } from '../import'
import { Dialog, PickList, type PickItem, matchWords, useSettings, zoneNames } from '../shared'
import { useServers, useSync } from '../sync'
import { useWorkspace } from './workspace'
import './palette.css'

type Action = PickItem & { run: () => void }

const ZONE = 'zone-'

export function Palette({ onClose, onShow }: { onClose: () => void; onShow: (overlay: 'keys' | 'verify') => void }) {
  const actions = useActions(onShow)
  const { go } = useAddress()
  const { settings, change } = useSettings()
  const [zones] = useState(() => zoneNames().slice(1))
  const pick = (id: string, typed: string) => {
    onClose()
    if (id === 'search') go({ screen: 'timeline', query: typed.trim() })
    else if (id.startsWith(ZONE)) change({ zone: id.slice(ZONE.length) })
    else actions.find((action) => action.id === id)?.run()
  }
  const more = (typed: string): PickItem[] => {
    if (typed.trim() === '') return []
    const found = zones.filter((zone) => matchWords(zoneWords(zone), typed))
    return [
      ...found.map((zone) => ({ id: ZONE + zone, text: zoneWords(zone), selected: zone === settings.zone })),
      { id: 'search', text: `Look for “${typed.trim()}” on the timeline`, hint: 'query' },
    ]
  }
  return (
    <Dialog title="Jump to anything" onClose={onClose}>
      <div className="palette">
        <PickList
          label="Jump to anything"
          placeholder="A screen, a setting, or words to look for"
          items={actions}
          onPick={pick}
          more={more}
          autoFocus
        />
      </div>
    </Dialog>
  )
}

function useActions(onShow: (overlay: 'keys' | 'verify') => void): Action[] {
  const { go } = useAddress()
  const { choose } = useImport()
  const { connect } = useConnect()
  const servers = useServers()
  const { start, openSample } = useSync()
  const { settings, change } = useSettings()
  const { connections } = useWorkspace()
  const appearance = (name: 'system' | 'dark' | 'light'): Action => ({
    id: `appearance-${name}`,
    text: `Appearance: ${name}`,
    selected: settings.appearance === name,
    run: () => change({ appearance: name }),
  })
  const zone = (name: string): Action => ({
    id: ZONE + name,
    text: zoneWords(name),
    selected: settings.zone === name,
    run: () => change({ zone: name }),
  })
  return [
    { id: 'timeline', text: 'Timeline', hint: 'screen', run: () => go({ screen: 'timeline' }) },
    ...(seesAll(connections) ? [{ id: 'sessions', text: 'Sessions', hint: 'screen', run: () => go({ screen: 'sessions' }) }] : []),
    { id: 'my-sessions', text: 'My sessions', hint: 'screen', run: () => go({ screen: 'my-sessions' }) },
    ...(seesAll(connections)
      ? [
          { id: 'approvals', text: 'Approvals', hint: 'screen', run: () => go({ screen: 'approvals' }) },
          { id: 'access', text: 'Access', hint: 'screen', run: () => go({ screen: 'access' }) },
        ]
      : []),
    { id: 'sign-ins', text: 'Sign-ins', hint: 'screen', run: () => go({ screen: 'sign-ins' }) },
    { id: 'detections', text: 'Detections', hint: 'screen', run: () => go({ screen: 'detections' }) },
    { id: 'marked', text: 'Marked events', hint: 'is:marked', run: () => go({ screen: 'timeline', query: 'is:marked', range: null }) },
    { id: 'commented', text: 'Events with comments', hint: 'has:comment', run: () => go({ screen: 'timeline', query: 'has:comment', range: null }) },
    { id: 'notebooks', text: 'Notebooks', hint: 'screen', run: () => go({ screen: 'notebooks' }) },
    { id: 'reports', text: 'Reports', hint: 'screen', run: () => go({ screen: 'reports' }) },
    { id: 'sources', text: 'Sources & coverage', hint: 'screen', run: () => go({ screen: 'sources' }) },
    { id: 'settings', text: 'Settings', hint: 'screen', run: () => go({ screen: 'settings' }) },
    { id: 'connect', text: 'Connect a server', run: connect },
    ...(servers.length > 0 ? [{ id: 'sync', text: 'Sync now', hint: syncHint(servers.length), run: () => start({}) }] : []),
    { id: 'sample', text: 'Explore the sample workspace', run: openSample },
    { id: 'import-files', text: 'Import files', run: () => choose('files') },
    { id: 'import-folder', text: 'Import a folder', run: () => choose('folder') },
    { id: 'verify', text: 'Verify a sealed bundle', run: () => onShow('verify') },
    { id: 'keys', text: 'Keyboard', hint: '?', run: () => onShow('keys') },
    appearance('system'),
    appearance('dark'),
    appearance('light'),
    zone('UTC'),
    zone('local'),
  ]
}

function syncHint(servers: number): string {
  return servers === 1 ? '1 server' : `${servers} servers`
}

function zoneWords(zone: string): string {
  return zone === 'local' ? 'Times in the zone of this computer' : `Times in ${zone}`
}
