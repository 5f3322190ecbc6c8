import type { Cursor, Place, SegmentStream } from './segments'

/** Pauses longer than this are shortened, in seconds between two events. */
export const IDLE_OVER = 2
/** What a pause is shortened to, in seconds at normal speed. */
export const IDLE_PLAYED = 0.5

export type Advance = {
  place: Place
  /** Seconds at normal speed that could not be used because it stopped. */
  left: number
  /** It stands in a pause that is being shortened. */
  idle: boolean
  /**
   * Why it stopped early. `missing`: segment `need` has to be fetched; `unindexed`: nothing later is known yet;
   * `end`: there is nothing later.
   */
  stop: null | { why: 'unindexed' | 'end' } | { why: 'missing'; need: number }
}

type Walk = { time: number; last: number; left: number; idle: boolean; skipIdle: boolean }

/**
 * How far playing gets in so many seconds at normal speed, over the segments that are here. A shortened pause is gone
 * through evenly and faster, so that it can be stopped anywhere inside.
 */
export function advance(stream: SegmentStream, from: Place, { budget, skipIdle }: { budget: number; skipIdle: boolean }): Advance {
  const walk: Walk = { time: from.time, last: timeBefore(stream, from.cursor), left: budget, idle: false, skipIdle }
  let cursor = from.cursor
  const result = (stop: Advance['stop']): Advance => {
    const { time, left, idle } = walk
    return { place: { cursor, time }, left, idle: idle && stop === null, stop }
  }
  let { segment: n, event } = cursor
  for (;;) {
    const known = stream.known(n)
    if (!known) return result(moved(walk, stream.index().segments[n] ?? walk.time) ? { why: 'missing', need: n } : null)
    const { times } = known.segment
    for (; event < times.length; event++) {
      const time = times[event] ?? walk.time
      if (!moved(walk, time)) return result(null)
      walk.last = time
      cursor = { segment: n, event: event + 1 }
    }
    if (!known.closed) {
      if (!moved(walk, known.to)) return result(null)
      return result(known.stale ? { why: 'missing', need: n } : { why: 'unindexed' })
    }
    if (n + 1 >= stream.index().segments.length) return result(moved(walk, known.to) ? { why: 'end' } : null)
    n++
    event = 0
  }
}

/** Goes on to `next`; false where the time does not last, and then it stands before it. */
function moved(walk: Walk, next: number): boolean {
  const gap = next - walk.last
  const rate = walk.skipIdle && gap > IDLE_OVER ? gap / IDLE_PLAYED : 1
  const need = Math.max(0, (next - walk.time) / rate)
  walk.idle = rate > 1
  if (need > walk.left) {
    walk.time = Math.min(next, walk.time + walk.left * rate)
    walk.left = 0
    return false
  }
  walk.left -= need
  walk.time = Math.max(walk.time, next)
  return true
}

/** When the event before this place was: where a pause that lasts over it began. */
function timeBefore(stream: SegmentStream, { segment, event }: Cursor): number {
  const here = stream.known(segment)?.segment
  return here?.times[event - 1] ?? here?.from ?? 0
}
