import { useReplay } from './replay-context'
import { xOf, type Track } from './track'
import { usePlayerPart } from './use-player'

/** Its own component, because it is the one thing that moves with every frame. */
export function Playhead({ track }: { track: Track }) {
  const { player } = useReplay().deck
  // To a quarter of a pixel: what the eye cannot see need not be drawn.
  const x = usePlayerPart(player, ({ target, time }) => Math.round(xOf(target ?? time, track) * 4) / 4)
  if (track.width === 0 || x < 0 || x > track.width) return null
  return <span className="rp-playhead" style={{ transform: `translateX(${Math.min(track.width - 1, x)}px)` }} />
}
