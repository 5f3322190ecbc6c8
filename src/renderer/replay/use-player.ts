import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import type { OpenedRecording } from '../../contract'
import { useBackend } from '../api'
import { ReplayPlayer } from './player'
import type { PlayerState } from './player-state'
import { TerminalScreen } from './screen'
import { SegmentStream } from './segments'
import { SettledState, type Pictures } from './settled-state'
import { TERMINAL_THEMES } from './terminal-themes'

/** A recording on a terminal in the page. */
export type Deck = { player: ReplayPlayer; screen: TerminalScreen; stream: SegmentStream }

const CLOCK = {
  now: () => performance.now(),
  frame: (callback: () => void) => requestAnimationFrame(callback),
  cancel: (handle: number) => cancelAnimationFrame(handle),
}

const PICTURES: Pictures = {
  afterNext(callback) {
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(callback)
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  },
}

export type DeckPlan = {
  id: string
  /** What is known of the recording now. */
  index: () => OpenedRecording['index']
  theme: keyof typeof TERMINAL_THEMES
  /** Typed input comes along with the segments. */
  input: boolean
}

/** Sets up a player in the element, anew where the recording, the backend or `input` changes; it stays at its moment. */
export function useDeck(plan: DeckPlan): { deck: Deck | null; box: RefObject<HTMLDivElement | null> } {
  const { id, theme, input } = plan
  const backend = useBackend()
  const box = useRef<HTMLDivElement>(null)
  const [deck, setDeck] = useState<Deck | null>(null)
  const latest = useRef({ plan, kept: null as PlayerState | null })
  useLayoutEffect(() => {
    latest.current.plan = plan
  })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const held = latest.current
    const place = document.createElement('div')
    element.append(place)
    const screen = new TerminalScreen(place, TERMINAL_THEMES[held.plan.theme])
    const stream = new SegmentStream({
      index: () => held.plan.index(),
      segment: async (segment) => (await backend.call('recording.segment', { id, segment, input })).value,
    })
    const player = new ReplayPlayer({ stream, screen, clock: CLOCK })
    const observer = new ResizeObserver(() => screen.fit({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    if (held.kept) restore(player, held.kept)
    setDeck({ player, screen, stream })
    return () => {
      observer.disconnect()
      held.kept = player.get()
      player.close()
      screen.close()
      place.remove()
    }
  }, [backend, id, input])
  useEffect(() => deck?.screen.setTheme(TERMINAL_THEMES[theme]), [deck, theme])
  return { deck, box }
}

function restore(player: ReplayPlayer, { speed, skipIdle, target, time, wantsPlay }: PlayerState): void {
  player.setSpeed(speed)
  player.setSkipIdle(skipIdle)
  player.seek(target ?? time)
  if (wantsPlay) player.play()
}

/** A part of the player's state; draws anew only when that part changes, so it must be a plain value. */
export function usePlayerPart<T extends string | number | boolean | null>(
  player: ReplayPlayer,
  part: (state: PlayerState) => T,
): T {
  return useSyncExternalStore(player.subscribe, () => part(player.get()))
}

/**
 * The same for what is costly to draw and may be late: it changes once nothing is sought any more and that is painted, so
 * that the screen does not wait for what stands beside it.
 */
export function useSettledPart<T extends string | number | boolean | null>(
  player: ReplayPlayer,
  part: (state: PlayerState) => T,
): T {
  const settled = useMemo(() => new SettledState(player, PICTURES), [player])
  return useSyncExternalStore(settled.subscribe, () => part(settled.get()))
}

/** The whole state; draws anew with every frame while it plays. */
export function usePlayerState(player: ReplayPlayer): PlayerState {
  return useSyncExternalStore(player.subscribe, player.get)
}
