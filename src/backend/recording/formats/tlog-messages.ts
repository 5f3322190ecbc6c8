import { LONGEST_LINE, type ByteLine } from '../byte-lines'
import type { RecordingFile } from '../model'
import { isJsonObject, jsonAt, jsonItems, skipSpace, type Place } from './json-items'

// A tlog message is one JSON object (Scribery/tlog, doc/log_format.md). It comes alone on its line, behind the head of
// a syslog or journal line, as text within the JSON of `journalctl -o json`, or as a hit of an Elasticsearch answer.

export type TlogMessage = {
  host: string
  /** Empty before format 2.1. */
  rec: string
  user: string
  session: number
  id: number
  /** Milliseconds since the recording began. */
  pos: number
  /** Seconds since 1970, since format 2.3. */
  time: number | null
  timing: string
  inText: string
  inBytes: readonly unknown[]
  outText: string
  outBytes: readonly unknown[]
}

/** A message, or why something that begins as one is none; `null` where there is only progress to tell. */
export type Found = { at: string; /** Bytes of all files. */ done: number; message: TlogMessage | string | null }

const BEGINNING = '{"ver"'
/** An answer with more hits of other programs was not asked for messages; each would cost as much as a message. */
const MOST_STRANGE = 10_000
/** Of an answer, where its hits must begin. */
const LOOKED_AT = 65_536

/** tlog writes 2 KB unless it is told otherwise. */
const LONGEST_MESSAGE = 4 * 2 ** 20
const OBJECT = 0x7b

function wholeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text instead of a message is the reason why it is none. */
function messageOf(fields: Record<string, unknown>): TlogMessage | string {
  const version = /^(\d{1,4})(?:\.\d{1,4})?$/.exec(String(fields['ver']))
  if (version === null || Number(version[1]) > 2) return `version ${shown(fields['ver'])} is not known`
  const id = wholeNumber(fields['id'])
  const pos = wholeNumber(fields['pos'])
  if (id === null) return 'its id is no number'
  if (pos === null) return 'its pos is no number of milliseconds'
  if (typeof fields['timing'] !== 'string') return 'its timing is no text'
  const time = fields['time']
  return {
    host: textOf(fields['host']),
    rec: textOf(fields['rec']),
    user: textOf(fields['user']),
    session: wholeNumber(fields['session']) ?? 0,
    id,
    pos,
    time: typeof time === 'number' && time > 0 && time < 1e11 ? time : null,
    timing: fields['timing'],
    inText: textOf(fields['in_txt']),
    inBytes: listOf(fields['in_bin']),
    outText: textOf(fields['out_txt']),
    outBytes: listOf(fields['out_bin']),
  }
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'absent').slice(0, 40)
}

/** The message in a JSON value, whatever it is wrapped in. */
function unwrapped(value: unknown): (TlogMessage | string)[] {
  if (!isJsonObject(value)) return []
  if ('ver' in value && 'timing' in value) return [messageOf(value)]
  const { MESSAGE, message = MESSAGE, _source: source } = value
  if (typeof message === 'string') return inText(Buffer.from(message))
  return isJsonObject(source) && 'ver' in source ? [messageOf(source)] : []
}

/** Place behind the object that begins at a place; -1 where it does not end. */
function objectEnd(bytes: Uint8Array, from: number): number {
  const last = Math.min(bytes.length, from + LONGEST_MESSAGE)
  let depth = 0
  let inString = false
  for (let at = from; at < last; at++) {
    const byte = bytes[at]
    if (inString) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === OBJECT) depth++
    else if (byte === 0x7d && --depth === 0) return at + 1
  }
  return -1
}

/** The messages that stand as they are in a line. */
function inText(line: Buffer): (TlogMessage | string)[] {
  const messages: (TlogMessage | string)[] = []
  for (let from = line.indexOf(BEGINNING); from !== -1; ) {
    const to = objectEnd(line, from)
    const value = to === -1 ? undefined : jsonAt(line, { from, to })
    if (!isJsonObject(value)) {
      messages.push('the message is cut, damaged or far too long')
      break
    }
    messages.push(messageOf(value))
    from = line.indexOf(BEGINNING, to)
  }
  return messages
}

