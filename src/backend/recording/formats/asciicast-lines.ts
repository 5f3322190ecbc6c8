import type { RecordingFormat } from '../../../domain'
import { byteLines, type ByteLine } from '../byte-lines'
import { sizeOf, sizePayload } from '../events'
import { RecordingFault, type EventKind, type EventSink, type OpenRecording, type RecordingFile } from '../model'
import {
  castHead,
  castHeader,
  clampDamage,
  onlyFile,
  type CastFields,
  type CastHeader,
  type RawSize,
} from './asciicast'
import { LONGEST_PAUSE } from './delay'
import { listAt, skipSpace } from './json-items'
import { createPace } from './pace'

// Versions 2 and 3: a header, then one event per line, `[time, code, data]`. Its seconds count from the start in version 2,
// from the event before in version 3.

/** In what the two versions differ, besides time. */
export type CastDialect = {
  format: RecordingFormat
  version: 2 | 3
  rawSize: (fields: CastFields) => RawSize
}

const KINDS = new Map<string, EventKind>([
  ['o', 'output'],
  ['i', 'input'],
  ['r', 'resize'],
  ['m', 'marker'],
  ['x', 'exit'],
])

const HASH = 0x23
const UTF8 = new TextEncoder()

/** Where the lines of a recording stand in time. */
type Clock = { relative: boolean; seconds: number }
type LineAsk = { bytes: Uint8Array; line: ByteLine; clock: Clock; sink: EventSink }

/** The header, where these files are one asciicast of this version. */
export function headerOfVersion(files: readonly RecordingFile[], version: number): CastHeader | null {
  const file = onlyFile(files)
  const header = file && castHeader(file.bytes)
  return header?.version === version ? header : null
}

/** @throws RecordingFault where these files are not one asciicast of the dialect's version. */
export function openLines(files: readonly RecordingFile[], { format, version, rawSize }: CastDialect): OpenRecording {
  const file = onlyFile(files)
  const header = headerOfVersion(files, version)
  if (file === null || header === null) {
    const place = file === null ? 'files' : `${file.name}, line 1`
    throw new RecordingFault(place, `Expected one asciicast whose header says version ${version}.`)
  }
  const size = rawSize(header.fields)
  return {
    head: castHead(format, header.fields, size),
    *read(sink) {
      if (header.damaged) sink.damage({ at: 'line 1', reason: 'the header cannot be read: size and date are not known' })
      for (const damage of clampDamage('line 1', size)) sink.damage(damage)
      yield* readEventLines(file.bytes, version === 3, sink)
    },
  }
}

function* readEventLines(bytes: Uint8Array, relative: boolean, sink: EventSink): Generator<void, void> {
  const due = createPace(bytes.length, sink)
  const clock: Clock = { relative, seconds: 0 }
  for (const line of byteLines(bytes)) {
    if (line.line > 1 && !isSilent(bytes, line, relative)) {
      const reason = line.tooLong ? 'the line is too long' : readLine({ bytes, line, clock, sink })
      if (reason !== null) sink.damage({ at: `line ${line.line}`, reason })
    }
    if (due(line.to)) yield
  }
  sink.progress(1)
}

/** Codes of the events in the lines that are whole in these bytes, those that cannot be read left out. */
export function eventCodes(bytes: Uint8Array): Set<unknown> {
  const codes = new Set<unknown>()
  for (const line of byteLines(bytes)) {
    const event = line.line > 1 && line.to < bytes.length ? listAt(bytes, line) : null
    if (event !== null) codes.add(event[1])
  }
  return codes
}

/** Blank, or a comment, which only version 3 has. */
function isSilent(bytes: Uint8Array, { from, to }: ByteLine, comments: boolean): boolean {
  // Not beyond the line: its end is white space too, and millions of blank lines would each be looked at from each.
  const at = skipSpace(bytes, from, to)
  return at === to || (comments && bytes[at] === HASH)
}

/** Gives the event of a line; why not, where there is none. */
function readLine({ bytes, line, clock, sink }: LineAsk): string | null {
  const event = listAt(bytes, line)
  if (event === null) {
    return line.to === bytes.length ? 'the file ends within this line' : 'expected [time, code, data]'
  }
  const [time, code, data] = event
  if (typeof time !== 'number') return 'the time is not a number'
  if (clock.relative && time > LONGEST_PAUSE) return `a pause of ${time} s cannot be`
  // Before the rest is looked at: an event that is left out still takes its time.
  const at = moved(clock, time)
  if (event.length !== 3) return `expected 3 values, found ${event.length}`
  if (typeof code !== 'string') return 'the code is not a text'
  if (typeof data !== 'string') return 'the data is not a text'
  const kind = KINDS.get(code) ?? 'other'
  if (kind !== 'resize') {
    sink.add(at, kind, UTF8.encode(data))
    return null
  }
  const [, cols, rows] = /^(\d{1,9})x(\d{1,9})$/.exec(data) ?? []
  const raw: RawSize = { cols: Number(cols), rows: Number(rows) }
  const size = sizeOf(raw.cols, raw.rows)
  if (size === null) return 'expected a size as COLSxROWS'
  for (const damage of clampDamage(`line ${line.line}`, raw)) sink.damage(damage)
  sink.add(at, 'resize', sizePayload(size))
  return null
}

/** Seconds since the start, for the sink to judge: one that goes back moves no later event. */
function moved(clock: Clock, time: number): number {
  if (!clock.relative) return time
  const at = clock.seconds + time
  if (time > 0) clock.seconds = at
  return at
}
