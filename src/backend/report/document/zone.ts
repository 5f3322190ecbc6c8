import { BackendFault } from '../../../contract'
import { formatInstant, type Instant } from '../../../domain'

/** Writes times as a clock of one zone shows them. */
export type ZoneClock = {
  /** IANA name. */
  zone: string
  /** `2026-02-06 02:58:41`, with `+01:00` behind it where the zone is not UTC. */
  seconds(at: Instant): string
  /** The same with milliseconds. */
  exact(at: Instant): string
}

/** Throws `bad-ask` for a zone that is not known here. */
export function zoneClock(name: string): ZoneClock {
  const zone = zoneNamed(name)
  if (zone === 'UTC') return { zone, seconds: (at) => utc(at).slice(0, 19), exact: utc }
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const written = (at: Instant, millis: string) => {
    if (!isShown(at)) return String(at)
    const found: Record<string, string> = {}
    for (const { type, value } of parts.formatToParts(at)) found[type] = value
    const offset = (found['timeZoneName'] ?? '').replace(/^GMT$/, '+00:00').replace('GMT', '')
    return `${(found['year'] ?? '').padStart(4, '0')}-${found['month']}-${found['day']} ${found['hour']}:${found['minute']}:${found['second']}${millis}${offset}`
  }
  return { zone, seconds: (at) => written(at, ''), exact: (at) => written(at, `.${utc(at).slice(-3)}`) }
}

function zoneNamed(name: string): string {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions()
    return timeZone === 'Etc/UTC' || timeZone === 'Etc/GMT' || timeZone === 'GMT' ? 'UTC' : timeZone
  } catch {
    throw new BackendFault({ code: 'bad-ask', message: `There is no time zone ${name}.` })
  }
}

/** The first and last instant that a Date can hold. */
const FAR = 8_640_000_000_000_000

function isShown(at: Instant): boolean {
  return Number.isInteger(at) && Math.abs(at) <= FAR
}

function utc(at: Instant): string {
  return isShown(at) ? formatInstant(at).replace('T', ' ').slice(0, -1) : String(at)
}
