import { memo, useId, useMemo } from 'react'
import type { RecordedCommand } from '../../contract'
import { clipSpan } from './clip-words'
import { useReplay } from './replay-context'
import { activityBars, idleHatches, trackMarks, xOf, type Track, type TrackMark } from './track'

/** In px, as the style sheet has it. */
export const TRACK_HEIGHT = 34
const BARS = 24

/** Activity as bars, idle stretches hatched, commands and markers along the upper edge, hits along the lower. */
export const TrackDrawing = memo(function TrackDrawing({ track }: { track: Track }) {
  const { opened, clip, commands, marked, search } = useReplay()
  const { activity, index, idle, markers } = opened
  const hatch = useId()
  const bars = useMemo(() => activityBars(activity, index.indexedTo, { ...track, height: BARS }), [activity, index, track])
  const hatches = useMemo(() => idleHatches(idle, track), [idle, track])
  const marks = useMemo(() => {
    const shown = (commands ?? []).filter((command) => command.at !== null).toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
    const moments = (isFailed: boolean) =>
      shown.filter((command) => hasFailed(command) === isFailed).map(({ at }) => at ?? 0)
    return { good: trackMarks(moments(false), track), failed: trackMarks(moments(true), track) }
  }, [commands, track])
  const flags = useMemo(() => trackMarks(markers.map(({ at }) => at), track), [markers, track])
  const hits = useMemo(() => trackMarks(search.moments, track), [search.moments, track])
  const stars = useMemo(() => trackMarks((marked ?? []).map(({ at }) => at), track), [marked, track])
  const span = clipSpan(clip) ?? (clip.from === null ? null : { from: clip.from, to: clip.from })
  const read = Math.max(0, xOf(index.indexedTo, track))
  if (track.width === 0) return null
  return (
    <svg className="rp-drawing" width={track.width} height={TRACK_HEIGHT} aria-hidden="true">
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="rp-hatch" x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
      {hatches.map(({ x, width }) => (
        <rect key={x} x={x} y="0" width={width} height={TRACK_HEIGHT} fill={`url(#${hatch})`} />
      ))}
      <path className="rp-bars" d={bars} transform={`translate(0 ${TRACK_HEIGHT - BARS})`} />
      {read < track.width - 1 && (
        <rect className="rp-unread" x={read} y="0" width={track.width - read} height={TRACK_HEIGHT} />
      )}
      {span && (
        <rect
          className="rp-span"
          x={xOf(span.from, track)}
          y="0.5"
          width={Math.max(1, xOf(span.to, track) - xOf(span.from, track))}
          height={TRACK_HEIGHT - 1}
        />
      )}
      <path className="rp-command" d={ticks(marks.good, 0, 8)} />
      <path className="rp-failed" d={ticks(marks.failed, 0, 13)} />
      <path className="rp-marker" d={flags.map(({ x }) => `M${x + 0.5} 0l4 4l-4 4l-4 -4z`).join('')} />
      <path className="rp-starred" d={stars.map(({ x }) => `M${x - 2.5} 0h6v9l-3 -3l-3 3z`).join('')} />
      <path className="rp-hit" d={hits.map(({ x }) => `M${x + 0.5} ${TRACK_HEIGHT - 6}l3 6h-6z`).join('')} />
    </svg>
  )
})

function ticks(marks: readonly TrackMark[], y: number, height: number): string {
  return marks.map(({ x }) => `M${x} ${y}h2v${height}h-2z`).join('')
}

function hasFailed({ outcome, exitCode }: RecordedCommand): boolean {
  return outcome === 'failure' || (exitCode ?? 0) !== 0
}
