import type { RecordingHead } from '../../../domain'
import { sizeOf, sizePayload } from '../events'
import {
  RecordingFault,
  type EventSink,
  type OpenRecording,
  type RecordingFile,
  type RecordingPart,
  type RecordingReader,
} from '../model'
import { createPace } from './pace'
import { sizeOrUsual } from './screen-size'
import { factsOf, sessionId, STREAMS, sudoFolders, type Stream, type SudoFolder } from './sudo-folder'
import { isOffByTwo, sudoLines, type SudoEntry } from './sudo-timing'

function labelOf(folder: SudoFolder): string {
  const { facts } = factsOf(folder)
  const who = facts.user === '' ? '' : `${facts.user} as ${facts.runUser}: `
  return [folder.path, `${who}${facts.command}`].filter((text) => text !== '').join(', ')
}

function parts(files: readonly RecordingFile[]): RecordingPart[] {
  return sudoFolders(files).map((folder) => ({ part: folder.path, label: labelOf(folder) }))
}

function headOf(folder: SudoFolder): RecordingHead {
  const { facts } = factsOf(folder)
  const session = sessionId(folder)
  return {
    format: 'sudo',
    ...sizeOrUsual(facts.size),
    start: facts.start,
    startPrecision: facts.precision,
    ...(facts.command !== '' && { command: facts.command }),
    ...(facts.user !== '' && { user: facts.user }),
    ...(facts.host !== '' && { host: facts.host }),
    ...(session !== null && { session }),
  }
}

function kindOf(stream: Stream): 'output' | 'input' {
  return stream === 'stdin' || stream === 'ttyin' ? 'input' : 'output'
}

/** How far each stream is taken, and where in time. */
type Playing = { folder: SudoFolder; taken: Map<Stream, number>; time: number; sink: EventSink }

function giveBytes({ stream, bytes: wanted }: { stream: Stream; bytes: number }, at: string, playing: Playing): number {
  const { folder, taken, time, sink } = playing
  const bytes = folder.files.get(stream)?.bytes ?? new Uint8Array(0)
  const from = taken.get(stream) ?? 0
  const payload = bytes.subarray(from, from + Math.min(wanted, bytes.length - from))
  if (payload.length < wanted) {
    sink.damage({ at, reason: `${wanted} bytes are timed, ${payload.length} are left in ${stream}` })
  }
  taken.set(stream, from + payload.length)
  if (payload.length > 0) sink.add(time, kindOf(stream), payload)
  return payload.length
}

/** How many bytes it gave. */
function give(entry: SudoEntry, at: string, playing: Playing): number {
  const { sink } = playing
  playing.time += entry.delay
  if (entry.kind === 'bytes') return giveBytes(entry, at, playing)
  if (entry.kind === 'signal') sink.add(playing.time, 'signal', Buffer.from(entry.text))
  else {
    const size = sizeOf(entry.cols, entry.rows)
    if (size === null) sink.damage({ at, reason: 'a screen cannot be of this size' })
    else sink.add(playing.time, 'resize', sizePayload(size))
  }
  return 0
}

/** Bytes that the timing does not reach: the session broke off before they were timed, or timing is damaged. */
function giveRest({ folder, taken, time, sink }: Playing): void {
  for (const stream of STREAMS) {
    const from = taken.get(stream) ?? 0
    const rest = folder.files.get(stream)?.bytes.subarray(from)
    if (rest === undefined || rest.length === 0) continue
    const reason = `the last ${rest.length} bytes have no timing: they are put at the end`
    sink.damage({ at: `${stream}, byte ${from}`, reason })
    sink.add(time, kindOf(stream), rest)
  }
}

function* read(folder: SudoFolder, sink: EventSink): Generator<void, void> {
  const { damage } = factsOf(folder)
  if (damage !== null) sink.damage({ at: folder.path, reason: damage })
  const timing = folder.files.get('timing')?.bytes
  if (timing === undefined) {
    sink.damage({ at: folder.path, reason: 'there is no timing file: everything is shown at the beginning' })
  }
  const lines = timing ?? new Uint8Array(0)
  const due = createPace(lines.length, sink)
  const playing: Playing = { folder, taken: new Map(), time: 0, sink }
  let given = 0
  for (const { line, end, entry } of sudoLines(lines)) {
    const at = `timing line ${line}`
    if (typeof entry === 'string') sink.damage({ at, reason: entry })
    else given += give(entry, at, playing)
    if (end > lines.length) sink.damage({ at, reason: 'the last line has no end: it may be cut' })
    // A line of ten bytes may stand for megabytes of output.
    if (due(end) || given > 256 * 1024) {
      given = 0
      yield
    }
  }
  giveRest(playing)
  sink.progress(1)
}

function open(files: readonly RecordingFile[], part: string): OpenRecording {
  const folder = sudoFolders(files).find(({ path }) => path === part)
  if (folder === undefined) {
    throw new RecordingFault(part || 'files', 'Expected the folder of a sudo I/O log: log.json or log, timing, ttyout.')
  }
  const timing = folder.files.get('timing')
  if (timing !== undefined && isOffByTwo(timing.bytes)) {
    const advice = 'sudo 1.8.7 wrote these, with all events numbered two too high. They are not read.'
    throw new RecordingFault(timing.name, `The timing file has events 6 (IO_EVENT_TTYOUT_1_8_7). ${advice}`)
  }
  return { head: headOf(folder), read: (sink) => read(folder, sink) }
}

/** sudo I/O logs: one folder, or a tree of them. A pause between SIGTSTP and SIGCONT is the user's, outside of it. */
export const sudo: RecordingReader = { accepts: (files) => sudoFolders(files).length > 0, parts, open }
