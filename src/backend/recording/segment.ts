import type { ReplaySegment } from '../../contract'
import { REPLAY_OPTIONS } from '../../terminal'
import type { Keyframe } from './keyframes'
import { maskedInput } from './masked-input'
import { EVENT_KINDS, type EventColumns } from './model'
import { joined, payloadAt } from './runs'
import { shortText, wholeText } from './screen/snapshot'

const INPUT = EVENT_KINDS.indexOf('input')

/** `until`: the event of the next keyframe, or the first that is not indexed. */
export type SegmentAsk = { segment: number; keyframe: Keyframe; columns: EventColumns; until: number; input: boolean }

/** Everything between two keyframes, in memory of its own. */
export function segmentOf({ segment, keyframe, columns, until, input }: SegmentAsk): ReplaySegment {
  const { event: from, at, cols, rows, drawing, needsHistory } = keyframe
  const screen = needsHistory ? wholeText(drawing) : shortText(drawing)
  const scrollback = REPLAY_OPTIONS.scrollback - (needsHistory ? 0 : drawing.depth)
  const times = columns.times.slice(from, until)
  const kinds = columns.kinds.slice(from, until)
  const payloads = kinds.includes(INPUT) ? withoutInput({ columns, from, until, input }) : null
  const start = columns.offsets[from] ?? 0
  const offsets = Uint32Array.from(columns.offsets.subarray(from, until + 1), (offset) => offset - start)
  const bytes = columns.bytes.slice(start, columns.offsets[until] ?? start)
  return { segment, from: at, cols, rows, scrollback, screen, times, kinds, ...(payloads ?? { offsets, bytes }) }
}

type Stretch = { columns: EventColumns; from: number; until: number; input: boolean }

function withoutInput({ columns, from, until, input }: Stretch): { offsets: Uint32Array; bytes: Uint8Array } {
  const offsets = new Uint32Array(until - from + 1)
  const payloads: Uint8Array[] = []
  let size = 0
  for (let event = from; event < until; event++) {
    const isInput = columns.kinds[event] === INPUT
    if (!isInput || input) {
      const payload = isInput ? maskedInput(columns, event, columns.count) : payloadAt(columns, event)
      payloads.push(payload)
      size += payload.length
    }
    offsets[event - from + 1] = size
  }
  return { offsets, bytes: joined(payloads, size) }
}
