import { type ReactNode, createContext, useCallback, useEffect, useMemo, useState } from 'react'
import type { Settings } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { type ZoneFormat, zoneFormat } from './zoned-time'

export type SettingsUse = {
  settings: Settings
  zone: ZoneFormat
  change: (change: Partial<Settings>) => void
  toggleZone: () => void
}

export const DEFAULT_SETTINGS: Settings = { appearance: 'system', zone: 'UTC', syncMinutes: 5, me: [], production: '', notifyLevel: 'off', stampUrl: '', stampCaFile: '', stampProxy: '' }

export const SettingsContext = createContext<SettingsUse | null>(null)

/** Holds appearance and zone for the whole page; a change shows at once and is kept by the backend. */
export function SettingsProvider({ children }: { children: ReactNode }) {
  const backend = useBackend()
  const kept = useAnswer('settings.get', {}).value
  const [pending, setPending] = useState<Partial<Settings>>({})
  const [otherZone, setOtherZone] = useState('local')
  const settings = useMemo(() => ({ ...DEFAULT_SETTINGS, ...kept, ...pending }), [kept, pending])
  const zone = useMemo(() => zoneFormat(settings.zone), [settings.zone])

  const change = useCallback(
    (change: Partial<Settings>) => {
      setPending((before) => ({ ...before, ...change }))
      // A workspace that cannot be written keeps the choice for as long as the page is open.
      backend.call('settings.set', change).catch(() => undefined)
    },
    [backend],
  )
  const toggleZone = useCallback(() => {
    if (settings.zone !== 'UTC') setOtherZone(settings.zone)
    change({ zone: settings.zone === 'UTC' ? otherZone : 'UTC' })
  }, [change, otherZone, settings.zone])

  useEffect(() => {
    const root = document.documentElement
    if (settings.appearance === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = settings.appearance
  }, [settings.appearance])

  const use = useMemo(() => ({ settings, zone, change, toggleZone }), [settings, zone, change, toggleZone])
  return <SettingsContext value={use}>{children}</SettingsContext>
}
