import type { Instant } from './time'

export const RECORDING_FORMATS = [
  'asciicast-v1',
  'asciicast-v2',
  'asciicast-v3',
  'ttyrec',
  'script',
  'tlog',
  'sudo',
  'alpacon',
  'webxterm',
] as const
/** `alpacon`: a list of record chunks; `webxterm`: an asciicast v2 whose size is a constant of the server. */
export type RecordingFormat = (typeof RECORDING_FORMATS)[number]

/** What a recording says of itself before its first event. Absent fields are left out. */
export type RecordingHead = {
  format: RecordingFormat
  /** 1..500. */
  cols: number
  /** 1..200. */
  rows: number
  /** The format or its writer does not know the size; `cols` and `rows` are taken for it. */
  sizeAssumed?: boolean
  /** When it began; null where the format does not say. */
  start: Instant | null
  /** How exact `start` is: asciicast keeps whole seconds. */
  startPrecision: 's' | 'ms' | 'us'
  title?: string
  command?: string
  user?: string
  host?: string
  /** The server's or writer's own session id. */
  session?: string
  /** Pauses longer than this many seconds are meant to be shortened: a wish of its author, not a fact. */
  idleLimit?: number
}

/** A place in a recording that could not be read, and was left out. */
export type Damage = {
  /** `line 12`, `byte 4096`, `message 7`. */
  at: string
  reason: string
}

/** `skipped`: something is missing here, in words: shown, never played. */
export const EVENT_KINDS = ['output', 'input', 'resize', 'marker', 'exit', 'signal', 'skipped', 'other'] as const
export type EventKind = (typeof EVENT_KINDS)[number]
