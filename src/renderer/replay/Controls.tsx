import { GoTo } from './GoTo'
import { ScrubTrack } from './ScrubTrack'
import { Strip } from './Strip'
import { Transport } from './Transport'

/** Below the screen, never over it. */
export function Controls() {
  return (
    <div className="rp-controls">
      <ScrubTrack />
      <Transport />
      <Strip />
      <GoTo />
    </div>
  )
}
