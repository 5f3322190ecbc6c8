import { sizeOf, type Size } from '../events'
import type { TlogMessage } from './tlog-messages'

// The timing of a tlog message: `+ms` a pause, `<n` n characters of input, `>n` of output, `[n/m` and `]n/m` n
// replacement characters to skip and m bytes to take instead, `=WxH` a size. Characters are code points.

/** What one message does, in order. */
export type TlogStep =
  | { kind: 'output' | 'input'; /** Milliseconds since the recording began. */ at: number; payload: Buffer }
  | { kind: 'resize'; at: number; size: Size }
  /** The timing cannot be followed from here on. */
  | { kind: 'damage'; at: number; reason: string }

const RECORD = /[ \f\n\r\t\v]*(?:([+<>])(\d{1,15})|([[\]])(\d{1,15})\/(\d{1,15})|=(\d{1,5})x(\d{1,5}))/y
const ONLY_SPACE = /^[ \f\n\r\t\v]*$/
/** The longest pause tlog itself allows is some years. */
const LONGEST_PAUSE_MS = 10 * 366 * 86_400_000

type TimingRecord =
  | { kind: 'pause'; ms: number }
  | { kind: 'size'; size: Size | null }
  | { kind: 'text'; output: boolean; characters: number }
  | { kind: 'bytes'; output: boolean; skipped: number; count: number }
  | { kind: 'bad'; reason: string }

/** Text and bytes of one direction, and how far they are taken. */
type Stock = { kind: 'output' | 'input'; text: string; at: number; bytes: readonly unknown[]; taken: number }

function stockOf(kind: 'output' | 'input', text: string, bytes: readonly unknown[]): Stock {
  return { kind, text, at: 0, bytes, taken: 0 }
}

/** Place behind so many code points; null where the text has less. */
function behind({ text, at }: Stock, characters: number): number | null {
  if (characters > text.length - at) return null
  let place = at
  for (let taken = 0; taken < characters; taken++) {
    const code = text.codePointAt(place)
    if (code === undefined) return null
    place += code > 0xffff ? 2 : 1
  }
  return place
}

/** Null where there is less than is asked for. */
function taken(stock: Stock, record: TimingRecord & { kind: 'text' | 'bytes' }): Buffer | null {
  const to = behind(stock, record.kind === 'text' ? record.characters : record.skipped)
  if (to === null) return null
  const from = stock.at
  if (record.kind === 'text') {
    stock.at = to
    return Buffer.from(stock.text.slice(from, to))
  }
  const bytes = stock.bytes.slice(stock.taken, stock.taken + record.count)
  if (bytes.length < record.count || !bytes.every(isByte)) return null
  stock.at = to
  stock.taken += record.count
  return Buffer.from(bytes)
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255
}

/** What the timing left over: a message whose timing is damaged still shows all of its text. */
function* rest(stock: Stock, at: number): Generator<TlogStep, void> {
  const payload = Buffer.from(stock.text.slice(stock.at))
  if (payload.length > 0) yield { kind: stock.kind, at, payload }
}

function recordOf(match: RegExpExecArray): TimingRecord {
  const [, sign, count, bracket, skipped, taken, cols, rows] = match
  if (cols !== undefined) return { kind: 'size', size: sizeOf(Number(cols), Number(rows)) }
  if (bracket !== undefined) {
    return { kind: 'bytes', output: bracket === ']', skipped: Number(skipped), count: Number(taken) }
  }
  const number = Number(count)
  if (sign !== '+') return { kind: 'text', output: sign === '>', characters: number }
  if (number > LONGEST_PAUSE_MS) return { kind: 'bad', reason: `its timing has a pause of ${count} ms` }
  return { kind: 'pause', ms: number }
}

/** What the timing says, up to the first place that says nothing. */
function* recordsOf(timing: string): Generator<TimingRecord, void> {
  const record = new RegExp(RECORD)
  let place = 0
  for (let match = record.exec(timing); match !== null; match = record.exec(timing)) {
    place = record.lastIndex
    yield recordOf(match)
  }
  if (ONLY_SPACE.test(timing.slice(place))) return
  yield { kind: 'bad', reason: `its timing cannot be read from ${JSON.stringify(timing.slice(place, place + 20))} on` }
}

export function* tlogSteps(message: TlogMessage): Generator<TlogStep, void> {
  const output = stockOf('output', message.outText, message.outBytes)
  const input = stockOf('input', message.inText, message.inBytes)
  let at = message.pos
  let reason: string | null = null
  for (const record of recordsOf(message.timing)) {
    if (record.kind === 'pause') at += record.ms
    else if (record.kind === 'bad') reason = record.reason
    else if (record.kind === 'size') {
      if (record.size !== null) yield { kind: 'resize', at, size: record.size }
    } else {
      const stock = record.output ? output : input
      const payload = taken(stock, record)
      if (payload === null) reason = `its timing asks for more than its ${stock.kind} holds`
      else if (payload.length > 0) yield { kind: stock.kind, at, payload }
    }
    if (reason !== null) break
  }
  const left = output.at < output.text.length || input.at < input.text.length
  if (reason === null && left) reason = 'its timing ends before its text does'
  if (reason !== null) yield { kind: 'damage', at, reason }
  yield* rest(output, at)
  yield* rest(input, at)
}
