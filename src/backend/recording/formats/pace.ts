import type { EventSink } from '../model'

/** Bytes of input after which a reader lets others work. */
export const STRIDE = 256 * 1024
/** The first time: what is read by then is what is shown first. */
const FIRST_STRIDE = 32 * 1024

/** Tells the sink how far reading is; true where it is time to yield. `done` is in bytes. */
export type Pace = (done: number) => boolean

export function createPace(total: number, sink: EventSink): Pace {
  let told = 0
  let stride = FIRST_STRIDE
  return (done) => {
    if (done - told < stride) return false
    told = done
    stride = STRIDE
    sink.progress(Math.min(1, done / total))
    return true
  }
}
