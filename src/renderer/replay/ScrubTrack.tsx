import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useWidth } from '../shared'
import { clockWords } from './clock-words'
import { Playhead } from './Playhead'
import { useReplay } from './replay-context'
import { TrackDrawing, TRACK_HEIGHT } from './TrackDrawing'
import { TrackHover } from './TrackHover'
import { followed, markNear, moveOfKey, panned, secondsAt, trackMarks, xOf, zoomed } from './track'
import type { Track, TrackWindow } from './track'
import { usePlayerPart } from './use-player'

/** How near to a mark a press counts as the mark, in px. */
const REACH = 4

/** The whole recording at a glance: to look at, to seek on, to mark a clip on with Shift, to zoom into with the wheel. */
export function ScrubTrack() {
  const { deck, duration } = useReplay()
  const { player } = deck
  const { ref, width, element } = useWidth<HTMLDivElement>()
  const [zoom, setZoom] = useState<TrackWindow | null>(null)
  const [hover, setHover] = useState<number | null>(null)
  const window = useWindow(zoom, setZoom)
  const track = useMemo<Track>(() => ({ window, width }), [window, width])
  useWheel(element, track, setZoom)
  const press = usePress(track, setHover)
  const second = usePlayerPart(player, ({ target, time }) => Math.floor(target ?? time))
  return (
    <div className="rp-track-box">
      <div
        ref={ref}
        className="rp-track"
        role="slider"
        tabIndex={0}
        aria-label="Moment of the recording"
        aria-valuemin={0}
        aria-valuemax={Math.round(duration)}
        aria-valuenow={Math.min(second, Math.round(duration))}
        aria-valuetext={`${clockWords(second, duration)} of ${clockWords(duration)}`}
        onKeyDown={(event) => {
          const move = moveOfKey(event, duration)
          if (!move) return
          event.preventDefault()
          if ('by' in move) player.seekBy(move.by)
          else player.seek(move.to)
        }}
        onDoubleClick={() => setZoom(null)}
        {...press}
        onPointerLeave={() => setHover(null)}
      >
        <TrackDrawing track={track} />
        {zoom && (
          <>
            <span className="rp-window">{clockWords(window.from, duration)}</span>
            <span className="rp-window" data-end>
              {clockWords(window.to, duration)}
            </span>
          </>
        )}
        {hover !== null && <span className="rp-hover-line" style={{ left: hover, height: TRACK_HEIGHT }} />}
        <Playhead track={track} />
      </div>
      {hover !== null && width > 0 && <TrackHover x={hover} track={track} />}
    </div>
  )
}

type SetZoom = (zoom: TrackWindow | null) => void

/** What the track shows: all of it, or the stretch zoomed to, which follows the player. */
function useWindow(zoom: TrackWindow | null, setZoom: SetZoom): TrackWindow {
  const { deck, duration } = useReplay()
  const { player } = deck
  useEffect(() => {
    if (!zoom) return
    return player.subscribe(() => {
      const { target, time } = player.get()
      const next = followed(zoom, target ?? time, duration)
      if (next !== zoom) setZoom(next)
    })
  }, [player, zoom, setZoom, duration])
  return useMemo(() => zoom ?? { from: 0, to: Math.max(duration, 1e-3) }, [zoom, duration])
}

function useWheel(target: HTMLDivElement | null, track: Track, setZoom: SetZoom): void {
  const { duration } = useReplay()
  const latest = useRef({ track, duration })
  useEffect(() => {
    latest.current = { track, duration }
  })
  useEffect(() => {
    if (!target) return
    // React's own wheel listeners are passive, and the page must not scroll along.
    const turn = (event: WheelEvent) => {
      const { track, duration } = latest.current
      if (event.ctrlKey || duration <= 0) return
      event.preventDefault()
      const { window, width } = track
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX
      const length = window.to - window.from
      const around = secondsAt(offsetIn(target, event), track)
      const next =
        Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)
          ? panned(window, (sideways / Math.max(1, width)) * length, duration)
          : zoomed(window, { factor: event.deltaY > 0 ? 1.25 : 0.8, around, duration })
      setZoom(next.to - next.from >= duration ? null : next)
    }
    target.addEventListener('wheel', turn, { passive: false })
    return () => target.removeEventListener('wheel', turn)
  }, [target, setZoom])
}

type Press = {
  onPointerDown: (event: PointerEvent<HTMLDivElement>) => void
  onPointerMove: (event: PointerEvent<HTMLDivElement>) => void
  onPointerUp: () => void
  onPointerCancel: () => void
}

function usePress(track: Track, setHover: (x: number) => void): Press {
  const { deck, moments, setClip } = useReplay()
  const { player } = deck
  const held = useRef<{ kind: 'seek' } | { kind: 'clip'; from: number } | null>(null)
  const end = () => {
    held.current = null
  }
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const x = offsetIn(event.currentTarget, event)
      const seconds = secondsAt(x, track)
      if (event.shiftKey) {
        held.current = { kind: 'clip', from: seconds }
        setClip({ from: seconds, to: null })
        return
      }
      held.current = { kind: 'seek' }
      const mark = markNear(trackMarks(moments, track), x, REACH)
      player.seek((mark && moments[mark.index]) ?? seconds)
    },
    onPointerMove: (event) => {
      const x = offsetIn(event.currentTarget, event)
      setHover(Math.min(track.width, Math.max(0, x)))
      const seconds = secondsAt(x, track)
      const drag = held.current
      if (drag?.kind === 'clip') setClip({ from: drag.from, to: seconds })
      // A press that trembles stays at the mark it hit.
      else if (drag && Math.abs(xOf(player.get().target ?? player.get().time, track) - x) > REACH) player.seek(seconds)
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}

function offsetIn(element: HTMLElement, { clientX }: { clientX: number }): number {
  return clientX - element.getBoundingClientRect().left - element.clientLeft
}
