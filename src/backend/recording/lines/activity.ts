import type { EventKind } from '../model'

/** The duration is shown in this many parts. */
export const ACTIVITY_PARTS = 1000
/** Seconds without output and input that count as idle. */
export const IDLE_SECONDS = 2
const FINE_PARTS = 4096
/** Width of a fine part before the first doubling, in seconds. */
const FIRST_WIDTH = 1 / 1024
/** Of each kind; a recording with more is damaged or made to be. */
const MOST_LISTED = 20_000

/** All times in seconds since the start. */
export type ActivitySummary = {
  duration: number
  /** Bytes in each of `ACTIVITY_PARTS` equal parts of the duration. */
  output: Float64Array
  input: Float64Array
  idle: { from: number; to: number }[]
  resizes: { at: number; cols: number; rows: number }[]
  /** Something is missing in the recording, and what it says of that. */
  gaps: { at: number; text: string }[]
}

export type ActivityEvent = { time: number; kind: EventKind; payload: Uint8Array }

/** How much happened when, known at any time while events arrive in order of time. */
export class Activity {
  readonly #output = new Float64Array(FINE_PARTS)
  readonly #input = new Float64Array(FINE_PARTS)
  readonly #idle: { from: number; to: number }[] = []
  readonly #resizes: { at: number; cols: number; rows: number }[] = []
  readonly #gaps: { at: number; text: string }[] = []
  #width = FIRST_WIDTH
  #last = 0
  #duration = 0

  add({ time, kind, payload }: ActivityEvent): void {
    if (!(time >= 0 && Number.isFinite(time))) return
    this.#duration = Math.max(this.#duration, time)
    if (kind === 'output') this.#count(this.#output, time, payload.length)
    else if (kind === 'input') this.#count(this.#input, time, payload.length)
    else if (kind === 'resize') this.#resize(time, payload)
    else if (kind === 'skipped') list(this.#gaps, { at: time, text: text(payload, 500) })
  }

  summary(): ActivitySummary {
    const idle = [...this.#idle]
    if (this.#duration - this.#last > IDLE_SECONDS) list(idle, { from: this.#last, to: this.#duration })
    return {
      duration: this.#duration,
      output: this.#parts(this.#output),
      input: this.#parts(this.#input),
      idle,
      resizes: [...this.#resizes],
      gaps: [...this.#gaps],
    }
  }

  #count(parts: Float64Array, time: number, bytes: number): void {
    if (time - this.#last > IDLE_SECONDS) list(this.#idle, { from: this.#last, to: time })
    this.#last = Math.max(this.#last, time)
    while (time >= this.#width * FINE_PARTS) this.#widen()
    const part = Math.floor(time / this.#width)
    parts[part] = (parts[part] ?? 0) + bytes
  }

  #resize(time: number, payload: Uint8Array): void {
    const size = /^(\d{1,4})x(\d{1,4})$/.exec(text(payload, 20))
    if (size !== null) list(this.#resizes, { at: time, cols: Number(size[1]), rows: Number(size[2]) })
  }

  #widen(): void {
    this.#width *= 2
    for (const parts of [this.#output, this.#input]) {
      for (let part = 0; part < FINE_PARTS; part++) {
        const low = part * 2
        parts[part] = low < FINE_PARTS ? (parts[low] ?? 0) + (parts[low + 1] ?? 0) : 0
      }
    }
  }

  /** Whole bytes, and as many in all as were counted; a fine part that lies over an edge is divided. */
  #parts(fine: Float64Array): Float64Array {
    const parts = new Float64Array(ACTIVITY_PARTS)
    const step = this.#duration / ACTIVITY_PARTS / this.#width
    let before = 0
    let sum = 0
    let read = 0
    for (let part = 0; part < ACTIVITY_PARTS; part++) {
      const end = part === ACTIVITY_PARTS - 1 ? FINE_PARTS : (part + 1) * step
      while (read < Math.floor(end)) sum += fine[read++] ?? 0
      const upTo = Math.round(sum + (fine[read] ?? 0) * (end - Math.floor(end)))
      parts[part] = upTo - before
      before = upTo
    }
    return parts
  }
}

function text(payload: Uint8Array, most: number): string {
  return new TextDecoder().decode(payload.subarray(0, most))
}

function list<T>(items: T[], item: T): void {
  if (items.length < MOST_LISTED) items.push(item)
}