/** The value of an object's member; null where there is none of this name. */
function memberAt(bytes: Uint8Array, from: number, wanted: string): Place | null {
  for (const { name, ...place } of jsonItems(bytes, from)) {
    if (name !== null && latin1(bytes.subarray(name.from, name.to)) === wanted) return place
  }
  return null
}

/** The list of hits in an Elasticsearch answer; null where this is none. */
function hitsOf(bytes: Uint8Array, { from }: Place): Place | null {
  const outer = bytes[from] === OBJECT ? memberAt(bytes, from, '"hits"') : null
  return outer && bytes[outer.from] === OBJECT ? memberAt(bytes, outer.from, '"hits"') : null
}

function inHits(bytes: Uint8Array, hits: Place): (TlogMessage | string)[] {
  const found: (TlogMessage | string)[] = []
  let strange = 0
  for (const hit of jsonItems(bytes, hits.from)) {
    const value = jsonAt(bytes, hit)
    const messages = value === undefined ? ['the hit is cut or damaged'] : unwrapped(value)
    for (const message of messages) found.push(message)
    if (messages.some((message) => typeof message !== 'string')) continue
    if (++strange > MOST_STRANGE) {
      found.push(`more than ${MOST_STRANGE} hits are no messages: the rest is left out`)
      break
    }
  }
  return found
}

/** The messages of a file of Elasticsearch answers, over however many lines; null where it is none. */
function inAnswers(bytes: Uint8Array): (TlogMessage | string)[] | null {
  const start = skipSpace(bytes, 0)
  if (bytes[start] !== OBJECT || !latin1(bytes.subarray(start, start + LOOKED_AT)).includes('"hits"')) return null
  const found: (TlogMessage | string)[] = []
  let end = start
  // Nothing stands around the values of a file: the place before the first is taken for the bracket.
  for (const answer of jsonItems(bytes, start - 1)) {
    const hits = hitsOf(bytes, answer)
    if (hits === null && end === start) return null
    if (hits !== null) for (const message of inHits(bytes, hits)) found.push(message)
    end = skipSpace(bytes, answer.to)
  }
  if (end < bytes.length) found.push('what follows the answers is none')
  // A search answers in any order; within a recording the ids give it.
  return found.toSorted((a, b) => placeOf(a) - placeOf(b))
}

function placeOf(found: TlogMessage | string): number {
  return typeof found === 'string' ? 0 : found.id
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** Begins the first key of a message, also where quotes are escaped. */
const MARK = '"ver'
const LF = 0x0a

/** The lines that may hold a message: a journal is long, and most of it is of other programs. */
function* markedLines(bytes: Uint8Array): Generator<ByteLine, void> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let line = 1
  let counted = 0
  for (let mark = text.indexOf(MARK); mark !== -1; ) {
    for (; counted < mark; counted++) if (text[counted] === LF) line++
    const from = text.lastIndexOf(LF, mark) + 1
    const found = text.indexOf(LF, mark)
    const to = found === -1 ? text.length : found
    yield { line, from, to, tooLong: to - from > LONGEST_LINE }
    mark = text.indexOf(MARK, to)
  }
}

/** The messages of a line. */
function inLine(line: Uint8Array): (TlogMessage | string)[] {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.length)
  if (bytes.includes(BEGINNING)) return inText(bytes)
  const wrapped = bytes.includes('{\\"ver\\"') || (bytes.includes('"ver"') && bytes.includes('"timing"'))
  return wrapped ? unwrapped(jsonAt(bytes, { from: 0, to: bytes.length })) : []
}

/** Everything in the files that is, or begins as, a message; now and then only how far it is. */
export function* tlogMessages(files: readonly RecordingFile[]): Generator<Found, void> {
  let before = 0
  for (const { name, bytes } of files) {
    const prefix = files.length === 1 ? '' : `${name}, `
    const answer = inAnswers(bytes)
    if (answer !== null) {
      const done = before + bytes.length
      for (const [hit, message] of answer.entries()) yield { at: `${prefix}hit ${hit + 1}`, done, message }
    } else {
      for (const { line, from, to, tooLong } of markedLines(bytes)) {
        const at = `${prefix}line ${line}`
        const done = before + to
        if (tooLong) yield { at, done, message: 'the line is too long' }
        else for (const message of inLine(bytes.subarray(from, to))) yield { at, done, message }
        yield { at, done, message: null }
      }
    }
    before += bytes.length
  }
}
