import type { Keyframes } from './keyframes'
import type { EventColumns } from './model'
import { joined, kindAt, payloadAt, resizeOf } from './runs'
import { Screen } from './screen/screen'
import { wholeText } from './screen/snapshot'

/** What a screen at a moment is made from: `until` is the first event that is not indexed. */
export type Played = { keyframes: Keyframes; columns: EventColumns; until: number }

/** The first event after a moment. */
export function eventAfter({ columns, until }: Played, moment: number): number {
  let low = 0
  let high = until
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((columns.times[middle] ?? Infinity) > moment) high = middle
    else low = middle + 1
  }
  return low
}

/** Bytes that are written at once; between two writes others are let in. */
const PIECE = 256 * 1024

/** A screen as it stood once everything up to a moment had happened. Whoever asks closes it. */
export async function screenAt(played: Played, moment: number): Promise<Screen> {
  const { columns, keyframes } = played
  const { cols = 80, rows = 24, drawing, event = 0 } = keyframes.before(moment) ?? {}
  const screen = new Screen({ cols, rows })
  if (drawing) await screen.write(new TextEncoder().encode(wholeText(drawing)))
  for (const step of steps(columns, event, eventAfter(played, moment))) {
    if (step instanceof Uint8Array) await screen.write(step)
    else screen.resize(step.cols, step.rows)
  }
  return screen
}

type Step = Uint8Array | { cols: number; rows: number }

/** What is to be done to a screen: as few writes as resizes and the length of one allow. */
function* steps(columns: EventColumns, from: number, to: number): Generator<Step> {
  let parts: Uint8Array[] = []
  let size = 0
  for (let event = from; event < to; event++) {
    const kind = kindAt(columns, event)
    const payload = payloadAt(columns, event)
    const resize = kind === 'resize' ? resizeOf(payload) : null
    if (resize !== null || size > PIECE) {
      yield joined(parts, size)
      parts = []
      size = 0
    }
    if (resize !== null) yield resize
    if (kind !== 'output') continue
    parts.push(payload)
    size += payload.length
  }
  yield joined(parts, size)
}
