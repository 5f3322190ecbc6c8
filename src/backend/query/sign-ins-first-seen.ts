import type { FirstSeenSource, FirstSeenSources, SignInSummary } from '../../contract'
import type { Instant, TimeRange } from '../../domain'
import type { RowCursor } from '../store'
import { addressBlock } from './address-block'
import { FoldedTexts } from './sign-ins-fold'

const DAY = 86_400_000
/** A user with fewer sign-ins before, or over a shorter time, has no habits yet that a new source could break. */
const LEAST = { logins: 10, days: 14 }
/** How long a source is remembered. */
const DAYS = 90
/** Rows that are told one by one. */
const MOST_ROWS = 200
/** More than there are different users or blocks. */
const SIDE = 2 ** 26

type User = { logins: number; since: Instant }
/** `at` is the row in the view of all sign-ins that worked. */
type Entry = { at: number; time: Instant; earlier: number; since: Instant }

export type FirstSeenPage = { range: TimeRange; early: boolean; at: number; count: number }

/** Sign-ins that worked from where their user was not seen before, in all that is held. */
export class FirstSeen {
  readonly #users = new FoldedTexts(['actorName', 'actorEmail', 'actorId'])
  readonly #ofUser: User[] = []
  /** By the number of the address. */
  readonly #blocks: number[] = []
  readonly #blockNames = new Map<string, number>()
  /** When a user last signed in from a block. */
  readonly #last = new Map<number, Instant>()
  readonly #entries: Entry[] = []

  /** The sign-in that the cursor stands at; ascending in time. */
  add(cursor: RowCursor, at: number): void {
    const user = this.#users.of(cursor)
    if (user === 0) return
    const { time } = cursor
    const known = (this.#ofUser[user] ??= { logins: 0, since: time })
    const block = this.#blockOf(cursor)
    if (block !== 0) {
      const place = user * SIDE + block
      const last = this.#last.get(place)
      this.#last.set(place, time)
      if (last === undefined || time - last > DAYS * DAY) this.#entries.push({ at, time, earlier: known.logins, since: known.since })
    }
    known.logins += cursor.number('repeat') ?? 1
  }

  /** `cursor` is over the same rows. */
  within(range: TimeRange, cursor: RowCursor): SignInSummary['firstSeen'] {
    const first = { at: 0, count: MOST_ROWS }
    const begun = this.#ofUser.filter(({ since }) => since >= range.from && since < range.to).length
    const [known, early] = [this.page({ range, early: false, ...first }, cursor), this.page({ range, early: true, ...first }, cursor)]
    return { known, early, begun, least: LEAST, days: DAYS }
  }

  /** Some of them, newest first. */
  page({ range, early, at, count }: FirstSeenPage, cursor: RowCursor): FirstSeenSources {
    const wanted = this.#entries.filter((entry) => entry.time >= range.from && entry.time < range.to && (early ? entry.earlier > 0 && !isTelling(entry) : isTelling(entry)))
    const rows = wanted.toReversed().slice(at, at + count)
    return { total: wanted.length, rows: rows.map((entry) => this.#row(entry, cursor)) }
  }

  #row({ at, time, earlier, since }: Entry, cursor: RowCursor): FirstSeenSource {
    cursor.to(at)
    const address = cursor.text('ip') ?? ''
    return {
      key: cursor.key(),
      time,
      user: this.#users.name(this.#users.of(cursor)) ?? '',
      address,
      block: addressBlock(address),
      machine: cursor.text('machineName') ?? cursor.text('machineId') ?? null,
      earlier,
      since,
    }
  }

  #blockOf(cursor: RowCursor): number {
    const code = cursor.code('ip')
    return code === 0 ? 0 : (this.#blocks[code] ??= this.#blockNamed(addressBlock(cursor.text('ip') ?? '')))
  }

  #blockNamed(name: string): number {
    const block = this.#blockNames.get(name) ?? this.#blockNames.size + 1
    this.#blockNames.set(name, block)
    return block
  }
}

function isTelling({ earlier, time, since }: Entry): boolean {
  return earlier >= LEAST.logins && time - since >= LEAST.days * DAY
}
