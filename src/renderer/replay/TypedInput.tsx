import { Shown } from '../shared'
import { useReplay } from './replay-context'
import { typedBefore } from './typed'
import { usePlayerState } from './use-player'

/** The keys of the last seconds. */
export function TypedInput() {
  const { player, stream } = useReplay().deck
  const { time } = usePlayerState(player)
  const segment = stream.known(stream.at(time))?.segment
  const text = segment ? typedBefore(segment, time) : ''
  return (
    <p className="rp-typed">
      <span>typed</span>
      {text === '' ? <span className="rp-faint">nothing in the last 15 s</span> : <Shown className="mono" text={text} />}
    </p>
  )
}
