import { clockIn, type Instant, settingZone } from '../../domain'

export type ShownPrecision = 's' | 'ms' | 'us' | 'min' | 'date'

export type ZoneFormat = {
  /** IANA name. */
  zone: string
  /** `2026-02-06 02:58:41.207`, cut to the precision. Instants hold milliseconds, so `us` shows no more than `ms`. */
  format: (at: Instant, precision?: ShownPrecision) => string
  label: string
}

const LENGTH: Record<ShownPrecision, number> = { date: 10, min: 16, s: 19, ms: 23, us: 23 }

/** `setting` is `UTC`, `local` or an IANA name; a name that is not known here counts as UTC. */
export function zoneFormat(setting: string): ZoneFormat {
  const zone = settingZone(setting)
  const print = clockIn(zone)
  return {
    zone,
    label: zone,
    format: (at, precision = 's') => (Number.isFinite(at) ? print(at).slice(0, LENGTH[precision]) : ''),
  }
}
