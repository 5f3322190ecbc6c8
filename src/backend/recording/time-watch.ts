import { MOST_SECONDS } from './events'
import type { EventSink } from './model'

/** A time that went back: when, and by how many seconds. */
export type TimeBack = { at: number; by: number }

const MOST_LISTED = 500

/** Notes in `found` where the times of a recording go back, before the sink mends them. */
export function watchTime(sink: EventSink, found: TimeBack[]): EventSink {
  let last = 0
  return {
    add: (time, kind, payload) => {
      if (time < last && found.length < MOST_LISTED) found.push({ at: last, by: last - time })
      else if (time > last && time <= MOST_SECONDS) last = time
      sink.add(time, kind, payload)
    },
    damage: (damage) => sink.damage(damage),
    progress: (share) => sink.progress(share),
  }
}
