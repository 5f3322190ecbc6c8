import { useEffect, useRef, useState } from 'react'
import { useBackend } from '../api'
import { Shown, useZone } from '../shared'
import { momentWords, wallClock } from './clock-words'
import { useReplay } from './replay-context'
import { secondsAt, xOf, type Track } from './track'

/** Cells are so many px wide and high in a still, with a margin around them and a caption below. */
const CELL = { width: 8.4, height: 18 }
const MARGIN = 12
/** Time the pointer rests before the screen of that moment is asked for, in milliseconds. */
const REST = 90
const MOST_KEPT = 60
const WIDTH = 224
const TALLEST = 170

/** The moment under the pointer: its time, what is near it, and how the screen looked. */
export function TrackHover({ x, track }: { x: number; track: Track }) {
  const { opened, commands, duration, deck } = useReplay()
  const zone = useZone()
  const seconds = secondsAt(x, track)
  const picture = usePicture(Math.min(seconds, opened.index.indexedTo), track)
  const wall = wallClock(opened.recording, seconds, { zone, finest: 's' })
  const near = commands?.find(({ at }) => at !== null && Math.abs(xOf(at, track) - x) <= 4)
  const marker = opened.markers.find(({ at }) => Math.abs(xOf(at, track) - x) <= 4)
  const words = near?.command ?? marker?.text
  return (
    <div className="rp-hover" style={{ left: Math.max(0, Math.min(track.width - WIDTH, x - WIDTH / 2)), width: WIDTH }}>
      {picture && <img src={picture.address} alt="" style={shapeOf(picture, deck.player.get().cols)} />}
      <div>
        <span className="mono">{momentWords(seconds, duration)}</span>
        {wall && (
          <span className="mono rp-faint">
            {wall.time} {zone.label}
          </span>
        )}
      </div>
      {words !== undefined && (
        <div className="mono rp-hover-words">
          <Shown text={words} />
        </div>
      )}
    </div>
  )
}

type Picture = { address: string; rows: number }

/** As large as fits, without the caption. */
function shapeOf({ rows }: Picture, cols: number): { width: number; aspectRatio: number } {
  const aspectRatio = (Math.max(20, cols) * CELL.width + 2 * MARGIN) / (rows * CELL.height + MARGIN)
  return { width: Math.min(WIDTH - 18, TALLEST * aspectRatio), aspectRatio }
}

/** A picture of the screen at a moment; the one before stays until the next is here. */
function usePicture(seconds: number, { window, width }: Track): Picture | null {
  const backend = useBackend()
  const { id } = useReplay()
  const kept = useRef(new Map<number, Picture>())
  const [shown, setShown] = useState<Picture | null>(null)
  // Two pixels show the same picture: a pointer that moves must not ask for hundreds.
  const step = ((window.to - window.from) / Math.max(1, width)) * 2
  const moment = Math.max(0, Math.round(seconds / step) * step)
  useEffect(() => {
    const pictures = kept.current
    const known = pictures.get(moment)
    if (known !== undefined) return setShown(known)
    let dropped = false
    const timer = setTimeout(() => {
      backend.call('recording.screen', { id, at: moment }).then(
        ({ value }) => {
          if (dropped) return
          const address = URL.createObjectURL(new Blob([value.svg], { type: 'image/svg+xml' }))
          const picture = { address, rows: value.rows.length }
          keep(pictures, moment, picture)
          setShown(picture)
        },
        // No picture is not worth words: the time stands there anyway.
        () => undefined,
      )
    }, REST)
    return () => {
      dropped = true
      clearTimeout(timer)
    }
  }, [backend, id, moment])
  useEffect(() => {
    const pictures = kept.current
    return () => {
      for (const { address } of pictures.values()) URL.revokeObjectURL(address)
      pictures.clear()
    }
  }, [])
  return shown
}

function keep(pictures: Map<number, Picture>, moment: number, picture: Picture): void {
  pictures.set(moment, picture)
  const [oldest] = pictures
  if (pictures.size <= MOST_KEPT || !oldest) return
  URL.revokeObjectURL(oldest[1].address)
  pictures.delete(oldest[0])
}
