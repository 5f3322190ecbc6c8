import type { Methods } from '../../contract'
import { eventAfter, type Played } from './moment'
import { kindAt, payloadAt } from './runs'

/** Events listed at most: there may be any number of empty ones. */
const MOST_EVENTS = 2000

/**
 * Output around a moment as it was recorded: about half of `most` bytes before it, the rest after. Other events are listed
 * without their payload, as input may hold passwords. `from`: byte of all output at which it begins.
 */
export function bytesAround(played: Played, at: number, most: number): Methods['recording.bytes'] {
  const { columns, until } = played
  const middle = eventAfter(played, at)
  const sizeOf = (event: number): number => (kindAt(columns, event) === 'output' ? payloadAt(columns, event).length : 0)
  let first = middle
  for (let size = 0; first > 0 && middle - first < MOST_EVENTS / 2; first--) {
    size += sizeOf(first - 1)
    if (size > most / 2 && first < middle) break
  }
  const bytes = new Uint8Array(most)
  const events: Methods['recording.bytes']['events'] = []
  let size = 0
  for (let event = first; event < until && size < most && events.length < MOST_EVENTS; event++) {
    const kind = kindAt(columns, event)
    const payload = kind === 'output' ? payloadAt(columns, event).subarray(0, most - size) : new Uint8Array()
    bytes.set(payload, size)
    events.push({ at: columns.times[event] ?? 0, kind, offset: size, length: payload.length })
    size += payload.length
  }
  return { from: outputBefore(played, first, sizeOf), bytes: bytes.slice(0, size), events }
}

function outputBefore({ keyframes, columns }: Played, event: number, sizeOf: (event: number) => number): number {
  // Of several keyframes at one time the last may come after the event.
  const known = keyframes.all.findLast((keyframe) => keyframe.event <= event) ?? { event: 0, outputByte: 0 }
  let size = known.outputByte
  for (let before = known.event; before < Math.min(event, columns.count); before++) size += sizeOf(before)
  return size
}
