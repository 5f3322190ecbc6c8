import { Terminal } from '@xterm/headless'
import { batchEnd, BATCH_LIMITS, HISTORY_SCROLLBACK, LineHistory } from '../../../../src/backend/recording/lines/line-history'
import { endOfLine, hasFlag, lineText } from '../../../../src/backend/recording/lines/logical-lines'
import { LINE_FLAGS, type LineColumns, type LineLimits } from '../../../../src/backend/recording/lines/line-columns'

export type Played = { time: number; output: string | Uint8Array } | { time: number; resize: [cols: number, rows: number] }
export type PlayOptions = { cols?: number; rows?: number; limits?: LineLimits; scrollback?: number; endAt?: number; onBatch?: OnBatch }
export type OnBatch = (terminal: Terminal, time: number) => void
export type Seen = {
  lines: LineColumns
  spans: readonly { from: number; to: number }[]
  missed: LineHistory['missed']
  duration: number
}

/** Plays events on a terminal as a caller would: batches of what came within 200 ms, the history after each. */
export async function play(events: readonly Played[], options: PlayOptions = {}): Promise<Seen> {
  const { cols = 80, rows = 24, scrollback = HISTORY_SCROLLBACK } = options
  const terminal = new Terminal({ cols, rows, scrollback, allowProposedApi: true, logLevel: 'off' })
  const history = new LineHistory(terminal, options.limits)
  let offset = 0
  const written = (): Promise<void> => new Promise((done) => terminal.write('', done))
  for (const batch of batches(events)) {
    if ('resize' in batch) {
      await written()
      terminal.resize(...batch.resize)
      history.follow({ time: batch.time, offset })
      continue
    }
    for (let from = 0; from < batch.bytes.length; ) {
      const to = batchEnd(batch.bytes, { from, to: batch.bytes.length }, terminal.cols)
      const moment = { time: batch.time, offset: offset + from }
      terminal.write(batch.bytes.subarray(from, to), () => {
        history.follow(moment)
        options.onBatch?.(terminal, batch.time)
      })
      from = to
    }
    offset += batch.bytes.length
  }
  await written()
  const duration = options.endAt ?? events.at(-1)?.time ?? 0
  history.end(duration)
  const seen = { lines: history.columns(), spans: history.alternateSpans, missed: history.missed, duration }
  history.close()
  terminal.dispose()
  return seen
}

type Batch = { time: number; bytes: Uint8Array } | { time: number; resize: [cols: number, rows: number] }

function batches(events: readonly Played[]): Batch[] {
  const made: Batch[] = []
  let parts: Uint8Array[] = []
  let first = 0
  let last = 0
  const flush = (): void => {
    if (parts.length > 0) made.push({ time: last, bytes: Buffer.concat(parts) })
    parts = []
  }
  for (const event of events) {
    if ('resize' in event) {
      flush()
      made.push(event)
      continue
    }
    if (parts.length > 0 && event.time - first > BATCH_LIMITS.seconds) flush()
    if (parts.length === 0) first = event.time
    last = event.time
    parts.push(typeof event.output === 'string' ? Buffer.from(event.output) : event.output)
  }
  flush()
  return made
}

/** An entry in a form that can be read in a test: a whole line, with wrapped rows joined. */
export type Line = { text: string; since: number; changed: number; gone: number; line: number; flags: string[] }

export function wholeLines(lines: LineColumns): Line[] {
  const whole: Line[] = []
  for (let first = 0; first < lines.count; first = endOfLine(lines, first)) whole.push(line(lines, first, endOfLine(lines, first)))
  return whole
}

function line(lines: LineColumns, first: number, end: number): Line {
  const flags = Object.entries(LINE_FLAGS).filter(([, bit]) => hasFlag(lines, first, bit))
  return {
    text: lineText(lines, first, end),
    since: (lines.since[first] ?? 0) / 1000,
    changed: (lines.changed[end - 1] ?? 0) / 1000,
    gone: (lines.gone[first] ?? 0) / 1000,
    line: lines.lines[first] ?? 0,
    flags: flags.map(([name]) => name),
  }
}

/** Plays something and asks, after every batch, that each row of the screen is in an entry of that time. */
export async function unseenRows(events: readonly Played[], size: { cols: number; rows: number }): Promise<string[]> {
  const shown: { time: number; rows: string[] }[] = []
  const onBatch = (terminal: Terminal, time: number): void => {
    const buffer = terminal.buffer.active
    const rows = Array.from({ length: terminal.rows }, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '')
    shown.push({ time, rows: rows.map((row) => row.replace(/ +$/, '')).filter((row) => row !== '') })
  }
  const { lines } = await play(events, { ...size, onBatch })
  const each = Array.from({ length: lines.count }, (_, entry) => line(lines, entry, entry + 1))
  // A line that a resize wrapped anew has other rows than it had, and the time at which it began.
  const all = [...each, ...wholeLines(lines)]
  // What is told of a moment is told of its last batch.
  const last = shown.filter(({ time }, index) => shown[index + 1]?.time !== time)
  return last.flatMap(({ time, rows }) => {
    const alive = all.filter(({ since, gone, flags }) => since <= time + 0.001 && (gone > time || flags.includes('shown')))
    const numberless = (text: string): string => text.replace(/\d+/g, '#')
    const holds = (row: string): boolean => alive.some(({ text }) => text.includes(row) || numberless(text).includes(numberless(row)))
    // What is left of a row while it is erased is kept with the row as it was.
    const wasLonger = (row: string): boolean => all.some(({ text, gone }) => gone <= time + 0.001 && text.startsWith(row))
    return rows.filter((row) => !holds(row) && !wasLonger(row)).map((row) => `${time}: ${row}`)
  })
}
