import { BATCH_LIMITS } from './lines/batch-limits'
import { EVENT_KINDS, type EventColumns, type EventKind } from './model'

/** Events that go to the screen as one: a resize alone, or output of a short while with what lies between. */
export type Run = {
  isResize: boolean
  from: number
  /** Not included. */
  to: number
  /** Seconds, of its last event. */
  time: number
  /** Of all its output, or of the resize. */
  bytes: Uint8Array
}

/** Of one run: nothing is shown, nor anybody else served, before its end. */
const MOST_EVENTS = 4096

const LINE_FEED = 0x0a
const OUTPUT = EVENT_KINDS.indexOf('output')
const RESIZE = EVENT_KINDS.indexOf('resize')

export function kindAt({ kinds }: EventColumns, event: number): EventKind {
  return EVENT_KINDS[kinds[event] ?? -1] ?? 'other'
}

export function payloadAt({ bytes, offsets }: EventColumns, event: number): Uint8Array {
  return bytes.subarray(offsets[event], offsets[event + 1])
}

/** The run that begins at `from` and ends before `until`; null where there is none. */
export function nextRun(columns: EventColumns, from: number, until: number): Run | null {
  if (from >= until) return null
  const { kinds, times } = columns
  if (kinds[from] === RESIZE) {
    return { isResize: true, from, to: from + 1, time: times[from] ?? 0, bytes: payloadAt(columns, from) }
  }
  const latest = (times[from] ?? 0) + BATCH_LIMITS.seconds
  const end = Math.min(until, from + MOST_EVENTS)
  const output = new RunOutput()
  let to = from
  while (to < end && kinds[to] !== RESIZE && (times[to] ?? 0) <= latest) {
    if (kinds[to] === OUTPUT && !output.takes(payloadAt(columns, to))) break
    to++
  }
  return { isResize: false, from, to, time: times[to - 1] ?? 0, bytes: output.bytes() }
}

class RunOutput {
  readonly #parts: Uint8Array[] = []
  #size = 0
  #feeds = false

  /** False where it must begin a run of its own; the first is always taken. */
  takes(payload: Uint8Array): boolean {
    const feeds = !this.#feeds && payload.includes(LINE_FEED)
    // A line is looked at before its end: what a command writes may take it off the screen at once.
    if (this.#size > 0 && (feeds || this.#size + payload.length > BATCH_LIMITS.bytes)) return false
    this.#feeds ||= feeds
    this.#parts.push(payload)
    this.#size += payload.length
    return true
  }

  bytes(): Uint8Array {
    const [only] = this.#parts
    return this.#parts.length === 1 && only !== undefined ? only : joined(this.#parts, this.#size)
  }
}

/** A copy; `size` is that of all together. */
export function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const SIZE = /^(\d{1,4})x(\d{1,4})$/

/** The size that a resize asks for; null where it says none. */
export function resizeOf(payload: Uint8Array): { cols: number; rows: number } | null {
  const found = payload.length > 9 ? null : SIZE.exec(new TextDecoder().decode(payload))
  return found === null ? null : { cols: Number(found[1]), rows: Number(found[2]) }
}
