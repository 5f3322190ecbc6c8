import type { ReplayPlayer } from './player'
import type { PlayerState } from './player-state'

export type Pictures = {
  /** Calls back once the next one is painted; returns what prevents it. */
  afterNext: (callback: () => void) => () => void
}

/** The state of a player as it was when it last was not seeking, and that was painted. */
export class SettledState {
  private readonly player: ReplayPlayer
  private readonly pictures: Pictures
  private state: PlayerState

  constructor(player: ReplayPlayer, pictures: Pictures) {
    this.player = player
    this.pictures = pictures
    this.state = player.get()
  }

  readonly get = (): PlayerState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    let pending: (() => void) | null = null
    const look = () => {
      pending = null
      const state = this.player.get()
      if (state.status === 'seeking') return
      this.state = state
      listener()
    }
    const later = () => {
      pending ??= this.pictures.afterNext(look)
    }
    const undo = this.player.subscribe(later)
    later()
    return () => {
      undo()
      pending?.()
    }
  }
}
