import type { ReplayIndex, ReplaySegment } from '../../contract'
import { REPLAY_OPTIONS } from '../../terminal'
import { firstAbove, nextShown, previousShown, screenSteps, stretchBytes, type ScreenStep, type Stretch } from './segment-events'

/** Where segments come from. `index` is what is known now; it only ever grows. */
export type SegmentSource = {
  index(): ReplayIndex
  segment(n: number, signal: AbortSignal): Promise<ReplaySegment>
}

/** A place between two events: all before `event` of `segment` have happened. Exact where many share one time. */
export type Cursor = { segment: number; event: number }

/** A place and the moment, in seconds, that stands for it. */
export type Place = { cursor: Cursor; time: number }

export type Known = {
  segment: ReplaySegment
  /** Seconds up to which all events are here. */
  to: number
  /** It will not grow any more. */
  closed: boolean
  /** More of it is known to the source than is here. */
  stale: boolean
}

type Held = { segment: ReplaySegment; size: number; indexedTo: number; closed: boolean }
type Coming = { answer: Promise<ReplaySegment>; abort: AbortController }

const MOST_BYTES = 16 * 1024 * 1024

/** The segments of one recording: fetches them, keeps those used last, and reads events across their borders. */
export class SegmentStream {
  private readonly source: SegmentSource
  private readonly mostBytes: number
  // A Map remembers insertion order: the first key is the one not used for the longest time.
  private readonly kept = new Map<number, Held>()
  private readonly coming = new Map<number, Coming>()
  private size = 0
  /** A segment that could not be fetched ahead is not tried again before it is needed. */
  private refused = -1
  private closed = false

  constructor(source: SegmentSource, mostBytes = MOST_BYTES) {
    this.source = source
    this.mostBytes = mostBytes
  }

  index(): ReplayIndex {
    return this.source.index()
  }

  /** The segment to draw a moment from: the last one that begins by then. -1 while there is none. */
  at(moment: number): number {
    const { segments } = this.index()
    return segments.length === 0 ? -1 : Math.max(0, firstAbove(segments, moment) - 1)
  }

  /** What is here of a segment, without asking for it. */
  known(n: number): Known | null {
    const held = this.kept.get(n)
    if (!held) return null
    this.kept.delete(n)
    this.kept.set(n, held)
    const { segments, indexedTo } = this.index()
    const to = held.closed ? (segments[n + 1] ?? indexedTo) : held.indexedTo
    return { segment: held.segment, to, closed: held.closed, stale: this.isStale(n, held) }
  }

  /** The segment as far as it is known now: fetched where it is not here or has grown since. */
  async load(n: number): Promise<ReplaySegment> {
    const held = this.kept.get(n)
    if (held && !this.isStale(n, held)) return held.segment
    this.refused = -1
    return (this.coming.get(n) ?? this.fetch(n)).answer
  }

  /** Fetches what playing needs next: what has grown of this segment, and the one after it. */
  ahead(n: number): void {
    for (const next of [n, n + 1]) {
      const held = this.kept.get(next)
      const isHere = held ? !this.isStale(next, held) : next >= this.index().segments.length
      if (isHere || this.coming.has(next) || next === this.refused) continue
      const { answer, abort } = this.fetch(next)
      answer.catch(() => {
        if (!abort.signal.aborted) this.refused = next
      })
    }
  }

  /** Gives up all that is on its way but this segment and the next. */
  focus(n: number): void {
    for (const [other, { abort }] of this.coming) {
      if (other === n || other === n + 1) continue
      this.coming.delete(other)
      abort.abort()
    }
  }

  /** Whether the recording is over at this place: it will not grow and nothing of it is left. */
  isEnd({ cursor, time }: Place): boolean {
    const { done, segments, indexedTo } = this.index()
    if (!done || time < indexedTo) return false
    const last = Math.max(0, segments.length - 1)
    return cursor.segment === last && cursor.event >= (this.kept.get(last)?.segment.times.length ?? 0)
  }

  /** All there is to do to the screen between two places, or null where a segment between them is not here. */
  steps(from: Cursor, to: Cursor): ScreenStep[] | null {
    const stretches = this.stretches(from, to)
    return stretches && screenSteps(stretches)
  }

