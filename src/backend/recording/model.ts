import type { Damage, EventKind, RecordingHead } from '../../domain'

export { EVENT_KINDS, type EventKind } from '../../domain'

// What every format is read into: output stays bytes, because a terminal's own decoder must see them as they came.

/**
 * The events read so far, by column. `bytes` holds the payloads one after the other: output and input as recorded, a
 * resize as `COLSxROWS`, everything else as UTF-8 text. A view on growing memory: ask again after reading on.
 */
export type EventColumns = {
  count: number
  /** Seconds since the start, never decreasing. */
  times: Float64Array
  /** Index into `EVENT_KINDS`. */
  kinds: Uint8Array
  /** Where the payload of an event begins in `bytes`; one more than there are events. */
  offsets: Float64Array
  bytes: Uint8Array
  /** Bytes of output alone. */
  outputBytes: number
}

/** One file of what is opened: a recording is one file, a pair or a folder. Bytes as on disk, compressed or not. */
export type RecordingFile = {
  /** Path below the folder, or the file's name. */
  name: string
  bytes: Uint8Array
}

/** One of the recordings in what was opened; `part` tells them apart where a file holds several, as a journal does. */
export type RecordingPart = { part: string; label: string }

/** Where a format puts what it reads. Nothing here throws for what a file may hold. */
export type EventSink = {
  /** Seconds since the start; a time that goes back becomes the last one and is told as damage. */
  add: (time: number, kind: EventKind, payload: Uint8Array) => void
  damage: (damage: Damage) => void
  /** How far the input is read, 0..1. */
  progress: (share: number) => void
}

/** One recording of a known format: its head is read, its events are not yet. */
export type OpenRecording = {
  head: RecordingHead
  /** Gives the events to `sink`; yields after about every 256 KB of input, so that playing begins before the end. */
  read: (sink: EventSink) => Generator<void, void>
}

/** Knows one format. */
export type RecordingReader = {
  /**
   * It reads lines: `accepts` and `open` look at the first alone, and `read` at none beyond the one that it yields after.
   * So it can begin while the rest of the only file is still on its way.
   */
  readsLines?: true
  /** Whether these files are of this format, by their beginnings; cheap. Files are decompressed already. */
  accepts: (files: readonly RecordingFile[]) => boolean
  /** The recordings in it: one but for journals. */
  parts: (files: readonly RecordingFile[]) => RecordingPart[]
  /** @throws RecordingFault where nothing in it can be read, saying what was expected. */
  open: (files: readonly RecordingFile[], part: string) => OpenRecording
}

/** Why a recording is refused as a whole. `place`: file, and line or byte. */
export class RecordingFault extends Error {
  override readonly name = 'RecordingFault'
  readonly place: string

  constructor(place: string, message: string) {
    super(message)
    this.place = place
  }
}

/** Sizes outside are clamped: a damaged header must not cost gigabytes of screen. */
export const MOST_COLS = 500
export const MOST_ROWS = 200
/** Taken where a format has no size, or says 0. */
export const USUAL_COLS = 80
export const USUAL_ROWS = 24
