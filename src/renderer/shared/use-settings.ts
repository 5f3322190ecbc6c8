import { useContext, useMemo } from 'react'
import type { Instant } from '../../domain'
import { SettingsContext, type SettingsUse } from './SettingsProvider'
import type { ShownPrecision } from './zoned-time'

export function useSettings(): SettingsUse {
  const use = useContext(SettingsContext)
  if (!use) throw new Error('useSettings needs a SettingsProvider')
  return use
}

export type ZoneUse = {
  /** IANA name of the zone that times are shown in. */
  zone: string
  /** Text without the zone's name, to seconds unless told. */
  format: (at: Instant, precision?: ShownPrecision) => string
  /** Name to put beside times. */
  label: string
  /** Between UTC and the zone shown before, the computer's own at first. */
  toggle: () => void
}

export function useZone(): ZoneUse {
  const { zone, toggleZone } = useSettings()
  return useMemo(() => ({ ...zone, toggle: toggleZone }), [zone, toggleZone])
}
