import type { EventSink } from '../model'

/** Bytes of input after which a reader lets others work. */
const STRIDE = 256 * 1024

/** Tells the sink how far reading is; true where it is time to yield. `done` is in bytes. */
export type Pace = (done: number) => boolean

export function createPace(total: number, sink: EventSink): Pace {
  let told = 0
  return (done) => {
    if (done - told < STRIDE) return false
    told = done
    sink.progress(Math.min(1, done / total))
    return true
  }
}
