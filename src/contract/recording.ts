import type { Damage, Instant, Outcome, RecordingFormat, RecordingHead } from '../domain'
import { BackendFault } from './fault'
import type { TimelineRow } from './methods'

/**
 * A stretch of a recording from one keyframe to the next: the screen as it stood at its beginning, and every event up to
 * the next keyframe. Seeking is: draw `screen` on a reset terminal, then write the bytes of the events up to the moment.
 * Where `scrollback` is the usual, something in it is about the history: it can only be played on a terminal that had that.
 */
export type ReplaySegment = {
  segment: number
  /** Seconds since the start of the recording. */
  from: number
  cols: number
  rows: number
  /** Most lines of history that the terminal may have; fewer than usual where `screen` leaves out those that it had. */
  scrollback: number
  /** Control sequences and text that draw the screen, and set the modes, of that moment. */
  screen: string
  /** Seconds since the start of the recording, never decreasing. */
  times: Float64Array
  /** Index into `EVENT_KINDS`. */
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

/** A recording as the workspace knows it: its bytes are held, or a server lists it and they were not fetched yet. */
export type RecordingRow = {
  /** Stable: `sha256:HEX` or `sha256:HEX:PART` of what came from a file, `KIND:INSTANCE:STREAM:ID` of what a server lists, fetched or not. */
  id: string
  connection: string
  isHeld: boolean
  /** Null until it is held, as is what the bytes alone say. */
  format: RecordingFormat | null
  /** Hex SHA-256 of the file, or of the `sha256sum` listing of its files sorted by name. */
  sha256: string | null
  /** Files and their bytes as received. */
  files: { name: string; size: number; sha256: string }[]
  size: number | null
  cols: number | null
  rows: number | null
  start: Instant | null
  startPrecision: RecordingHead['startPrecision']
  durationMs: number | null
  title: string | null
  command: string | null
  /** The server's or writer's own session id; events name it as `session`. */
  session: string | null
  user: string | null
  machine: string | null
  /** Where it came from: a path, or method and address. */
  place: string
  fetchedAt: Instant | null
}

const PROBLEMS = {
  gone: (path: string) => `its bytes are gone from the workspace (${path})`,
  unreadable: (path: string) => `its bytes cannot be read from the disk (${path})`,
  changed: (path: string) => `its bytes in the workspace are no longer those that were received (${path} has another SHA-256)`,
}

/** Why a file of a recording that is held is not given. */
export function recordingDamaged({ name, path }: { name: string; path: string }, problem: keyof typeof PROBLEMS): BackendFault {
  const advice = 'Import or fetch it again to mend it.'
  const message = `The recording's file ${name} is damaged: ${PROBLEMS[problem](path)}. ${advice}`
  return new BackendFault({ code: 'recording-damaged', message })
}

/** What a recording tried beyond drawing, or looks like it hides. */
export type RecordingFact = { at: number; kind: string; text: string }

export type OpenedRecording = {
  recording: RecordingRow
  index: ReplayIndex
  /** Share of the file that is read and indexed, 0..1. */
  progress: number
  /** Set where indexing was stopped: what was indexed until then can be played. */
  stopped: string | null
  /** Its bytes have the SHA-256 that they must have. Until then nothing but this and its segments is told of it. */
  checked: boolean
  outputBytes: number
  events: number
  inputs: number
  damage: { total: number; first: Damage[] }
  facts: { total: number; first: RecordingFact[] }
  /** Bytes of output and input in each of `activity.length` equal parts of the duration so far. */
  activity: Float64Array
  inputActivity: Float64Array
  idle: { from: number; to: number }[]
  resizes: { at: number; cols: number; rows: number }[]
  markers: { at: number; text: string }[]
  /** Missing stretches, in words. */
  gaps: { at: number; text: string }[]
  /** When what was typed in it was looked at, ascending. */
  reveals: readonly Instant[]
}

export type RecordingHit = { at: number; until: number; line: string; from: number; to: number }

/** A stretch of a recording as it is cited: enough to find it again, and to tell that it is the same. */
export type RecordingClip = {
  /** Id of the recording. */
  recording: string
  sha256: string | null
  /** Seconds since its start. */
  from: number
  to: number
  /** Text of the screen as it stood at the end. */
  screen: string
}

/** A command beside a recording. Both `key` and `at` are given where log and recording meet. */
export type RecordedCommand = {
  command: string
  /** Event of the log; null where only the recording shows it. */
  key: string | null
  time: Instant | null
  /** Seconds into the recording; null where only the log tells of it. */
  at: number | null
  /** `likely`: the time fits; `possible`: the text alone does. */
  confidence: 'sure' | 'likely' | 'possible' | null
  /** This is match `nth` of `matches` in the recording. */
  nth: number
  matches: number
  outcome: Outcome
  exitCode: number | null
}

/** Something that stands on the lane of a session. */
export type SessionMark = {
  at: Instant
  kind: 'command' | 'sudo' | 'file' | 'grant'
  failed: boolean
}

/** A work or terminal session: what the events and recordings that name it say together. */
export type SessionRow = {
  /** Opaque and stable. */
  id: string
  connection: string
  session: string
  kind: 'terminal' | 'work' | 'login'
  user: string | null
  machine: string | null
  client: string | null
  ip: string | null
  /** Null where a recording alone tells of it and does not say when. */
  from: Instant | null
  /** End; null while it is open or nothing says. */
  to: Instant | null
  /** Last moment that anything held tells of it. */
  last: Instant | null
  state: 'open' | 'ended' | 'unknown'
  events: number
  commands: number
  failures: number
  sudo: number
  files: number
  approval: string | null
  recordings: RecordingRow[]
  /** The first marks in time order; a session of many thousand commands leaves out the rest. */
  marks: SessionMark[]
}

export type SessionDetail = {
  session: SessionRow
  /** Its events in time order, ready to show, at most a thousand; `total` counts all. */
  rows: TimelineRow[]
  total: number
  /** The query that shows them all. */
  query: string
  /** Where no command names the session: those of its user on its machine in its time. */
  nearby: number
  /** What the request and its decision say, where a source records them. */
  grant: { request: string | null; approver: string | null; decision: string | null; justification: string | null; scope: string | null } | null
}
