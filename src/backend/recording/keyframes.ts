import type { Screen } from './screen/screen'
import { shortText, type Snapshot } from './screen/snapshot'

/** The screen at a place between two events; `drawing` draws it on a reset terminal of that size. */
export type Keyframe = {
  /** The first event that is not in it. */
  event: number
  /** Seconds. */
  at: number
  /** Bytes of output before it. */
  outputByte: number
  cols: number
  rows: number
  drawing: Snapshot
  /** Up to the next keyframe something happens for which the history must have its length. */
  needsHistory: boolean
}

type Place = Pick<Keyframe, 'event' | 'at' | 'outputByte'>

/** Output between two keyframes, which is what a seek has to write: bytes, with the slower line feeds counted as several. */
const KEYFRAME_COST = 40_960
const LINE_FEED_COST = 32
const RESIZE_COST = 4096
/** A keyframe costs more than so much of its own length: screens full of colours must not outgrow the recording. */
const SHARE = 4
/** Of all together; beyond this no more are taken, and seeking becomes slow. */
const MOST_CHARS = 2 ** 27

const LINE_FEED = 0x0a

export class Keyframes {
  readonly all: Keyframe[] = []
  #cost = 0
  #chars = 0
  #lastChars = 0
  #wasResized = false
  #cuts = 0

  written(bytes: Uint8Array, { historyCuts }: Screen): void {
    if (historyCuts !== this.#cuts) this.#needHistory()
    this.#cost += bytes.length
    for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) this.#cost += LINE_FEED_COST
  }

  /** History that comes back into a taller screen is in no keyframe before: the next one is taken soon. */
  resized(): void {
    this.#needHistory()
    this.#cost += RESIZE_COST
    this.#wasResized = true
  }

  isDue(): boolean {
    if (this.#chars >= MOST_CHARS) return false
    const last = this.#lastChars
    return this.#cost >= Math.max(KEYFRAME_COST, last * SHARE) || (this.#wasResized && this.#cost >= last / SHARE)
  }

  take(screen: Screen, place: Place): void {
    const { cols, rows } = screen.terminal
    const drawing = screen.snapshot()
    this.all.push({ ...place, cols, rows, drawing, needsHistory: false })
    this.#lastChars = shortText(drawing).length
    this.#chars += this.#lastChars
    this.#cost = 0
    this.#wasResized = false
    this.#cuts = screen.historyCuts
  }

  #needHistory(): void {
    const last = this.all.at(-1)
    if (last !== undefined) last.needsHistory = true
  }

  /** Seconds at which each begins. */
  starts(): Float64Array {
    return Float64Array.from(this.all, ({ at }) => at)
  }

  /** The last one that is not after a moment: all events of that moment come after it or are in it. */
  before(moment: number): Keyframe | undefined {
    let low = 0
    let high = this.all.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.all[middle]?.at ?? Infinity) > moment) high = middle
      else low = middle + 1
    }
    return this.all[Math.max(0, low - 1)]
  }
}
