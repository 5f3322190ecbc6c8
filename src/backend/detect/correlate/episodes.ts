import type { Instant } from '../../../domain'
import { SAMPLE, type SlidingWindow } from './window'
import type { Level } from '../sigma'

/** What a rule finds at some instant: the largest value, and the level and words where they depend on it. */
export type Verdict = { value: number; why?: string; level?: Level }

/** One stretch of events of a key at each of which the rule held. */
export type Episode = Verdict & {
  values: readonly string[]
  start: Instant
  crossed: Instant
  end: Instant
  events: number
  /** Rows by their number in the view. */
  first: number[]
  last: number[]
}

/** An event of a key. */
export type Moment = { time: Instant; row: number; values: readonly string[] }

/** Opens at the first event at which the rule holds, closes at the first at which it does not. */
export class EpisodeTrack {
  #open: Episode | null = null

  get isOpen(): boolean {
    return this.#open !== null
  }

  /** The rule holds; `window` has the event already. */
  hold(moment: Moment, window: SlidingWindow, verdict: Verdict): void {
    const open = this.#open
    if (!open) {
      const { time, values } = moment
      const sample = { first: window.firstRows(), last: window.lastRows() }
      this.#open = { ...verdict, values, start: window.first(), crossed: time, end: time, events: window.count, ...sample }
      return
    }
    open.end = moment.time
    open.events++
    if (open.first.length < SAMPLE) open.first.push(moment.row)
    open.last.push(moment.row)
    if (open.last.length > SAMPLE) open.last.shift()
    if (verdict.value > open.value) Object.assign(open, verdict)
  }

  copy(): EpisodeTrack {
    const copy = new EpisodeTrack()
    copy.#open = this.#open && { ...this.#open, first: [...this.#open.first], last: [...this.#open.last] }
    return copy
  }

  /** The rule holds no more; `found` is told what it found, if it held. */
  close(found: (episode: Episode) => void): void {
    const episode = this.#open
    this.#open = null
    if (episode) found(episode)
  }
}
