import type { EventSink, OpenRecording, RecordingFile } from '../model'
import { createPace } from './pace'
import { LONGEST_PAUSE } from './delay'
import { sizeOrUsual } from './screen-size'

// `script -r` of the BSDs and macOS (usr.bin/script/script.c, struct stamp): u64 length, u64 seconds, u32 microseconds,
// u32 direction, then so many bytes; in the byte order of the machine, which the direction, a letter, tells.

const STAMP = 24
const MILLION = 1_000_000
const LETTERS = ['s', 'i', 'o', 'e'] as const
type Letter = (typeof LETTERS)[number]

type Stamp = { letter: Letter; seconds: number; micros: number; from: number; to: number }

function stampAt(view: DataView, at: number, little: boolean): Stamp | null {
  if (at + STAMP > view.byteLength) return null
  const code = view.getUint32(at + 20, little)
  const letter = LETTERS.find((one) => one.charCodeAt(0) === code)
  const seconds = Number(view.getBigUint64(at + 8, little))
  const micros = view.getUint32(at + 16, little)
  const from = at + STAMP
  const length = Number(view.getBigUint64(at, little))
  if (letter === undefined || micros >= MILLION || seconds > 2 ** 40 || length > 2 ** 40) return null
  return { letter, seconds, micros, from, to: from + length }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The first stamp, which says that it starts, and the byte order; null where there is none. */
function startOf(bytes: Uint8Array): { stamp: Stamp; little: boolean } | null {
  const view = viewOf(bytes)
  for (const little of [true, false]) {
    const stamp = stampAt(view, 0, little)
    if (stamp?.letter === 's') return { stamp, little }
  }
  return null
}

export function isStamped(bytes: Uint8Array): boolean {
  return startOf(bytes) !== null
}

function* read(bytes: Uint8Array, little: boolean, sink: EventSink): Generator<void, void> {
  const view = viewOf(bytes)
  const due = createPace(bytes.length, sink)
  const first = stampAt(view, 0, little)
  let time = 0
  let at = 0
  while (first !== null && at < bytes.length) {
    const stamp = stampAt(view, at, little)
    if (stamp === null) {
      sink.damage({ at: `byte ${at}`, reason: `no stamp is here: the last ${bytes.length - at} bytes are left out` })
      break
    }
    let next = stamp.seconds - first.seconds + (stamp.micros - first.micros) / MILLION
    if (next - time > LONGEST_PAUSE) {
      sink.damage({ at: `byte ${at}`, reason: 'the time of this stamp cannot be: the time before it is taken' })
      next = time
    }
    if (stamp.to > bytes.length) {
      const missing = stamp.to - bytes.length
      sink.damage({ at: `byte ${at}`, reason: `the file ends ${missing} bytes before the end of this piece` })
    }
    const payload = bytes.subarray(stamp.from, stamp.to)
    if (payload.length > 0 && stamp.letter === 'o') sink.add(next, 'output', payload)
    if (payload.length > 0 && stamp.letter === 'i') sink.add(next, 'input', payload)
    time = Math.max(time, next)
    at = stamp.to
    if (due(at)) yield
  }
  sink.progress(1)
}

/** Null where the file does not begin with a stamp. */
export function openStamped({ bytes }: RecordingFile): OpenRecording | null {
  const begun = startOf(bytes)
  if (begun === null) return null
  const { stamp, little } = begun
  const start = stamp.seconds * 1000 + Math.floor(stamp.micros / 1000)
  return {
    head: { format: 'script', ...sizeOrUsual(null), start, startPrecision: 'us' },
    read: (sink) => read(bytes, little, sink),
  }
}
