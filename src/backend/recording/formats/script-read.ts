import { sizeOf, sizePayload } from '../events'
import type { EventSink, RecordingFile } from '../model'
import { createPace } from './pace'
import { coveredBy, type DataFile } from './script-data'
import { timingLines, type TimingEntry, type TimingTotals } from './script-timing'

/** Which stream is read from which file; the same twice with `--log-io`. */
export type Streams = { output: DataFile | null; input: DataFile | null }
export type Timed = { timing: RecordingFile; streams: Streams; totals: TimingTotals }

/** A place in a data file that moves on as the timing asks for bytes. */
type Cursor = { file: DataFile; at: number; to: number; /** Of the session `at` is in. */ session: number }
type Cursors = { output: Cursor | null; input: Cursor | null }
type Moment = { time: number; line: number }
type Telling = { moment: Moment; sink: EventSink }

function cursorOf(file: DataFile | null, total: number, sink: EventSink): Cursor | null {
  if (file === null) return null
  const { session, from, to } = coveredBy(file, total)
  const before = file.sessions[0].from
  if (session > 0 && from > before) {
    const end = file.sessions[session - 1]?.to ?? from
    sink.damage({ at: `byte ${before}`, reason: `${session} earlier session(s) in ${file.name} have no timing` })
    sink.add(0, 'output', file.bytes.subarray(before, end))
  }
  return { file, at: from, to, session }
}

function cursorsOf({ streams: { output, input }, totals }: Timed, sink: EventSink): Cursors {
  if (output === input) {
    const shared = cursorOf(output, totals.output + totals.input, sink)
    return { output: shared, input: shared }
  }
  return { output: cursorOf(output, totals.output, sink), input: cursorOf(input, totals.input, sink) }
}

/** Where one session ended and `script -a` began the next, no timing covers what is written between: it is told. */
function crossJoint(cursor: Cursor, { time }: Moment, sink: EventSink): void {
  const { sessions, bytes } = cursor.file
  while (cursor.at === sessions[cursor.session]?.to) {
    const next = sessions[cursor.session + 1]
    if (next === undefined) return
    const joint = Buffer.from(bytes.subarray(cursor.at, next.from)).toString('utf8').trim()
    sink.add(time, 'marker', Buffer.from(joint.replace('\n', ' / ')))
    cursor.at = next.from
    cursor.session++
  }
}

function take(cursor: Cursor, wanted: number, { moment, sink }: Telling): Uint8Array {
  crossJoint(cursor, moment, sink)
  const left = cursor.to - cursor.at
  if (wanted > left) {
    const reason = `${wanted} bytes are timed, ${left} are left in ${cursor.file.name}`
    sink.damage({ at: `line ${moment.line}`, reason })
  }
  const payload = cursor.file.bytes.subarray(cursor.at, cursor.at + Math.min(wanted, left))
  cursor.at += payload.length
  return payload
}

function giveSignal(text: string, { time }: Moment, sink: EventSink): void {
  const size = sizeOf(Number(/\bCOLS=(\d{1,6})\b/.exec(text)?.[1]), Number(/\bROWS=(\d{1,6})\b/.exec(text)?.[1]))
  if (size !== null) sink.add(time, 'resize', sizePayload(size))
  else sink.add(time, 'signal', Buffer.from(text))
}

/** Bytes the timing does not reach: a recording that broke off, or a damaged timing file. */
function giveRest(cursor: Cursor, kind: 'output' | 'input', { moment, sink }: Telling): void {
  crossJoint(cursor, moment, sink)
  const rest = cursor.file.bytes.subarray(cursor.at, cursor.to)
  cursor.at = Math.max(cursor.at, cursor.to)
  if (rest.length === 0) return
  const reason = `the last ${rest.length} bytes of ${cursor.file.name} have no timing: they are put at the end`
  sink.damage({ at: `byte ${cursor.to - rest.length}`, reason })
  sink.add(moment.time, kind, rest)
}

function giveExit(code: string, time: number, sink: EventSink): void {
  sink.add(time, 'exit', Buffer.from(code))
}

export function* readTimed(timed: Timed, sink: EventSink): Generator<void, void> {
  const cursors = cursorsOf(timed, sink)
  const due = createPace(timed.timing.bytes.length, sink)
  const moment: Moment = { time: 0, line: 0 }
  const lost = { output: 0, input: 0 }
  let exit: string | null = null
  let given = 0

  function give(entry: TimingEntry): void {
    if (entry.kind === 'signal') return giveSignal(entry.text, moment, sink)
    if (entry.kind === 'header') {
      if (entry.name === 'EXIT_CODE') exit = entry.value
      return
    }
    const cursor = cursors[entry.kind]
    if (cursor === null) lost[entry.kind] += entry.bytes
    else {
      const payload = take(cursor, entry.bytes, { moment, sink })
      given += payload.length
      if (payload.length > 0) sink.add(moment.time, entry.kind, payload)
    }
  }

  for (const { line, end, entry } of timingLines(timed.timing.bytes)) {
    moment.line = line
    if (typeof entry === 'string') sink.damage({ at: `line ${line}`, reason: `${timed.timing.name}: ${entry}` })
    else {
      moment.time += entry.delay
      give(entry)
    }
    // A line of ten bytes may stand for megabytes of output.
    if (due(end) || given > 256 * 1024) {
      given = 0
      yield
    }
  }
  for (const kind of ['output', 'input'] as const) {
    const cursor = cursors[kind]
    if (cursor !== null) giveRest(cursor, kind, { moment, sink })
    const reason = `${lost[kind]} bytes of ${kind} are timed, and no file with them is here`
    if (lost[kind] > 0) sink.damage({ at: timed.timing.name, reason })
  }
  const code: string | null = exit ?? timed.streams.output?.exit ?? null
  if (code !== null) giveExit(code, moment.time, sink)
  sink.progress(1)
}

/** Without a timing file there are no times: everything is there at once. */
export function* readUntimed({ name, bytes, sessions, exit }: DataFile, sink: EventSink): Generator<void, void> {
  const { from } = sessions[0]
  const to = sessions.at(-1)?.to ?? from
  sink.damage({ at: name, reason: 'there is no timing file: everything is shown at the beginning' })
  if (to > from) sink.add(0, 'output', bytes.subarray(from, to))
  if (exit !== null) giveExit(exit, 0, sink)
  sink.progress(1)
  yield
}
