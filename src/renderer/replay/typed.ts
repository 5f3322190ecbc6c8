import type { ReplaySegment } from '../../contract'
import { EVENT_KINDS } from '../../domain'
import { firstAbove } from './segment-events'

const INPUT = EVENT_KINDS.indexOf('input')
/** Keys typed longer ago than this, in seconds, are not shown any more. */
const RECENT = 15
const MOST_TEXT = 160

/** What was typed shortly before a moment, as far as it stands in the segment; the newest is last. */
export function typedBefore({ times, kinds, offsets, bytes }: ReplaySegment, moment: number): string {
  const parts: string[] = []
  let length = 0
  for (let event = firstAbove(times, moment) - 1; event >= 0 && length < MOST_TEXT; event--) {
    if ((times[event] ?? 0) < moment - RECENT) break
    if (kinds[event] !== INPUT) continue
    const text = new TextDecoder().decode(bytes.subarray(offsets[event], offsets[event + 1]))
    parts.push(text)
    length += text.length
  }
  return parts.toReversed().join('').slice(-MOST_TEXT)
}
