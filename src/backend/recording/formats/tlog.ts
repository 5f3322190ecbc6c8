import type { RecordingHead } from '../../../domain'
import { sizePayload, type Size } from '../events'
import {
  RecordingFault,
  type EventSink,
  type OpenRecording,
  type RecordingFile,
  type RecordingPart,
  type RecordingReader,
} from '../model'
import { createPace } from './pace'
import { sizeOrUsual } from './screen-size'
import { tlogMessages, type TlogMessage } from './tlog-messages'
import { tlogSteps } from './tlog-timing'

/** A journal begins with lines of other programs. */
const LOOKED_THROUGH = 8 * 2 ** 20
/** So many beginnings of a message without one are not tlog's. */
const MOST_STRANGE = 10_000
/** More recordings than anybody can choose from: further ones are not listed. */
const MOST_PARTS = 10_000

/** Which recording a message is of; before format 2.1 host and session must do. */
function partOf({ rec, host, session }: TlogMessage): string {
  return rec === '' ? `${host} session ${session}` : rec
}

/** What tlog writes where the kernel knows no session. */
const NO_SESSION = 0xffffffff

function sessionText({ session }: TlogMessage): string | null {
  return session === 0 || session === NO_SESSION ? null : String(session)
}

function labelOf(message: TlogMessage): string {
  const session = sessionText(message)
  const who = `${message.user}@${message.host}`
  return session === null ? `${who}, ${partOf(message)}` : `${who}, session ${session}, ${partOf(message)}`
}

function isTlogMessage(message: TlogMessage | string | null): message is TlogMessage {
  return typeof message === 'object' && message !== null
}

function accepts(files: readonly RecordingFile[]): boolean {
  let left = LOOKED_THROUGH
  let strange = 0
  return files.every(({ name, bytes }) => {
    const looked = bytes.subarray(0, left)
    left -= looked.length
    for (const { message } of tlogMessages([{ name, bytes: looked }])) {
      if (isTlogMessage(message)) return true
      if (message !== null && ++strange > MOST_STRANGE) return false
    }
    return false
  })
}

function parts(files: readonly RecordingFile[]): RecordingPart[] {
  const found = new Map<string, RecordingPart>()
  for (const { message } of tlogMessages(files)) {
    if (!isTlogMessage(message) || found.size >= MOST_PARTS) continue
    const part = partOf(message)
    if (!found.has(part)) found.set(part, { part, label: labelOf(message) })
  }
  return [...found.values()]
}

function firstOf(files: readonly RecordingFile[], part: string): TlogMessage | null {
  for (const { message } of tlogMessages(files)) {
    if (isTlogMessage(message) && partOf(message) === part) return message
  }
  return null
}

/** The size the recording begins with: every message repeats it before anything else. */
function sizeIn(message: TlogMessage): Size | null {
  const { value: first } = tlogSteps(message).next()
  return first?.kind === 'resize' ? first.size : null
}

function headOf(message: TlogMessage): RecordingHead {
  const session = sessionText(message)
  return {
    format: 'tlog',
    ...sizeOrUsual(sizeIn(message)),
    start: message.time === null ? null : Math.round(message.time * 1000) - message.pos,
    startPrecision: 'ms',
    ...(message.user !== '' && { user: message.user }),
    ...(message.host !== '' && { host: message.host }),
    ...(session !== null && { session }),
  }
}

type Playing = { size: Size; last: number; seen: Set<number>; sink: EventSink }

/** Whether a message is to be played: not twice. Missing ones are told where they would have been. */
function isNext({ id, pos }: TlogMessage, at: string, playing: Playing): boolean {
  const { sink, seen, last } = playing
  if (seen.has(id)) {
    sink.damage({ at, reason: `message ${id} is here a second time: it is left out` })
    return false
  }
  seen.add(id)
  if (id < last) {
    sink.damage({ at, reason: `message ${id} comes after message ${last}` })
    return true
  }
  if (id > last + 1) {
    const missing = id === last + 2 ? `message ${id - 1} is missing` : `messages ${last + 1} to ${id - 1} are missing`
    sink.damage({ at, reason: missing })
    sink.add(pos / 1000, 'skipped', Buffer.from(missing))
  }
  playing.last = id
  return true
}

function play(message: TlogMessage, playing: Playing): void {
  const { sink } = playing
  for (const step of tlogSteps(message)) {
    const time = step.at / 1000
    if (step.kind === 'damage') sink.damage({ at: `message ${message.id}`, reason: step.reason })
    else if (step.kind !== 'resize') sink.add(time, step.kind, step.payload)
    else if (step.size.cols !== playing.size.cols || step.size.rows !== playing.size.rows) {
      playing.size = step.size
      sink.add(time, 'resize', sizePayload(step.size))
    }
  }
}

type Chosen = { files: readonly RecordingFile[]; part: string; size: Size }

function* read({ files, part, size }: Chosen, sink: EventSink): Generator<void, void> {
  const due = createPace(files.reduce((sum, { bytes }) => sum + bytes.length, 0), sink)
  const playing: Playing = { size, last: 0, seen: new Set(), sink }
  for (const { at, done, message } of tlogMessages(files)) {
    // Nobody knows of which recording a damaged message was: all of them tell it.
    if (typeof message === 'string') sink.damage({ at, reason: message })
    else if (message !== null && partOf(message) === part && isNext(message, at, playing)) play(message, playing)
    if (due(done)) yield
  }
  sink.progress(1)
}

function open(files: readonly RecordingFile[], part: string): OpenRecording {
  const first = firstOf(files, part)
  if (first === null) {
    const wanted = `Expected tlog messages of the recording ${part.slice(0, 100)}.`
    throw new RecordingFault(files[0]?.name ?? 'files', wanted)
  }
  const head = headOf(first)
  return { head, read: (sink) => read({ files, part, size: head }, sink) }
}

/** tlog: messages of one or more recordings, mixed with each other and with the lines of other programs. */
export const tlog: RecordingReader = { accepts, parts, open }
