import { parseInstant } from '../../../domain'
import { byteLines } from '../byte-lines'
import { RecordingFault, type EventSink, type OpenRecording, type RecordingFile, type RecordingReader } from '../model'
import { onePart } from './asciicast'
import { LONGEST_PAUSE } from './delay'
import { isJsonObject, jsonAt, jsonItems, skipSpace, type Place } from './json-items'
import { createPace } from './pace'
import { sizeOrUsual } from './screen-size'

// The records of an Alpacon Websh session, as its API gives them: `{"added_at": RFC 3339, "record": text}` in pages
// `{"next": ..., "results": [...]}`, in lists, or one to a line. In which order pages come is not promised.

/** Where something stands that should be a record; `value` is undefined where it is none at first sight. */
type Item = { file: RecordingFile; place: Place; at: string; value: unknown; /** Why it is none. */ reason?: string }
/** `micros` since 1970; null where its time cannot be read. */
type Chunk = { file: RecordingFile; place: Place; micros: number | null }

const OBJECT = 0x7b
const LIST = 0x5b
const LOOKED_AT = 65_536
/** A file with more that is no record is not what it seems; each would cost as much as a record. */
const MOST_STRANGE = 10_000

function isRecord(value: unknown): value is Record<string, unknown> & { record: string } {
  return isJsonObject(value) && typeof value['record'] === 'string'
}

function beginning({ bytes }: RecordingFile): number {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return skipSpace(bytes, hasMark ? 3 : 0)
}

function* itemsOfLines(file: RecordingFile): Generator<Item, void> {
  const { name, bytes } = file
  const start = beginning(file)
  for (const { line, from: lineStart, to, tooLong } of byteLines(bytes)) {
    const from = skipSpace(bytes, Math.max(lineStart, start))
    if (from >= to) continue
    const value = tooLong ? undefined : jsonAt(bytes, { from, to })
    yield { file, place: { from, to }, at: `${name}, line ${line}`, value }
  }
}

function* itemsOfList(file: RecordingFile, list: number): Generator<Item, void> {
  for (const place of jsonItems(file.bytes, list)) {
    // Whatever else a list may hold is not worth parsing, by the million.
    const value = file.bytes[place.from] === OBJECT ? jsonAt(file.bytes, place) : undefined
    yield { file, place, at: `${file.name}, byte ${place.from}`, value }
  }
}

/** Pages and lists, one behind the other. */
function* itemsOfPages(file: RecordingFile): Generator<Item, void> {
  const { name, bytes } = file
  let end = beginning(file)
  // Nothing stands around the values of a file: the place before the first is taken for the bracket.
  for (const page of jsonItems(bytes, end - 1)) {
    if (bytes[page.from] === LIST) yield* itemsOfList(file, page.from)
    else if (bytes[page.from] === OBJECT) yield* itemsOfPage(file, page)
    else yield { file, place: page, at: `${name}, byte ${page.from}`, value: undefined }
    end = skipSpace(bytes, page.to)
  }
  const rest = { from: end, to: bytes.length }
  if (end < bytes.length) yield { file, place: rest, at: `${name}, byte ${end}`, value: undefined }
}

function* itemsOfPage(file: RecordingFile, page: Place): Generator<Item, void> {
  let results: Place | null = null
  for (const { name, ...value } of jsonItems(file.bytes, page.from)) {
    if (name !== null && textAt(file.bytes, name) === '"results"') results = value
  }
  const at = `${file.name}, byte ${page.from}`
  if (results === null) yield { file, place: page, at, value: jsonAt(file.bytes, page) }
  else if (file.bytes[results.from] === LIST) yield* itemsOfList(file, results.from)
}

function textAt(bytes: Uint8Array, { from, to }: Place): string {
  return Buffer.from(bytes.subarray(from, Math.min(to, from + LOOKED_AT))).toString('latin1')
}

function* itemsOf(file: RecordingFile): Generator<Item, void> {
  const from = beginning(file)
  const [first] = byteLines(file.bytes.subarray(from))
  const place = { from, to: from + (first?.to ?? 0) }
  let strange = 0
  for (const item of isRecord(jsonAt(file.bytes, place)) ? itemsOfLines(file) : itemsOfPages(file)) {
    if (!isRecord(item.value)) strange++
    if (strange <= MOST_STRANGE) yield item
    else {
      const reason = `more than ${MOST_STRANGE} things are no records: the rest is left out`
      yield { ...item, value: undefined, reason }
      return
    }
  }
}

