import { LINE_FLAGS, type LineColumns } from './line-columns'
import { endOfLine, hasFlag, lineText } from './logical-lines'
import type { LongString } from './string-watch'
import { visibleText } from './visible-text'

/**
 * What somebody who reads a recording should be told: text that was there too short to be read, text that could not be
 * seen, output that never reached the screen, lines that went by unread, times out of order.
 */
export const SUSPICION_KINDS = ['brief-text', 'hidden-text', 'swallowed-output', 'lines-missed', 'time-back'] as const
export type SuspicionKind = (typeof SUSPICION_KINDS)[number]

/** A fact, no judgement. `at`: seconds since the start. */
export type Suspicion = { kind: SuspicionKind; at: number; text: string }

export type SuspicionAsk = {
  lines: LineColumns
  /** See `StringWatch.found`. */
  longStrings: readonly LongString[]
  /** See `LineHistory.missed`. */
  missed: { at: number; lines: number; entries: number }
  /** Times that went back: when, and by how many seconds. */
  timesBack: readonly { at: number; by: number }[]
}

/** Text that is erased sooner was hardly there to be read. */
export const BRIEF_MS = 500
/** Of each kind. */
const MOST_FACTS = 500
const MOST_QUOTED = 200
/** Facts that follow one another so soon are one: a program that draws. */
const SAME_BURST_MS = 1000

/** The facts, by time. */
export function suspicions({ lines, longStrings, missed, timesBack }: SuspicionAsk): Suspicion[] {
  const facts = [
    ...briefText(lines),
    ...hiddenText(lines),
    ...longStrings.slice(0, MOST_FACTS).map(swallowed),
    ...timesBack.slice(0, MOST_FACTS).map(wentBack),
  ]
  const unread = `Lines went by too fast to be read: ${missed.lines} or more`
  if (missed.lines > 0) facts.push(fact('lines-missed', missed.at, unread))
  if (missed.entries > 0) facts.push(fact('lines-missed', missed.at, `${missed.entries} rows are beyond what is kept`))
  return facts.sort((a, b) => a.at - b.at)
}

function briefText(lines: LineColumns): Suspicion[] {
  const facts: Suspicion[] = []
  let burst = { from: 0, until: -1, count: 0, quote: '' }
  const flush = (): void => {
    const more = burst.count > 1 ? `, and ${burst.count - 1} more rows soon after` : ''
    const text = `Shown for less than 0.5 s: ${burst.quote}${more}`
    if (burst.count > 0) facts.push(fact('brief-text', burst.from / 1000, text))
  }
  for (let first = 0; first < lines.count && facts.length < MOST_FACTS; first = endOfLine(lines, first)) {
    if (!isBrief(lines, first)) continue
    const since = lines.since[first] ?? 0
    if (burst.count > 0 && since <= burst.until + SAME_BURST_MS && since >= burst.from) burst.count++
    else {
      flush()
      burst = { from: since, until: since, count: 1, quote: quoted(lines, first) }
    }
    burst.until = Math.max(burst.until, lines.gone[first] ?? 0)
  }
  flush()
  return facts
}

/** Lines that scroll away are above the screen; typing and programs that count draw a line anew all the time. */
function isBrief(lines: LineColumns, first: number): boolean {
  const kept = LINE_FLAGS.scrolled | LINE_FLAGS.shown | LINE_FLAGS.alternate | LINE_FLAGS.returned | LINE_FLAGS.grown
  return !hasFlag(lines, first, kept) && (lines.gone[first] ?? 0) - (lines.since[first] ?? 0) < BRIEF_MS
}

function hiddenText(lines: LineColumns): Suspicion[] {
  const facts: Suspicion[] = []
  for (let entry = 0; entry < lines.count && facts.length < MOST_FACTS; entry++) {
    if (!hasFlag(lines, entry, LINE_FLAGS.hidden)) continue
    const text = `Holds text that cannot be seen: ${quoted(lines, entry)}`
    facts.push(fact('hidden-text', (lines.changed[entry] ?? 0) / 1000, text))
  }
  return facts
}

function swallowed({ kind, at, bytes, hasEnded }: LongString): Suspicion {
  const end = hasEnded ? '' : ', to the end of the recording'
  return fact('swallowed-output', at, `${bytes} bytes of output are in one ${kind} string and not on the screen${end}`)
}

function wentBack({ at, by }: { at: number; by: number }): Suspicion {
  return fact('time-back', at, `The time goes back by ${by.toFixed(3)} s`)
}

function quoted(lines: LineColumns, first: number): string {
  const text = lineText(lines, first, endOfLine(lines, first))
  return visibleText(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text)
}

function fact(kind: SuspicionKind, at: number, text: string): Suspicion {
  return { kind, at, text }
}
