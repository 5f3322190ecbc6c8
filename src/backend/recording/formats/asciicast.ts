import type { Damage, Instant, RecordingFormat, RecordingHead } from '../../../domain'
import { byteLines } from '../byte-lines'
import { sizeOf } from '../events'
import type { RecordingFile, RecordingPart } from '../model'
import { isJsonObject, jsonAt } from './json-items'
import { sizeOrUsual } from './screen-size'

// asciinema's formats: docs.asciinema.org/manual/asciicast/v1, v2 and v3. Versions 2 and 3 say what they are in their
// first line, the header; version 1 is one JSON object, over one line or many.

export type CastFields = Record<string, unknown>
export type CastHeader = {
  version: number
  /** Empty where the line is damaged, and only its version can be told. */
  fields: CastFields
  damaged: boolean
}

/** What stands where a size should. */
export type RawSize = { cols: unknown; rows: unknown }

/** A header holds a theme and an environment. */
const LONGEST_HEADER = 2 ** 20
/** Looked at, at the beginning and at the end, where a file has no header line. */
const LOOKED_AT = 64 * 1024

/** Seconds on either side of 1970 that a date can have. */
const MOST_EPOCH = 8.64e12

/** The file, where it is one alone, as every asciicast is. */
export function onlyFile(files: readonly RecordingFile[]): RecordingFile | null {
  const [file] = files
  return files.length === 1 && file !== undefined ? file : null
}

/** The one recording of a file. */
export function onePart(files: readonly RecordingFile[]): RecordingPart[] {
  return files.slice(0, 1).map(({ name }) => ({ part: '', label: name }))
}

/** What the first line says; null where it is no header with a version. */
export function castHeader(bytes: Uint8Array): CastHeader | null {
  const [line] = byteLines(bytes.subarray(0, LONGEST_HEADER))
  if (line === undefined) return null
  const header = jsonAt(bytes, line)
  if (isJsonObject(header)) {
    const { version } = header
    return typeof version === 'number' && Number.isInteger(version) ? { version, fields: header, damaged: false } : null
  }
  const version = /^\s*\{.*"version"\s*:\s*([23])\b/.exec(textOf(bytes.subarray(0, Math.min(line.to, LOOKED_AT))))
  const isFollowedByEvent = /^\s*\[/.test(textOf(bytes.subarray(line.to, line.to + 8)))
  return version !== null && isFollowedByEvent ? { version: Number(version[1]), fields: {}, damaged: true } : null
}

/** Whether a file without a header line is of version 1: in which order it names things is its own affair. */
export function isVersion1(bytes: Uint8Array): boolean {
  const header = castHeader(bytes)
  if (header !== null) return header.version === 1
  const ends = `${textOf(bytes.subarray(0, LOOKED_AT))}\n${textOf(bytes.subarray(-LOOKED_AT))}`
  return /^\s*\{/.test(ends) && /"version"\s*:\s*1\s*[,}]/.test(ends) && /"stdout"\s*:\s*\[/.test(ends)
}

/** What a header says besides its size; the names are the same in all versions. */
export function castHead(format: RecordingFormat, fields: CastFields, { cols, rows }: RawSize): RecordingHead {
  const head: RecordingHead = { format, ...sizeOrUsual(sizeOf(cols, rows)), ...startOf(fields['timestamp']) }
  const title = headText(fields['title'])
  const command = headText(fields['command'])
  const idleLimit = fields['idle_time_limit']
  if (title !== null) head.title = title
  if (command !== null) head.command = command
  if (typeof idleLimit === 'number' && idleLimit > 0) head.idleLimit = idleLimit
  return head
}

/** Told where a size is larger than any screen here, and was clamped. */
export function clampDamage(at: string, { cols, rows }: RawSize): Damage[] {
  const size = sizeOf(cols, rows)
  if (size === null || (size.cols === cols && size.rows === rows)) return []
  return [{ at, reason: `the size ${String(cols)}x${String(rows)} is taken as ${size.cols}x${size.rows}` }]
}

function startOf(timestamp: unknown): { start: Instant | null; startPrecision: 's' | 'ms' } {
  if (typeof timestamp !== 'number' || Math.abs(timestamp) > MOST_EPOCH) return { start: null, startPrecision: 's' }
  return { start: Math.round(timestamp * 1000), startPrecision: Number.isInteger(timestamp) ? 's' : 'ms' }
}

/** Lone surrogates, which JSON can spell, become U+FFFD. */
function headText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? textOf(new TextEncoder().encode(value)) : null
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
