import { formatInstant, type Instant } from '../../domain'

const DAY = 86_400_000
/** From the hour to the zone. */
const CLOCK = '00:00:00.000Z'.length
const TWO_DIGITS: readonly string[] = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))

/** The same texts as `formatInstant`, sooner for times of one day. */
export class InstantTexts {
  #day = Number.NaN
  #date = ''

  of(at: Instant): string {
    if (!Number.isInteger(at)) return formatInstant(at)
    const day = Math.floor(at / DAY)
    if (day !== this.#day) {
      this.#date = formatInstant(day * DAY).slice(0, -CLOCK)
      this.#day = day
    }
    const clock = at - day * DAY
    const seconds = Math.floor(clock / 1000)
    const minutes = Math.floor(seconds / 60)
    const hours = Math.floor(minutes / 60)
    const milliseconds = clock - seconds * 1000
    const fraction = milliseconds === 0 ? '000' : String(milliseconds).padStart(3, '0')
    return `${this.#date}${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes - hours * 60]}:${TWO_DIGITS[seconds - minutes * 60]}.${fraction}Z`
  }
}
