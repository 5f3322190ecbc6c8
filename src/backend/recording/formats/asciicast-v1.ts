import { LONGEST_LINE } from '../byte-lines'
import { RecordingFault, type EventSink, type OpenRecording, type RecordingFile, type RecordingReader } from '../model'
import { castHead, clampDamage, isVersion1, onePart, onlyFile, type CastFields, type RawSize } from './asciicast'
import { LONGEST_PAUSE } from './delay'
import { jsonAt, jsonItems, listAt, skipSpace, type JsonItem, type Place } from './json-items'
import { createPace } from './pace'

// One object, `{version: 1, width, height, title?, command?, stdout: [[delay, data], ...]}`, over one line or many. Value
// by value, a file that is cut off still gives what it holds.

/** Bytes. Nobody writes such files any more; this one is looked through from end to end before its head is known. */
const LONGEST_FILE = 512 * 2 ** 20
/** A title or a command. */
const LONGEST_FIELD = 64 * 1024

const FIELDS = new Set(['version', 'width', 'height', 'timestamp', 'title', 'command', 'idle_time_limit'])

const BRACKET = 0x5b
const BRACE = 0x7b
const UTF8 = new TextEncoder()

/** The fields of the head, and where the list of events stands. */
type Outline = { fields: CastFields; stdout: number | null }

function outlineOf(bytes: Uint8Array): Outline {
  const outline: Outline = { fields: {}, stdout: null }
  const from = skipSpace(bytes, 0)
  if (bytes[from] !== BRACE) return outline
  for (const item of jsonItems(bytes, from)) {
    const name = nameOf(bytes, item)
    if (name === 'stdout' && bytes[item.from] === BRACKET) outline.stdout = item.from
    else if (FIELDS.has(name) && item.to - item.from <= LONGEST_FIELD) outline.fields[name] = jsonAt(bytes, item)
  }
  return outline
}

function nameOf(bytes: Uint8Array, { name }: JsonItem): string {
  const text = name && name.to - name.from <= 64 ? jsonAt(bytes, name) : null
  return typeof text === 'string' ? text : ''
}

function open(files: readonly RecordingFile[]): OpenRecording {
  const file = onlyFile(files)
  if (file === null) throw new RecordingFault('files', 'An asciicast is one file.')
  const { name, bytes } = file
  if (bytes.length > LONGEST_FILE) throw new RecordingFault(name, 'An asciicast of version 1 is read up to 512 MiB.')
  const { fields, stdout } = outlineOf(bytes)
  if (stdout === null) {
    throw new RecordingFault(name, 'Expected an asciicast of version 1, with a list of [delay, data] as its "stdout".')
  }
  const size: RawSize = { cols: fields['width'], rows: fields['height'] }
  return {
    head: castHead('asciicast-v1', fields, size),
    *read(sink) {
      for (const damage of clampDamage('"width" and "height"', size)) sink.damage(damage)
      yield* readFrames(bytes, stdout, sink)
    },
  }
}

function* readFrames(bytes: Uint8Array, stdout: number, sink: EventSink): Generator<void, void> {
  const due = createPace(bytes.length, sink)
  let seconds = 0
  let number = 0
  for (const place of jsonItems(bytes, stdout)) {
    number++
    const frame = frameOf(bytes, place)
    if (typeof frame === 'string') {
      sink.damage({ at: `frame ${number}, byte ${place.from}`, reason: frame })
    } else {
      sink.add(seconds + frame.delay, 'output', UTF8.encode(frame.data))
      seconds += Math.max(0, frame.delay)
    }
    if (due(place.to)) yield
  }
  sink.progress(1)
}

/** What stands at a place, or why it is no frame. */
function frameOf(bytes: Uint8Array, place: Place): { delay: number; data: string } | string {
  if (place.to - place.from > LONGEST_LINE) return 'the frame is too long'
  const frame = listAt(bytes, place)
  if (frame === null) {
    return place.to === bytes.length ? 'the file ends within this frame' : 'expected [delay, data]'
  }
  const [delay, data] = frame
  if (frame.length !== 2) return `expected 2 values, found ${frame.length}`
  if (typeof delay !== 'number') return 'the delay is not a number'
  if (typeof data !== 'string') return 'the data is not a text'
  return delay > LONGEST_PAUSE ? `a pause of ${delay} s cannot be` : { delay, data }
}

export const asciicastV1: RecordingReader = {
  accepts: (files) => isVersion1(onlyFile(files)?.bytes ?? new Uint8Array()),
  parts: onePart,
  open,
}
