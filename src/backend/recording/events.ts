import type { Damage } from '../../domain'
import { EVENT_KINDS, MOST_COLS, MOST_ROWS, type EventColumns, type EventKind, type EventSink } from './model'

/** How much of one recording is kept. */
export type EventLimits = { events: number; /** Of all payloads together. */ bytes: number }
export const EVENT_LIMITS: EventLimits = { events: 5_000_000, bytes: 2 ** 30 }
/** Ten years. A later time is damage: moments are added to dates, and one wild number would stretch every timeline. */
export const MOST_SECONDS = 10 * 365.25 * 86_400
/** A file of nothing but damage must not fill the memory with reports. */
export const MOST_DAMAGE_KEPT = 1000

/** `first` is cut at `MOST_DAMAGE_KEPT`; `total` counts all. */
export type DamageList = { total: number; first: Damage[] }

/** Events as they are read from a file. What exceeds the limits is left out from there on, which is told once. */
export class RecordedEvents implements EventSink {
  readonly damages: DamageList = { total: 0, first: [] }
  /** Share of the input that is read, 0..1. */
  progressed = 0
  readonly #limits: EventLimits
  #full = false
  #count = 0
  #length = 0
  #outputBytes = 0
  #last = 0
  #times = new Float64Array(1024)
  #kinds = new Uint8Array(1024)
  #offsets = new Float64Array(1025)
  #bytes = new Uint8Array(65_536)

  constructor(limits: EventLimits = EVENT_LIMITS) {
    this.#limits = limits
  }

  /** Nothing is added any more: reading on finds damage only. */
  get full(): boolean {
    return this.#full
  }

  /** The events so far. A view: ask again after reading on. */
  get columns(): EventColumns {
    return {
      count: this.#count,
      times: this.#times.subarray(0, this.#count),
      kinds: this.#kinds.subarray(0, this.#count),
      offsets: this.#offsets.subarray(0, this.#count + 1),
      bytes: this.#bytes.subarray(0, this.#length),
      outputBytes: this.#outputBytes,
    }
  }

  add(time: number, kind: EventKind, payload: Uint8Array): void {
    if (this.#full || this.#exceeds(payload.length)) return
    this.#makeRoom(payload.length)
    this.#last = this.#clamped(time)
    this.#times[this.#count] = this.#last
    this.#kinds[this.#count] = EVENT_KINDS.indexOf(kind)
    this.#bytes.set(payload, this.#length)
    this.#length += payload.length
    if (kind === 'output') this.#outputBytes += payload.length
    this.#count++
    this.#offsets[this.#count] = this.#length
  }

  damage(damage: Damage): void {
    this.damages.total++
    if (this.damages.first.length < MOST_DAMAGE_KEPT) this.damages.first.push(damage)
  }

  progress(share: number): void {
    this.progressed = share
  }

  #exceeds(bytes: number): boolean {
    const { events, bytes: most } = this.#limits
    if (this.#count < events && this.#length + bytes <= most) return false
    const limit = this.#count < events ? `${most.toLocaleString('en')} bytes` : `${events.toLocaleString('en')} events`
    const reason = `more than ${limit}: this and everything after it is left out`
    this.damage({ at: `event ${this.#count + 1}`, reason })
    this.#full = true
    return true
  }

  #clamped(time: number): number {
    if (time >= this.#last && time <= MOST_SECONDS) return time
    const why = Number.isNaN(time)
      ? 'the time is not a number'
      : time < this.#last
        ? `the time goes back from ${shown(this.#last)} s to ${shown(time)} s`
        : `the time ${shown(time)} s is beyond ten years`
    this.damage({ at: `event ${this.#count + 1}`, reason: `${why}: taken as ${shown(this.#last)} s` })
    return this.#last
  }

  #makeRoom(bytes: number): void {
    if (this.#count === this.#times.length) {
      const room = Math.min(this.#limits.events, this.#count * 2)
      this.#times = moved(this.#times, new Float64Array(room))
      this.#kinds = moved(this.#kinds, new Uint8Array(room))
      this.#offsets = moved(this.#offsets, new Float64Array(room + 1))
    }
    const needed = this.#length + bytes
    if (needed > this.#bytes.length) {
      const room = Math.min(this.#limits.bytes, Math.max(needed, this.#bytes.length * 2))
      this.#bytes = moved(this.#bytes, new Uint8Array(room))
    }
  }
}

/** To the microsecond: sums of delays have more digits than any of them. */
function shown(seconds: number): string {
  return String(Math.round(seconds * 1e6) / 1e6)
}

function moved<T extends Float64Array | Uint8Array>(from: T, into: T): T {
  into.set(from)
  return into
}

export type Size = { cols: number; rows: number }

/** A size that a screen can have, clamped to the largest; null where these are not two whole numbers above 0. */
export function sizeOf(cols: unknown, rows: unknown): Size | null {
  if (typeof cols !== 'number' || typeof rows !== 'number') return null
  if (!Number.isInteger(cols) || !Number.isInteger(rows) || cols < 1 || rows < 1) return null
  return { cols: Math.min(cols, MOST_COLS), rows: Math.min(rows, MOST_ROWS) }
}

/** The payload of a resize: `COLSxROWS`. */
export function sizePayload(size: Size): Uint8Array {
  return new TextEncoder().encode(`${size.cols}x${size.rows}`)
}
