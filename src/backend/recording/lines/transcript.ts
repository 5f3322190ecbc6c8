import type { Instant } from '../../../domain'
import { LINE_FLAGS, type LineColumns } from './line-columns'
import { endOfLine, hasFlag, linesInOrder, lineText } from './logical-lines'
import type { ScreenSpan } from './screen-spans'
import { visibleText } from './visible-text'

/** `at`: seconds since the start, when it appeared. */
export type TranscriptLine = { at: number; text: string }

export type TranscriptAsk = {
  lines: LineColumns
  alternateSpans: readonly ScreenSpan[]
  /** Clock times are UTC; without a start they are times since it. */
  start: Instant | null
}

/**
 * What was written on the normal screen, in the order in which it appeared, one line each; full-screen programs are a
 * line that says from when to when they ran.
 */
export function* transcript({ lines, alternateSpans, start }: TranscriptAsk): Generator<TranscriptLine, void> {
  const left = LINE_FLAGS.alternate | LINE_FLAGS.returned
  let span = 0
  for (const first of linesInOrder(lines, (entry) => !hasFlag(lines, entry, left))) {
    const at = (lines.since[first] ?? 0) / 1000
    for (; (alternateSpans[span]?.from ?? Infinity) < at; span++) yield* spanLine(alternateSpans[span], start)
    yield { at, text: visibleText(lineText(lines, first, endOfLine(lines, first))) }
  }
  for (; span < alternateSpans.length; span++) yield* spanLine(alternateSpans[span], start)
}

function* spanLine(span: ScreenSpan | undefined, start: Instant | null): Generator<TranscriptLine, void> {
  if (span === undefined) return
  yield { at: span.from, text: `[full-screen program ${clock(span.from, start)}-${clock(span.to, start)}]` }
}

/** `14:03:10`; without a start the hours go on beyond a day. */
function clock(seconds: number, start: Instant | null): string {
  if (start !== null) return new Date(start + seconds * 1000).toISOString().slice(11, 19)
  const whole = Math.floor(seconds)
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}
