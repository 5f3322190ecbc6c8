import { BackendFault } from '../../../contract'
import { clockIn, type Instant, knownZone, writtenOffset } from '../../../domain'

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
  const zone = knownZone(name)
  if (zone === null) throw new BackendFault({ code: 'bad-ask', message: `There is no time zone ${name}.` })
  const clock = clockIn(zone)
  const written = (at: Instant, length: number) => {
    if (!isShown(at)) return String(at)
    const text = clock(at)
    return `${text.slice(0, length)}${zone === 'UTC' ? '' : writtenOffset(text, at)}`
  }
  return { zone, seconds: (at) => written(at, SECONDS), exact: (at) => written(at, EXACT) }
}

const SECONDS = '2026-02-06 02:58:41'.length
const EXACT = '2026-02-06 02:58:41.207'.length

/** The first and last instant that a Date can hold. */
const FAR = 8_640_000_000_000_000

function isShown(at: Instant): boolean {
  return Number.isInteger(at) && Math.abs(at) <= FAR
}
