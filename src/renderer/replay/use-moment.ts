import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { eventMoment, type EventMoment } from './event-moment'
import type { Replay } from './replay-context'

export type Moments = Pick<Replay, 'opened' | 'deck' | 'commands' | 'skew' | 'say'>

/** Keeps address and player at the same moment; a selected event without a moment is gone to as soon as it is found. */
export function useMoment({ opened, deck, commands, skew, say }: Moments): void {
  const { player } = deck
  const { start } = opened.recording
  const placed = useMemo(() => commands && { commands, skew: skew ?? 0, start }, [commands, skew, start])
  const { address, go } = useAddress()
  const backend = useBackend()
  const { moment, selected } = address
  /** What both know: a change of either is told to the other once. */
  const known = useRef<{ moment: number | undefined } | null>(null)
  const sought = useRef<string | null>(null)

  // Before the page is painted with the new address: what is asked for then comes a frame earlier.
  useLayoutEffect(() => {
    if (known.current && known.current.moment === moment) return
    known.current = { moment }
    player.seek(moment ?? 0)
  }, [player, moment])

  useEffect(() => {
    return player.subscribe(() => {
      const { status, time } = player.get()
      if (status !== 'paused' && status !== 'ended') return
      const stood = Math.round(time * 1000) / 1000
      if (!known.current || (known.current.moment ?? 0) === stood) return
      known.current = { moment: stood }
      go({ moment: stood }, 'replace')
    })
  }, [player, go])

  useEffect(() => {
    if (!placed || selected === null || moment !== undefined || sought.current === selected) return
    sought.current = selected
    const goTo = (found: EventMoment | null) => {
      if (found) player.seek(found.at)
      if (!found) say('The recording does not show this event')
      else if (!found.isShown) say('Not seen on the screen: this is its time in the log')
    }
    if (placed.commands.some(({ key }) => key === selected)) return goTo(eventMoment(selected, placed, null))
    backend.call('event.get', { key: selected }).then(
      ({ value }) => goTo(eventMoment(selected, placed, value.event.time)),
      () => goTo(null),
    )
  }, [backend, player, placed, selected, moment, say])
}