  /** Bytes between two places; Infinity where a segment between them is not here. */
  bytesBetween(from: Cursor, to: Cursor): number {
    return this.stretches(from, to)?.reduce((sum, stretch) => sum + stretchBytes(stretch), 0) ?? Infinity
  }

  /** Whether anything between two places is about the history, which must have its length then. */
  needsHistory(from: Cursor, to: Cursor): boolean {
    return this.stretches(from, to)?.some(({ segment }) => segment.scrollback === REPLAY_OPTIONS.scrollback) ?? true
  }

  /** The place so many changes of the screen further on, or back where negative; as far as there are any. */
  async stepped(from: Cursor, by: number): Promise<Place | null> {
    return by > 0 ? this.forward(from, by) : this.back(from, -by)
  }

  close(): void {
    this.closed = true
    this.focus(-2)
    this.kept.clear()
    this.size = 0
  }

  private async forward(from: Cursor, by: number): Promise<Place | null> {
    let place: Place | null = null
    let { segment: n, event } = from
    for (let left = by; left > 0; ) {
      const segment = await this.load(n)
      const found = nextShown(segment, event)
      if (found === null && n + 1 >= this.index().segments.length) break
      if (found === null) {
        n++
        event = 0
        continue
      }
      event = found + 1
      left--
      place = { cursor: { segment: n, event }, time: segment.times[found] ?? segment.from }
    }
    return place
  }

  private async back(from: Cursor, by: number): Promise<Place> {
    let { segment: n, event } = from
    // One more than asked for: the place is right after the event that then was the last one.
    let left = by + 1
    for (;;) {
      const segment = await this.load(n)
      const found = previousShown(segment, event)
      if (found !== null) {
        left--
        event = found
        if (left === 0) return { cursor: { segment: n, event: found + 1 }, time: segment.times[found] ?? segment.from }
      } else if (n === 0) {
        return { cursor: { segment: 0, event: 0 }, time: 0 }
      } else {
        n--
        event = Infinity
      }
    }
  }

  private stretches(from: Cursor, to: Cursor): Stretch[] | null {
    const found: Stretch[] = []
    for (let n = from.segment; n <= to.segment; n++) {
      const segment = this.kept.get(n)?.segment
      if (!segment) return null
      const first = n === from.segment ? from.event : 0
      found.push({ segment, from: first, to: n === to.segment ? to.event : segment.times.length })
    }
    return found
  }

  private isStale(n: number, held: Held): boolean {
    if (held.closed) return false
    const { done, segments, indexedTo } = this.index()
    return done || indexedTo > held.indexedTo || segments.length > n + 1
  }

  private fetch(n: number): Coming {
    // Read before asking: the answer holds at least what was known then.
    const { done, segments, indexedTo } = this.index()
    const closed = done || segments.length > n + 1
    const abort = new AbortController()
    const answer = answerOf(this.source, n, abort.signal).then(
      (segment) => {
        this.forget(n, abort)
        if (!this.closed) this.keep(n, { segment, size: sizeOf(segment), indexedTo, closed })
        return segment
      },
      (fault: unknown) => {
        this.forget(n, abort)
        throw fault
      },
    )
    const coming: Coming = { answer, abort }
    this.coming.set(n, coming)
    return coming
  }

  private forget(n: number, abort: AbortController): void {
    if (this.coming.get(n)?.abort === abort) this.coming.delete(n)
  }

  private keep(n: number, held: Held): void {
    this.drop(n)
    this.kept.set(n, held)
    this.size += held.size
    for (const oldest of this.kept.keys()) {
      // Two always stay: the one that plays and the next, however large they are.
      if (this.size <= this.mostBytes || this.kept.size <= 2) break
      this.drop(oldest)
    }
  }

  private drop(n: number): void {
    this.size -= this.kept.get(n)?.size ?? 0
    this.kept.delete(n)
  }
}

/** The source's answer, or the abort as soon as it comes: a source that does not listen must not hold up a seek. */
function answerOf(source: SegmentSource, n: number, signal: AbortSignal): Promise<ReplaySegment> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    source.segment(n, signal).then(resolve, reject)
  })
}

function sizeOf({ screen, times, kinds, offsets, bytes }: ReplaySegment): number {
  return screen.length * 2 + times.byteLength + kinds.byteLength + offsets.byteLength + bytes.byteLength
}