function microsOf(text: unknown): number | null {
  const instant = typeof text === 'string' && text.length < 64 ? parseInstant(text) : null
  if (instant === null) return null
  const fraction = /\.(\d{1,9})/.exec(String(text))?.[1] ?? ''
  return instant * 1000 + Number(fraction.padEnd(6, '0').slice(3, 6))
}

/** A time in the midst of all, by which a damaged one is told; null where there is none at all. */
function middleOf(times: readonly number[]): number | null {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? null
}

function isNear(micros: number, middle: number): boolean {
  return Math.abs(micros - middle) <= LONGEST_PAUSE * 1e6
}

function chunkOf({ file, place, at, value, reason: known }: Item, middle: number, sink: EventSink): Chunk | null {
  if (!isRecord(value)) {
    sink.damage({ at, reason: known ?? 'it is cut, or no record' })
    return null
  }
  const micros = microsOf(value['added_at'])
  if (micros !== null && isNear(micros, middle)) return { file, place, micros }
  const reason = micros === null ? 'is no time' : 'is more than a year away from the others'
  sink.damage({ at, reason: `its added_at ${reason}: it is put behind the record before it` })
  return { file, place, micros: null }
}

/** By time, and of the same time as they came; a list that comes newest first is turned round before. */
function ordered(chunks: Chunk[]): { chunk: Chunk; micros: number }[] {
  const known = chunks.flatMap(({ micros }) => (micros === null ? [] : [micros]))
  const [first = 0] = known
  const arrived = first > (known.at(-1) ?? first) ? chunks.toReversed() : chunks
  // A record without a time is left where it came.
  let before = arrived.find(({ micros }) => micros !== null)?.micros ?? 0
  const timed = arrived.map((chunk) => {
    before = chunk.micros ?? before
    return { chunk, micros: before }
  })
  return timed.toSorted((a, b) => a.micros - b.micros)
}

function* read(files: readonly RecordingFile[], middle: number, sink: EventSink): Generator<void, void> {
  const due = createPace(2 * files.reduce((sum, { bytes }) => sum + bytes.length, 0), sink)
  const chunks: Chunk[] = []
  let done = 0
  for (const file of files) {
    for (const item of itemsOf(file)) {
      const chunk = chunkOf(item, middle, sink)
      if (chunk !== null) chunks.push(chunk)
      done += item.place.to - item.place.from
      if (due(done)) yield
    }
  }
  const sorted = ordered(chunks)
  const start = sorted[0]?.micros ?? 0
  for (const { chunk, micros } of sorted) {
    const value = jsonAt(chunk.file.bytes, chunk.place)
    if (isRecord(value) && value.record !== '') sink.add((micros - start) / 1e6, 'output', Buffer.from(value.record))
    done += chunk.place.to - chunk.place.from
    if (due(done)) yield
  }
  sink.progress(1)
}

function open(files: readonly RecordingFile[]): OpenRecording {
  const times: number[] = []
  let records = 0
  for (const file of files) {
    for (const { value } of itemsOf(file)) {
      if (!isRecord(value)) continue
      records++
      const micros = microsOf(value['added_at'])
      if (micros !== null) times.push(micros)
    }
  }
  if (records === 0) {
    const wanted = 'Expected records of Alpacon: objects with added_at and record.'
    throw new RecordingFault(files[0]?.name ?? 'files', wanted)
  }
  const middle = middleOf(times)
  const first = times.reduce((least, time) => (isNear(time, middle ?? 0) && time < least ? time : least), Infinity)
  return {
    head: {
      format: 'alpacon',
      ...sizeOrUsual(null),
      start: middle === null ? null : Math.floor(first / 1000),
      startPrecision: 'us',
    },
    read: (sink) => read(files, middle ?? 0, sink),
  }
}

function looksRight(file: RecordingFile): boolean {
  const from = beginning(file)
  const text = textAt(file.bytes, { from, to: file.bytes.length })
  if (!/^[[{]/.test(text) || !text.includes('"added_at"') || !text.includes('"record"')) return false
  // A server's events have the same two members, and say who reported them.
  return !text.includes('"reporter"')
}

/** Alpacon: in one file or in one per page. The size of the terminal is in the session, not in its records. */
export const alpacon: RecordingReader = {
  accepts: (files) => files.length > 0 && files.every(looksRight),
  parts: onePart,
  open,
}
