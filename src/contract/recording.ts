/**
 * A stretch of a recording from one keyframe to the next: the screen as it stood at its beginning, and every event up to
 * the next keyframe. Seeking is: draw `screen` on a reset terminal, then write the bytes of the events up to the moment.
 */
export type ReplaySegment = {
  segment: number
  /** Seconds since the start of the recording. */
  from: number
  cols: number
  rows: number
  /** Control sequences and text that draw the screen, and set the modes, of that moment. */
  screen: string
  /** Seconds since the start of the recording, never decreasing. */
  times: Float64Array
  /** Index into `REPLAY_KINDS`. */
  kinds: Uint8Array
  /** Where the payload of an event begins in `bytes`; one more than there are events. */
  offsets: Uint32Array
  /** Output as recorded; a resize as `COLSxROWS`; everything else as UTF-8. Input is left out unless it was asked for. */
  bytes: Uint8Array
}

/** What is known of a recording while it is read: it grows until `done`. */
export type ReplayIndex = {
  /** Seconds at which each segment begins; the last one may still grow until `done`. */
  segments: Float64Array
  /** Seconds that can be played and sought so far; the whole duration when `done`. */
  indexedTo: number
  done: boolean
}
