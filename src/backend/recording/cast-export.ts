import type { RecordingHead } from '../../domain'
import { aboutLines, type About } from './about'
import { maskedInput } from './masked-input'
import type { EventColumns } from './model'
import { eventAfter, screenAt, type Played } from './moment'
import { kindAt, payloadAt, resizeOf } from './runs'
import { wholeText } from './screen/snapshot'

// asciicast version 3: docs.asciinema.org/manual/asciicast/v3. Intervals are written to the microsecond; what remains of
// one is carried to the next, so that no time drifts.

export type CastAsk = {
  played: Played
  head: RecordingHead
  about: About
  /** Seconds; null for the beginning and the end. */
  from: number | null
  to: number | null
  input: boolean
}

/** What a clip begins with: how the screen stood, and the first event that follows. */
type Beginning = { cols: number; rows: number; draw: string; event: number; at: number }

/** Longer files are no good to anybody, and longer texts cannot be made. */
const MOST_BYTES = 2 ** 29

/** The recording, or a clip of it, as asciicast 3; null where that would be too large. */
export async function castOf(ask: CastAsk): Promise<Uint8Array | null> {
  const { played, from, to } = ask
  const beginning = from === null || from <= 0 ? wholeBeginning(ask) : await clipBeginning(played, from)
  const end = to === null ? played.until : eventAfter(played, to)
  const lines = new CastLines(beginning.at)
  lines.text(`${JSON.stringify(headerOf(ask, beginning))}\n`)
  for (const line of remarks(ask)) lines.text(`# ${line}\n`)
  if (beginning.draw !== '') lines.event(beginning.at, 'o', beginning.draw)
  for (let event = beginning.event; event < end; event++) {
    addEvent(lines, { columns: played.columns, event, input: ask.input })
    if (lines.size > MOST_BYTES) return null
  }
  lines.finish(played.columns.times[end - 1] ?? beginning.at)
  return Buffer.concat(lines.pieces)
}

function wholeBeginning({ head }: CastAsk): Beginning {
  return { cols: head.cols, rows: head.rows, draw: '', event: 0, at: 0 }
}

/** Between two sequences the screen as it stands; within one the last keyframe, and all that came after it at once. */
async function clipBeginning(played: Played, from: number): Promise<Beginning> {
  const screen = await screenAt(played, from)
  try {
    const { cols, rows } = screen.terminal
    if (screen.atRest()) return { cols, rows, draw: wholeText(screen.snapshot()), event: eventAfter(played, from), at: from }
  } finally {
    screen.close()
  }
  const keyframe = played.keyframes.before(from)
  const { cols = 80, rows = 24, drawing, event = 0 } = keyframe ?? {}
  return { cols, rows, draw: drawing ? wholeText(drawing) : '', event, at: from }
}

function headerOf({ head, about }: CastAsk, { cols, rows, at }: Beginning): object {
  const title = about.title ?? head.title ?? null
  const start = about.start ?? head.start
  return {
    version: 3,
    term: { cols, rows },
    ...(start !== null && { timestamp: Math.floor((start + at * 1000) / 1000) }),
    ...(head.idleLimit !== undefined && { idle_time_limit: head.idleLimit }),
    ...(head.command !== undefined && { command: head.command }),
    ...(title !== null && { title }),
  }
}

function remarks({ about, from, to, input }: CastAsk): string[] {
  const clip = from === null && to === null ? 'Whole' : `Clip from ${from ?? 0} s to ${to === null ? 'the end' : `${to} s`}`
  const keys = input ? 'input included, what was not echoed as *' : 'input left out'
  return [...aboutLines(about), `${clip}; ${keys}; bytes that are no UTF-8 became U+FFFD.`]
}

type EventAsk = { columns: EventColumns; event: number; input: boolean }

function addEvent(lines: CastLines, { columns, event, input }: EventAsk): void {
  const time = columns.times[event] ?? 0
  const kind = kindAt(columns, event)
  const payload = payloadAt(columns, event)
  if (kind === 'output') return lines.output(time, payload)
  const text = new TextDecoder().decode(payload)
  if (kind === 'input' && input) lines.event(time, 'i', new TextDecoder().decode(maskedInput(columns, event, columns.count)))
  else if (kind === 'resize' && resizeOf(payload) !== null) lines.event(time, 'r', text)
  else if (kind === 'marker') lines.event(time, 'm', text)
  else if (kind === 'signal') lines.event(time, 'm', `signal ${text}`)
  // What is missing must not be missed.
  else if (kind === 'skipped') lines.event(time, 'm', `missing here: ${text}`)
  else if (kind === 'exit' && /^-?\d{1,9}$/.test(text)) lines.event(time, 'x', text)
}

const PIECE = 2 ** 20

/** Lines of a file, gathered in pieces. */
class CastLines {
  readonly pieces: Uint8Array[] = []
  size = 0
  // A character may come in two events: it is written with the second.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #written: number
  #texts: string[] = []
  #chars = 0

  /** `at`: the moment from which intervals are counted. */
  constructor(at: number) {
    this.#written = micros(at)
  }

  output(time: number, payload: Uint8Array): void {
    const text = this.#decoder.decode(payload, { stream: true })
    if (text !== '') this.event(time, 'o', text)
  }

  event(time: number, code: string, data: string): void {
    const now = Math.max(micros(time), this.#written)
    const interval = (now - this.#written) / 1e6
    this.#written = now
    this.text(`[${interval.toFixed(6).replace(/0{1,3}$/, '')}, "${code}", ${JSON.stringify(data)}]\n`)
  }

  text(text: string): void {
    this.#texts.push(text)
    this.#chars += text.length
    if (this.#chars > PIECE) this.#flush()
  }

  /** A character that never ended is what a terminal makes of it. */
  finish(time: number): void {
    const rest = this.#decoder.decode()
    if (rest !== '') this.event(time, 'o', rest)
    this.#flush()
  }

  #flush(): void {
    const piece = Buffer.from(this.#texts.join(''))
    this.pieces.push(piece)
    this.size += piece.length
    this.#texts = []
    this.#chars = 0
  }
}

function micros(seconds: number): number {
  return Math.round(seconds * 1e6)
}
