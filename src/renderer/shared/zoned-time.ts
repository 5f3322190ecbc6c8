import type { Instant } from '../../domain'

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
  const zone = resolveZone(setting)
  const print = zone === 'UTC' ? printUtc : zonedPrinter(zone)
  return {
    zone,
    label: zone,
    format: (at, precision = 's') => (Number.isFinite(at) ? print(at).slice(0, LENGTH[precision]) : ''),
  }
}

export function resolveZone(setting: string): string {
  const wanted = setting === 'local' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : setting
  try {
    const zone = new Intl.DateTimeFormat('en-US', { timeZone: wanted }).resolvedOptions().timeZone
    return zone === 'Etc/UTC' || zone === 'Etc/GMT' ? 'UTC' : zone
  } catch {
    return 'UTC'
  }
}

function printUtc(at: Instant): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, -1)
}

function zonedPrinter(zone: string): (at: Instant) => string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (at) => {
    const found: Record<string, string> = {}
    for (const { type, value } of parts.formatToParts(at)) found[type] = value
    const millis = String(((at % 1000) + 1000) % 1000).padStart(3, '0')
    const year = (found['year'] ?? '').padStart(4, '0')
    return `${year}-${found['month']}-${found['day']} ${found['hour']}:${found['minute']}:${found['second']}.${millis}`
  }
}
