import type { ReplaySegment } from '../../contract'
import { EVENT_KINDS } from '../../domain'

/** What one segment says of the screen: pure look-ups in its columns. */

const OUTPUT = EVENT_KINDS.indexOf('output')
const RESIZE = EVENT_KINDS.indexOf('resize')

type Size = { cols: number; rows: number }

/** One thing to do to the screen, in order. `reset`: begin anew in this size. */
export type ScreenStep = { kind: 'bytes'; bytes: Uint8Array } | ({ kind: 'size' } & Size) | ({ kind: 'reset'; scrollback: number } & Size)

/** Events `from` (inside) to `to` (not inside) of a segment. */
export type Stretch = { segment: ReplaySegment; from: number; to: number }

const MOST_COLS = 500
const MOST_ROWS = 200
const SIZE = /^(\d{1,5})x(\d{1,5})$/

/** The first place in a row that never decreases whose value is above this one; its length where there is none. */
export function firstAbove(values: ArrayLike<number>, value: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? Infinity) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** The next event from here on that changes the screen. */
export function nextShown(segment: ReplaySegment, from: number): number | null {
  for (let event = from; event < segment.times.length; event++) if (isShown(segment, event)) return event
  return null
}

/** The last event before this one that changes the screen. */
export function previousShown(segment: ReplaySegment, before: number): number | null {
  for (let event = Math.min(before, segment.times.length) - 1; event >= 0; event--) {
    if (isShown(segment, event)) return event
  }
  return null
}

/** Bytes of all events of a stretch: what it costs at most to write it. */
export function stretchBytes({ segment, from, to }: Stretch): number {
  return payloadStart(segment, to) - payloadStart(segment, from)
}

/** The steps that draw the screen from nothing as it stands before `event` of a segment. */
export function drawingSteps(segment: ReplaySegment, event: number): ScreenStep[] {
  const { cols, rows, scrollback, screen } = segment
  const steps = screenSteps([{ segment, from: 0, to: event }], new TextEncoder().encode(screen))
  return [{ kind: 'reset', cols, rows, scrollback }, ...steps]
}

/** The steps that play the stretches: as few writes as the resizes between them allow. `lead` is written first. */
export function screenSteps(stretches: readonly Stretch[], lead = new Uint8Array()): ScreenStep[] {
  const steps: ScreenStep[] = []
  let parts: Uint8Array[] = lead.length > 0 ? [lead] : []
  const flush = () => {
    if (parts.length > 0) steps.push({ kind: 'bytes', bytes: joined(parts) })
    parts = []
  }
  for (const stretch of stretches) {
    for (const piece of pieces(stretch)) {
      if (piece instanceof Uint8Array) {
        parts.push(piece)
        continue
      }
      flush()
      const last = steps.at(-1)
      // Of sizes with nothing written between them only the last can be seen.
      if (last?.kind === 'size') steps.pop()
      steps.push({ kind: 'size', ...piece })
    }
  }
  flush()
  return steps
}

function* pieces({ segment, from, to }: Stretch): Generator<Uint8Array | Size> {
  let start = -1
  let end = -1
  for (let event = from; event < to; event++) {
    const kind = segment.kinds[event]
    if (kind === OUTPUT) {
      const at = payloadStart(segment, event)
      // Payloads lie one after the other, so a run of output is one view on the bytes and no copy.
      if (at !== end) {
        if (end > start) yield segment.bytes.subarray(start, end)
        start = at
      }
      end = payloadStart(segment, event + 1)
    }
    const size = kind === RESIZE ? sizeOf(segment, event) : null
    if (size) {
      if (end > start) yield segment.bytes.subarray(start, end)
      start = -1
      end = -1
      yield size
    }
  }
  if (end > start) yield segment.bytes.subarray(start, end)
}

function isShown(segment: ReplaySegment, event: number): boolean {
  const kind = segment.kinds[event]
  if (kind === OUTPUT) return payloadStart(segment, event + 1) > payloadStart(segment, event)
  return kind === RESIZE && sizeOf(segment, event) !== null
}

function sizeOf(segment: ReplaySegment, event: number): Size | null {
  const from = payloadStart(segment, event)
  const to = payloadStart(segment, event + 1)
  if (to - from > 11) return null
  const match = SIZE.exec(new TextDecoder().decode(segment.bytes.subarray(from, to)))
  const cols = Math.min(MOST_COLS, Number(match?.[1] ?? 0))
  const rows = Math.min(MOST_ROWS, Number(match?.[2] ?? 0))
  return cols > 0 && rows > 0 ? { cols, rows } : null
}

function payloadStart(segment: ReplaySegment, event: number): number {
  return segment.offsets[event] ?? segment.bytes.length
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (only && parts.length === 1) return only
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
