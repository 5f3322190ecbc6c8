/** `waiting`: for a segment on its way, or for the recording to be read so far. */
export type PlayerStatus = 'idle' | 'playing' | 'paused' | 'seeking' | 'waiting' | 'ended' | 'failed'

/** What a view of the player shows; a new object after every change. Times are seconds since the start of the recording. */
export type PlayerState = {
  status: PlayerStatus
  /** It plays, or will as soon as it can: what the play button shows. */
  wantsPlay: boolean
  /** The moment on the screen. */
  time: number
  /** Where a seek is going to. */
  target: number | null
  /** How far it can be played and sought so far. */
  indexedTo: number
  /** `indexedTo` is the whole duration. */
  done: boolean
  /** Seconds played since it was opened, at normal speed and with pauses shortened: no seek adds to them. */
  played: number
  /** A pause is being shortened just now. */
  idle: boolean
  speed: number
  skipIdle: boolean
  /** Size of the terminal; 0 before anything is drawn. */
  cols: number
  rows: number
  /** What failed; null where nothing did. */
  fault: unknown
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const

/** The next speed up or down, from any speed. */
export function speedAfter(speed: number, direction: 1 | -1): number {
  const next = direction > 0 ? SPEEDS.find((other) => other > speed) : SPEEDS.findLast((other) => other < speed)
  return next ?? speed
}

export function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(16, Math.max(0.25, speed)) : 1
}

/** The mark to jump to, out of ascending moments. `slack`: one that was passed so few seconds ago counts as the present one. */
export function markFrom(moments: readonly number[], time: number, { direction, slack }: { direction: 1 | -1; slack: number }): number | null {
  // The moments are kept to a microsecond; a seek must not stop at the mark it stands on.
  const found =
    direction > 0 ? moments.find((moment) => moment > time + 1e-6) : moments.findLast((moment) => moment < time - slack - 1e-6)
  return found ?? null
}
