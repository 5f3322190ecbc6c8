import type { Instant } from '../../domain'
import type { EventIndex } from './event-index'

/** What is learned of rows beside their records. Rows are told by their order of arrival in the journal. */
export type RowNews = {
  /** Two states of one record, one after the other. */
  revised?: [newer: number, older: number][]
  /** Came at a time that had been called complete; when that was seen. */
  late?: [row: number, at: Instant][]
  /** Not given any more by the server of the connection whose news these are. */
  vanished?: [row: number, at: Instant][]
  /** Given again. */
  returned?: number[]
  /** One command in an audit list and in a machine's log. */
  same?: [listed: number, logged: number][]
}

/** What was learned of held rows after they arrived. What every scan asks for stands in the index's flags. */
export class RowFacts {
  readonly late = new Map<number, Instant>()
  /** By row, then by connection. */
  readonly vanished = new Map<number, Map<number, Instant>>()
  /** The row in the machine's log of one in an audit list. */
  readonly logged = new Map<number, number>()
  readonly #listed = new Map<number, number>()
  readonly #index: EventIndex
  readonly #older = new Map<number, number>()
  readonly #newer = new Map<number, number>()

  constructor(index: EventIndex) {
    this.#index = index
  }

  /** Earlier states of a row, newest first. */
  earlier(row: number): number[] {
    const rows: number[] = []
    for (let at = this.#older.get(row); at !== undefined; at = this.#older.get(at)) rows.push(at)
    return rows
  }

  hasEarlier(row: number): boolean {
    return this.#older.has(row)
  }

  newest(row: number): number {
    let newest = row
    for (let at = this.#newer.get(row); at !== undefined; at = this.#newer.get(at)) newest = at
    return newest
  }

  /** Every two states that follow each other. */
  pairs(): Iterable<[newer: number, older: number]> {
    return this.#older
  }

  /** The row that tells the same in another list. */
  sameAs(row: number): number | undefined {
    return this.logged.get(row) ?? this.#listed.get(row)
  }

  /** Puts `older`, and what is earlier than it, right before `newer`; what stood there comes before them. */
  revise(newer: number, older: number): void {
    const next = this.#older.get(newer)
    if (next !== undefined) this.#chain(this.earlier(older).at(-1) ?? older, next)
    this.#chain(newer, older)
    const late = this.late.get(older)
    if (late !== undefined) this.late.set(newer, late)
    this.#moveLink(older, newer)
    for (const [connection, at] of this.vanished.get(older) ?? []) this.vanish(newer, connection, at)
  }

  vanish(row: number, connection: number, at: Instant): void {
    const by = this.vanished.get(row) ?? new Map<number, Instant>()
    this.vanished.set(row, by.set(connection, at))
  }

  isVanished(row: number, connection: number): boolean {
    return this.vanished.get(row)?.has(connection) ?? false
  }

  giveAgain(row: number, connection: number): void {
    const by = this.vanished.get(row)
    by?.delete(connection)
    if (by?.size === 0) this.vanished.delete(row)
  }

  linkSame(listed: number, logged: number): void {
    this.logged.set(listed, logged)
    this.#listed.set(logged, listed)
    this.#index.setDoubled(listed, true)
  }

  /** Forgets a connection and all that nobody holds any more; a state before one that is gone takes its place. */
  forget(connection: number, isAlive: (row: number) => boolean): void {
    for (const row of this.vanished.keys()) this.giveAgain(row, connection)
    const known = [...this.#older.keys(), ...this.#newer.keys(), ...this.late.keys(), ...this.vanished.keys()]
    for (const row of new Set([...known, ...this.logged.keys(), ...this.#listed.keys()])) if (!isAlive(row)) this.#drop(row)
  }

  #chain(newer: number, older: number): void {
    this.#older.set(newer, older)
    this.#newer.set(older, newer)
    this.#index.setEarlier(older, true)
  }

  #drop(row: number): void {
    const [newer, older] = [this.#newer.get(row), this.#older.get(row)]
    this.#newer.delete(row)
    this.#older.delete(row)
    this.late.delete(row)
    this.vanished.delete(row)
    if (newer !== undefined) this.#older.delete(newer)
    if (older !== undefined) {
      this.#newer.delete(older)
      this.#moveLink(row, older)
      if (newer === undefined) this.#index.setEarlier(older, false)
      else this.#chain(newer, older)
    }
    this.#unlink(row)
  }

  #moveLink(from: number, to: number): void {
    const [logged, listed] = [this.logged.get(from), this.#listed.get(from)]
    this.#unlink(from)
    if (logged !== undefined) this.linkSame(to, logged)
    if (listed !== undefined) this.linkSame(listed, to)
  }

  #unlink(row: number): void {
    const [logged, listed] = [this.logged.get(row), this.#listed.get(row)]
    if (logged !== undefined) this.#listed.delete(logged)
    if (listed !== undefined) {
      this.logged.delete(listed)
      this.#index.setDoubled(listed, false)
    }
    if (logged !== undefined) this.#index.setDoubled(row, false)
    this.logged.delete(row)
    this.#listed.delete(row)
  }
}
