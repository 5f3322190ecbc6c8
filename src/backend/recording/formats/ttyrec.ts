import { sizeOf, type Size } from '../events'
import {
  RecordingFault,
  type EventSink,
  type OpenRecording,
  type RecordingFile,
  type RecordingReader,
} from '../model'
import { onePart, onlyFile } from './asciicast'
import { LONGEST_PAUSE } from './delay'
import { createPace } from './pace'
import { sizeOrUsual } from './screen-size'

// Frames of: seconds, microseconds, length (u32 little-endian each), then so many bytes. The NetHack Learning
// Environment writes one byte more before the data: the channel, 0 output, 1 input, 2 the game's score.

const CLASSIC = 12
const CHANNELLED = 13
type HeaderSize = typeof CLASSIC | typeof CHANNELLED

type Frame = { seconds: number; micros: number; channel: number; from: number; to: number }

/** Frames looked at to tell the two layouts apart. */
const WALK = 64
/** A recorder reads at most some kilobytes at a time; more in one frame means that this is another format. */
const LONGEST_FRAME = 16 * 1024 * 1024
const MILLION = 1_000_000
const SCORE_SHOWN = 64

/** The frame that begins at a place; null where not even its header is whole. */
function frameAt(view: DataView, at: number, header: HeaderSize): Frame | null {
  const from = at + header
  if (from > view.byteLength) return null
  return {
    seconds: view.getUint32(at, true),
    micros: view.getUint32(at + 4, true),
    channel: header === CHANNELLED ? view.getUint8(at + 12) : 0,
    from,
    to: from + view.getUint32(at + 8, true),
  }
}

function isSound({ micros, channel, from, to }: Frame): boolean {
  return micros < MILLION && channel <= 2 && to - from <= LONGEST_FRAME
}

/** How many frames read as this layout before the first that cannot be one, the file's end counting as one more. */
function soundFrames(view: DataView, header: HeaderSize): number {
  let at = 0
  let held = 0
  for (let frames = 0; frames < WALK; frames++) {
    // Frames without a byte prove nothing: a file of zeros is full of them.
    if (at === view.byteLength) return held > 0 ? frames + 1 : 0
    const frame = frameAt(view, at, header)
    if (frame === null) return held > 0 ? frames : 0
    if (!isSound(frame)) return held > 0 ? frames : 0
    held += frame.to - frame.from
    if (frame.to > view.byteLength) return frames + 1
    at = frame.to
  }
  return held > 0 ? WALK + 1 : 0
}

/** Null where no layout holds even for the first frame. */
function headerSize(view: DataView): HeaderSize | null {
  const classic = soundFrames(view, CLASSIC)
  const channelled = soundFrames(view, CHANNELLED)
  if (classic === 0 && channelled === 0) return null
  return channelled > classic ? CHANNELLED : CLASSIC
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** What a game server sends before all else to fit the window: `ESC [ 8 ; rows ; cols t`. */
function sizeInFirstOutput(bytes: Uint8Array, header: HeaderSize): Size | null {
  const view = viewOf(bytes)
  let at = 0
  for (let frames = 0; frames < WALK; frames++) {
    const frame = frameAt(view, at, header)
    if (frame === null) return null
    if (frame.channel === 0) {
      const text = Buffer.from(bytes.subarray(frame.from, Math.min(frame.to, frame.from + 65_536))).toString('latin1')
      const match = /\x1b\[8;(\d{1,5});(\d{1,5})t/.exec(text)
      return match && sizeOf(Number(match[2]), Number(match[1]))
    }
    at = frame.to
  }
  return null
}

function scoreText(channel: number, payload: Uint8Array): Uint8Array {
  const shown = Buffer.from(payload.subarray(0, SCORE_SHOWN)).toString('hex')
  return Buffer.from(`channel ${channel}: ${shown}${payload.length > SCORE_SHOWN ? '...' : ''}`)
}

function give(sink: EventSink, time: number, { channel, payload }: { channel: number; payload: Uint8Array }): void {
  if (channel === 0) sink.add(time, 'output', payload)
  else if (channel === 1) sink.add(time, 'input', payload)
  else sink.add(time, 'other', scoreText(channel, payload))
}

function* read(bytes: Uint8Array, header: HeaderSize, sink: EventSink): Generator<void, void> {
  const view = viewOf(bytes)
  const due = createPace(bytes.length, sink)
  const first = frameAt(view, 0, header)
  let time = 0
  let at = 0
  while (at < bytes.length) {
    const frame = frameAt(view, at, header)
    if (first === null || frame === null) {
      sink.damage({ at: `byte ${at}`, reason: 'the file ends within the header of a frame' })
      break
    }
    let next = frame.seconds - first.seconds + (frame.micros - first.micros) / MILLION
    if (frame.micros >= MILLION || next - time > LONGEST_PAUSE) {
      sink.damage({ at: `byte ${at}`, reason: 'the time of this frame cannot be: the time before it is taken' })
      next = time
    }
    if (frame.to > bytes.length) {
      const missing = frame.to - bytes.length
      sink.damage({ at: `byte ${at}`, reason: `the file ends ${missing} bytes before the end of this frame` })
    }
    const payload = bytes.subarray(frame.from, frame.to)
    if (payload.length > 0) give(sink, next, { channel: frame.channel, payload })
    time = Math.max(time, next)
    at = frame.to
    if (due(at)) yield
  }
  sink.progress(1)
}

const NAME = /\.ttyrec[123]?$/i

function open(files: readonly RecordingFile[]): OpenRecording {
  const file = onlyFile(files)
  if (file === null) throw new RecordingFault('files', 'A ttyrec is one file.')
  const { bytes, name } = file
  const header = bytes.length === 0 ? CLASSIC : headerSize(viewOf(bytes))
  if (header === null) {
    throw new RecordingFault(`${name}, byte 0`, 'Expected a ttyrec frame: seconds, microseconds below 1000000, length.')
  }
  const first = frameAt(viewOf(bytes), 0, header)
  const start = first && first.seconds * 1000 + Math.floor(first.micros / 1000)
  return {
    head: { format: 'ttyrec', ...sizeOrUsual(sizeInFirstOutput(bytes, header)), start, startPrecision: 'us' },
    read: (sink) => read(bytes, header, sink),
  }
}

/** An empty file is an empty recording, known by its name alone. */
export const ttyrec: RecordingReader = {
  accepts: (files) => {
    const file = onlyFile(files)
    if (file === null) return false
    return file.bytes.length === 0 ? NAME.test(file.name) : headerSize(viewOf(file.bytes)) !== null
  },
  parts: onePart,
  open,
}
