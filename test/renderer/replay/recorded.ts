import type { ReplayIndex, ReplaySegment } from '../../../src/contract'
import type { SegmentSource } from '../../../src/renderer/replay/segments'

/** `o` output, `i` input, `r` resize (`80x24`), `m` marker. */
export type RecordedEvent = readonly [time: number, kind: 'o' | 'i' | 'r' | 'm', data: string]

type Plan = {
  cols?: number
  rows?: number
  /** Events of a segment. */
  every?: number
  /** Where it differs from the time of the last event. */
  duration?: number
  /** What draws the screen as it stands after these events; by default all their output again. */
  draw?: (before: readonly RecordedEvent[]) => string
  /** Lines of history that a segment leaves out; none unless told. */
  leavesOut?: (n: number) => number
  /** A segment begins at its first event's time, or at that of the last event before it. */
  begins?: 'first' | 'before'
}

export type Recorded = SegmentSource & {
  events: readonly RecordedEvent[]
  /** How many events are indexed; the recording is not done until `finish`. */
  indexTo(count: number, seconds?: number): void
  finish(): void
  /** Segments asked for, in order. */
  asked: number[]
  aborted: number[]
  /** From now on answers wait for `release`. */
  hold(): void
  release(): void
  /** So many answers from now on fail. */
  fail(times: number): void
}

const KINDS = 'oirm'

/** A recording cut into segments the way the index of a real one is. */
export function recorded(events: readonly RecordedEvent[], plan: Plan = {}): Recorded {
  const every = plan.every ?? 4
  let indexed = events.length
  let indexedTo = plan.duration ?? events.at(-1)?.[0] ?? 0
  let done = true
  let failing = 0
  let waiting: (() => void)[] | null = null
  const asked: number[] = []
  const aborted: number[] = []
  return {
    events,
    asked,
    aborted,
    index: () => ({ segments: starts(events.slice(0, indexed), every, plan.begins ?? 'first'), indexedTo, done }),
    async segment(n, signal) {
      asked.push(n)
      signal.addEventListener('abort', () => aborted.push(n))
      const queue = waiting
      if (queue) await new Promise<void>((resolve) => queue.push(resolve))
      if (failing > 0) {
        failing--
        throw new Error(`segment ${n} failed`)
      }
      return segmentOf(events.slice(0, indexed), n, plan)
    },
    indexTo(count, seconds) {
      indexed = count
      indexedTo = seconds ?? events[count - 1]?.[0] ?? 0
      done = false
    },
    finish() {
      indexed = events.length
      indexedTo = plan.duration ?? events.at(-1)?.[0] ?? 0
      done = true
    },
    hold() {
      waiting ??= []
    },
    release() {
      const ready = waiting ?? []
      waiting = null
      for (const go of ready) go()
    },
    fail(times) {
      failing = times
    },
  }
}

/** One event a second: `a0.` at 0 s, `a1.` at 1 s ... */
export function seconds(count: number): RecordedEvent[] {
  return Array.from({ length: count }, (_, at) => [at, 'o', `a${at}.`])
}

/** All output up to a moment, inclusive. */
export function outputUntil(events: readonly RecordedEvent[], moment: number): string {
  return outputOf(events.filter(([time]) => time <= moment))
}

export function outputOf(events: readonly RecordedEvent[]): string {
  return events.map(([, kind, data]) => (kind === 'o' ? data : '')).join('')
}

function starts(events: readonly RecordedEvent[], every: number, begins: 'first' | 'before'): ReplayIndex['segments'] {
  const found = [0]
  for (let at = every; at < events.length; at += every) found.push(events[begins === 'first' ? at : at - 1]?.[0] ?? 0)
  return Float64Array.from(found)
}

function segmentOf(events: readonly RecordedEvent[], n: number, plan: Plan): ReplaySegment {
  const every = plan.every ?? 4
  const before = events.slice(0, n * every)
  const own = events.slice(n * every, (n + 1) * every)
  const payloads = own.map(([, , data]) => new TextEncoder().encode(data))
  const offsets = Uint32Array.from([0, ...payloads.map(({ length }) => length)])
  for (let at = 1; at < offsets.length; at++) offsets[at] = (offsets[at] ?? 0) + (offsets[at - 1] ?? 0)
  const bytes = new Uint8Array(offsets.at(-1) ?? 0)
  payloads.forEach((payload, at) => bytes.set(payload, offsets[at]))
  return {
    segment: n,
    from: starts(events, every, plan.begins ?? 'first')[n] ?? 0,
    ...sizeAfter(before, plan),
    scrollback: 1000 - (plan.leavesOut?.(n) ?? 0),
    screen: (plan.draw ?? outputOf)(before),
    times: Float64Array.from(own.map(([time]) => time)),
    kinds: Uint8Array.from(own.map(([, kind]) => KINDS.indexOf(kind))),
    offsets,
    bytes,
  }
}

function sizeAfter(before: readonly RecordedEvent[], plan: Plan): { cols: number; rows: number } {
  const size = before.findLast(([, kind]) => kind === 'r')?.[2].split('x').map(Number)
  return { cols: size?.[0] ?? plan.cols ?? 80, rows: size?.[1] ?? plan.rows ?? 24 }
}
