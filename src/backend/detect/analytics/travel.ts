import type { Instant } from '../../../domain'
import type { Episode } from '../correlate/episodes'
import { rowOf, type Input } from '../correlate/input'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { headOf, type Detector, type RunningDetector } from './detector'
import { episodeOf, type Place } from './moments'

/** Where an address is, as far as a database of addresses says. */
export type Whereabouts = { country: string | null; latitude: number | null; longitude: number | null }
export type PlaceOf = (address: string) => Whereabouts | null

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SUCCEEDED = 'auth.succeeded'
/** Kilometres an hour of an airliner. */
const FASTEST = 900
/** Kilometres: nearer places are told apart too badly. At one instant less is enough. */
const FAR = { moving: 500, atOnce: 50 }
/** Without coordinates: nobody is in another country so soon, but at a border. */
const BORDER = HOUR
/** No two places on earth are so far apart that the way between them takes longer. */
const LONGEST = 24 * HOUR
const EARTH_KM = 6371

const user = fieldNamed('actor')
const ip = fieldNamed('src_ip')

/** Takes the place of the form without a map where a database of addresses says where they are. */
export function travelDetector(placeOf: PlaceOf): Detector {
  return {
    head: headOf({
      id: 'auth.impossible_travel',
      title: 'One user signs in from places too far apart',
      description:
        'Two sign-ins of a user one after the other that worked, over 500 km apart and faster than 900 km/h, or over 50 km apart at one ' +
        'instant, by the database of addresses. Where that knows countries alone: from two of them within an hour. Databases err, and ' +
        'addresses of VPNs and mobile networks are not where their users are. Service accounts are left out.',
      level: 'medium',
    }),
    rules: [SUCCEEDED],
    timespanMs: LONGEST,
    start: (found) => new Travel(placeOf, found),
  }
}

type SignIn = Place & { ip: string; where: Whereabouts }

class Travel implements RunningDetector {
  readonly #placeOf: PlaceOf
  readonly #found: (episode: Episode) => void
  /** The last one by user. */
  readonly #last = new Map<string, SignIn>()
  #swept: Instant = 0

  constructor(placeOf: PlaceOf, found: (episode: Episode) => void) {
    this.#placeOf = placeOf
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) if (input.rules.includes(SUCCEEDED)) this.#signIn(input, rowOf(input, row))
    const time = inputs[0]?.time ?? 0
    if (time - this.#swept > HOUR) this.#sweep(time)
  }

  end(): void {}

  copy(found: (episode: Episode) => void): Travel {
    const copy = new Travel(this.#placeOf, found)
    for (const [who, signIn] of this.#last) copy.#last.set(who, signIn)
    copy.#swept = this.#swept
    return copy
  }

  #signIn({ time, at }: Input, row: EventRow): void {
    const who = user.first(row)?.toLowerCase()
    const from = ip.first(row)?.toLowerCase()
    if (who === undefined || from === undefined || row.text('actorKind') === 'service') return
    const before = this.#last.get(who)
    // The common case costs no look at the database.
    const where = before?.ip === from ? before.where : this.#placeOf(from)
    if (!where) return
    const here = { time, at, ip: from, where }
    this.#last.set(who, here)
    const why = before && before.ip !== from ? whyOf(before, here) : null
    if (before && why !== null) this.#found(episodeOf([before, here], [who], { value: 2, why }))
  }

  #sweep(time: Instant): void {
    this.#swept = time
    for (const [who, last] of this.#last) if (time - last.time > LONGEST) this.#last.delete(who)
  }
}

/** Null where somebody can have made the way. */
function whyOf(a: SignIn, b: SignIn): string | null {
  const passed = b.time - a.time
  const told = `from ${a.ip} (${a.where.country ?? 'no country'}) and ${Math.round(passed / MINUTE)} minutes later from ${b.ip} (${b.where.country ?? 'no country'})`
  const km = distance(a.where, b.where)
  if (km === null) {
    const isAbroad = a.where.country !== null && b.where.country !== null && a.where.country !== b.where.country
    return isAbroad && passed <= BORDER ? told : null
  }
  if (passed === 0) return km > FAR.atOnce ? `${told}: ${rounded(km)} km apart at one instant` : null
  const speed = km / (passed / HOUR)
  return km > FAR.moving && speed > FASTEST ? `${told}: ${rounded(km)} km, ${rounded(speed)} km/h` : null
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Kilometres along the great circle (haversine); null where a place is not known. */
function distance(a: Whereabouts, b: Whereabouts): number | null {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return null
  const radians = Math.PI / 180
  const [north, east] = [((b.latitude - a.latitude) * radians) / 2, ((b.longitude - a.longitude) * radians) / 2]
  const h = Math.sin(north) ** 2 + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * Math.sin(east) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}
