import { byteLines } from '../byte-lines'
import { delayOf } from './delay'

// util-linux script(1), term-utils/script.c. Classic timing: `SECONDS BYTES` of output. Advanced: `O|I SECONDS BYTES`,
// `S SECONDS SIGNAL [ROWS=r COLS=c]`, `H SECONDS NAME [VALUE]`. Either by the writer's locale with a comma.

export type TimingEntry =
  | { kind: 'output' | 'input'; delay: number; bytes: number }
  | { kind: 'signal'; delay: number; text: string }
  | { kind: 'header'; delay: number; name: string; value: string }

/** What one line says; a text where it cannot be read. */
export type TimingLine = { line: number; /** Place behind the line. */ end: number; entry: TimingEntry | string }

/** No entry is longer; a name or a command is cut by the writer at 8 KB. */
const LONGEST_ENTRY = 65_536

const CLASSIC = /^(-?\d{1,12})[.,](\d{1,9}) (\d{1,15})\s*$/
const ADVANCED = /^([OISH]) (-?\d{1,12})[.,](\d{1,9}) (.*)$/s

function entryOf(text: string): TimingEntry | string {
  const classic = CLASSIC.exec(text)
  const match = classic ?? ADVANCED.exec(text)
  if (match === null) return 'expected SECONDS BYTES, or O, I, S or H before them'
  const [letter = '', seconds = '', micros = '', rest = ''] = classic ? ['O', ...classic.slice(1)] : match.slice(1)
  const delay = delayOf(seconds, micros)
  if (delay === null) return `a pause of ${seconds} s cannot be`
  if (letter === 'S') return { kind: 'signal', delay, text: rest.trim() }
  if (letter === 'H') {
    const [, name = '', value = ''] = /^(\S*)\s?(.*)$/s.exec(rest) ?? []
    return { kind: 'header', delay, name, value: value.trim() }
  }
  const bytes = /^(\d{1,15})\s*$/.exec(rest)
  if (bytes === null) return 'expected a count of bytes'
  return { kind: letter === 'I' ? 'input' : 'output', delay, bytes: Number(bytes[1]) }
}

/** Every line of a timing file that is not empty. */
export function* timingLines(bytes: Uint8Array): Generator<TimingLine, void> {
  for (const { line, from, to } of byteLines(bytes)) {
    if (to === from) continue
    const entry = to - from > LONGEST_ENTRY ? 'the line is too long' : entryOf(utf8(bytes.subarray(from, to)))
    yield { line, end: to + 1, entry }
  }
}

/** Lines looked at to know a timing file. */
const LOOKED_AT = 20

/** Whether most of the first lines are timing: which of a pair is the timing file is not told by its name. */
export function isTiming(bytes: Uint8Array): boolean {
  let good = 0
  let bad = 0
  for (const { entry } of timingLines(bytes.subarray(0, LONGEST_ENTRY))) {
    if (typeof entry === 'string') bad++
    else good++
    if (good + bad === LOOKED_AT) break
  }
  return good > bad
}

/** Bytes of output and of input that a timing file speaks of. */
export type TimingTotals = { output: number; input: number }

/** Some two million events. What it says as a whole is asked before reading, without a pause. */
const MOST_SURVEYED = 32 * 2 ** 20

/** What a timing file says as a whole: the totals, and the headers before the first byte of the session. */
export function surveyTiming(bytes: Uint8Array): { totals: TimingTotals; headers: Map<string, string> } {
  const totals: TimingTotals = { output: 0, input: 0 }
  const headers = new Map<string, string>()
  let begun = false
  for (const { entry } of timingLines(bytes.subarray(0, MOST_SURVEYED))) {
    if (typeof entry === 'string') continue
    if (entry.kind === 'output' || entry.kind === 'input') {
      totals[entry.kind] += entry.bytes
      begun = true
    } else if (entry.kind === 'header' && !begun) headers.set(entry.name, entry.value)
  }
  return { totals, headers }
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}
