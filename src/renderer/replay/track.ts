import { IDLE_OVER, IDLE_PLAYED } from './pace'
import { firstAbove } from './segment-events'

/** Geometry of the scrub track. Seconds are those of the recording, lengths are px. */

/** The part of the recording that the track shows. */
export type TrackWindow = { from: number; to: number }
export type Track = { window: TrackWindow; width: number }
export type IdleSpan = { from: number; to: number }

/** Narrowest bar, with its gap. */
const BAR = 3
const GAP = 1
/** Lowest bar: a single byte in a busy hour must not vanish. */
const LOWEST = 2
/** Shortest stretch to zoom to, in seconds. */
const SHORTEST = 1

export function xOf(seconds: number, { window, width }: Track): number {
  return ((seconds - window.from) / span(window)) * width
}

/** Never outside of what is shown. */
export function secondsAt(x: number, { window, width }: Track): number {
  const share = Math.min(1, Math.max(0, x / Math.max(1, width)))
  return window.from + share * (window.to - window.from)
}

/**
 * SVG path of the bars. `activity` is output bytes by equal parts of the duration; heights grow with the logarithm, as a
 * listing of a disk would flatten all typing otherwise.
 */
export function activityBars(activity: ArrayLike<number>, duration: number, { window, width, height }: Track & { height: number }): string {
  const bars = Math.max(1, Math.floor(width / BAR))
  const peak = most(activity, 0, activity.length)
  if (activity.length === 0 || !(duration > 0) || peak === 0) return ''
  const step = (window.to - window.from) / bars
  const parts = activity.length / duration
  let path = ''
  for (let bar = 0; bar < bars; bar++) {
    const from = window.from + bar * step
    const first = Math.floor(from * parts)
    const value = most(activity, first, Math.max(first + 1, Math.ceil((from + step) * parts)))
    if (value === 0) continue
    const tall = Math.max(LOWEST, (Math.log1p(value) / Math.log1p(peak)) * height)
    path += `M${bar * BAR} ${height}v${(-tall).toFixed(1)}h${BAR - GAP}v${tall.toFixed(1)}z`
  }
  return path
}

export type Hatch = { x: number; width: number }

/** Where to hatch, clipped to the track; spans that touch on the screen become one. */
export function idleHatches(spans: readonly IdleSpan[], track: Track): Hatch[] {
  const found: Hatch[] = []
  for (const { from, to } of spans) {
    const x = Math.max(0, xOf(from, track))
    const end = Math.min(track.width, xOf(to, track))
    // Thinner than this it cannot be told from a bar.
    if (end - x < 2) continue
    const last = found.at(-1)
    if (last && x - (last.x + last.width) < 1) last.width = Math.max(last.width, end - last.x)
    else found.push({ x, width: end - x })
  }
  return found
}

/** A mark on the track: `count` of them share the pixel, the first is `index`. */
export type TrackMark = { x: number; index: number; count: number }

/** Marks of ascending moments, one for each pixel that has any. */
export function trackMarks(moments: readonly number[], track: Track): TrackMark[] {
  const found: TrackMark[] = []
  const { from, to } = track.window
  // From the last moment before the window, so that one exactly on its edge is in.
  for (let index = firstAbove(moments, from - 1e-9); index < moments.length; index++) {
    const moment = moments[index] ?? Infinity
    if (moment > to) break
    const x = Math.min(Math.max(0, track.width - 1), Math.round(xOf(moment, track)))
    const last = found.at(-1)
    if (last?.x === x) last.count++
    else found.push({ x, index, count: 1 })
  }
  return found
}

/** The mark nearest to x, within reach. */
export function markNear(marks: readonly TrackMark[], x: number, reach: number): TrackMark | null {
  let best: TrackMark | null = null
  for (const mark of marks) {
    if (Math.abs(mark.x - x) <= reach && (!best || Math.abs(mark.x - x) < Math.abs(best.x - x))) best = mark
  }
  return best
}

/** The window `factor` times as long (below 1 zooms in) with the moment `around` staying where it is. */
export function zoomed(window: TrackWindow, { factor, around, duration }: { factor: number; around: number; duration: number }): TrackWindow {
  const length = Math.min(duration, Math.max(Math.min(SHORTEST, duration), (window.to - window.from) * factor))
  const share = Math.min(1, Math.max(0, (around - window.from) / span(window)))
  return placed(around - share * length, length, duration)
}

export function panned(window: TrackWindow, by: number, duration: number): TrackWindow {
  return placed(window.from + by, window.to - window.from, duration)
}

/** The window that shows the moment: the same one where it does already, else one page on or back. */
export function followed(window: TrackWindow, time: number, duration: number): TrackWindow {
  if (time >= window.from && time <= window.to) return window
  const length = window.to - window.from
  return placed(time - length * (time > window.to ? 0.05 : 0.95), length, duration)
}

/** What a key does on the track: a moment to go to, or a step from where it is going. */
export type TrackMove = { by: number } | { to: number }
export type TrackKey = { key: string; shiftKey: boolean; ctrlKey: boolean; altKey: boolean; metaKey: boolean }

/** Arrows 5 s, with Shift 30 s, with Ctrl or Alt a tenth; digits are tenths. Undefined for a key that means nothing here. */
export function moveOfKey({ key, shiftKey, ctrlKey, altKey, metaKey }: TrackKey, duration: number): TrackMove | undefined {
  if (metaKey) return undefined
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const step = ctrlKey || altKey ? duration / 10 : shiftKey ? 30 : 5
    return { by: key === 'ArrowLeft' ? -step : step }
  }
  if (ctrlKey || altKey) return undefined
  const moves: Record<string, TrackMove> = {
    PageUp: { by: -duration / 10 },
    PageDown: { by: duration / 10 },
    Home: { to: 0 },
    End: { to: duration },
  }
  return /^\d$/.test(key) ? { to: (duration * Number(key)) / 10 } : (Object.hasOwn(moves, key) ? moves[key] : undefined)
}

/** Seconds that playing takes to get here at normal speed with pauses shortened. `spans` ascend and do not overlap. */
export function playedTime(time: number, spans: readonly IdleSpan[]): number {
  let saved = 0
  for (const { from, to } of spans) {
    if (from >= time) break
    const gap = to - from
    if (gap > IDLE_OVER) saved += (Math.min(time, to) - from) * (1 - IDLE_PLAYED / gap)
  }
  return time - saved
}

function placed(from: number, length: number, duration: number): TrackWindow {
  const start = Math.min(Math.max(0, from), Math.max(0, duration - length))
  return { from: start, to: start + length }
}

function span(window: TrackWindow): number {
  return Math.max(1e-9, window.to - window.from)
}

function most(values: ArrayLike<number>, from: number, to: number): number {
  let found = 0
  for (let at = Math.max(0, from); at < Math.min(to, values.length); at++) found = Math.max(found, values[at] ?? 0)
  return found
}
