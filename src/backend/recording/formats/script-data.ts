import type { RecordingFile } from '../model'

// A data file of util-linux script(1): one line of header, the session's bytes, one line of trailer behind a LF.
// `script -a` writes another such piece behind it. Header and trailer are translated and no timing covers them.

/** Bytes of one session in a data file, without header and trailer. */
export type Session = { from: number; to: number }
export type SessionHeader = { started: string | null; facts: ReadonlyMap<string, string> }
export type DataFile = {
  name: string
  bytes: Uint8Array
  /** At least one. */
  sessions: [Session, ...Session[]]
  /** Of the last session: what its program left with, where the trailer says so. */
  exit: string | null
}

const LF = 0x0a
/** A header holds a command line. */
const LONGEST_HEADER = 16_384
const DONE = Buffer.from('\nScript done on ')
const STARTED = Buffer.from('Script started on ')

export function dataFile({ name, bytes }: RecordingFile): DataFile {
  const trailer = trailerOf(bytes)
  const sessions = sessionsOf(bytes, trailer?.at ?? bytes.length)
  return { name, bytes, sessions, exit: trailer?.exit ?? null }
}

/** Whether the first line is a header, in English or by the parts that are not translated. */
export function hasHeader(bytes: Uint8Array): boolean {
  const line = lineAt(bytes, 0)
  return line.startsWith('Script started on ') || /\[(?:(?:COMMAND|TERM|TTY|COLUMNS)="|<[^<>]*>\]$)/.test(line)
}

/** What the line before a session says. */
export function headerBefore({ bytes, sessions }: DataFile, session: number): SessionHeader {
  const from = session === 0 ? 0 : bytes.lastIndexOf(LF, (sessions[session]?.from ?? 0) - 2) + 1
  const line = lineAt(bytes, from)
  const facts = new Map<string, string>()
  for (const [, name = '', value = ''] of line.matchAll(/[[ ]([A-Z]{1,20})="(.*?)"(?=[ \]]|$)/g)) {
    if (!facts.has(name)) facts.set(name, value)
  }
  // Without a zone it would be the writer's local time, whose zone nobody knows.
  const started = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/.exec(line)
  return { started: started?.[0] ?? null, facts }
}

export type Covered = { /** The session it begins in. */ session: number; from: number; to: number; exact: boolean }

/**
 * What of a file a timing of so many bytes covers. Without joints all of it where it has no header, or where what looks
 * like a trailer or a joint was printed by a program. The last sessions where `script -a` wrote a new timing file.
 * `exact`: the counts meet.
 */
export function coveredBy({ bytes, sessions }: DataFile, total: number): Covered {
  const [{ from: first }] = sessions
  const to = sessions.at(-1)?.to ?? bytes.length
  const last = sessions.length - 1
  if (total === bytes.length && total > 0) return { session: last, from: 0, to: total, exact: true }
  let held = sessions.reduce((sum, session) => sum + session.to - session.from, 0)
  for (const [session, { from, to: end }] of sessions.entries()) {
    if (held === total) return { session, from, to, exact: true }
    held -= end - from
  }
  for (const end of [to, bytes.length]) {
    if (total === end - first) return { session: last, from: first, to: end, exact: true }
  }
  return { session: 0, from: first, to, exact: false }
}

function sessionsOf(bytes: Uint8Array, end: number): [Session, ...Session[]] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const first: Session = { from: Math.min(lineEnd(bytes, 0), end), to: end }
  const sessions: [Session, ...Session[]] = [first]
  let last = first
  for (let at = text.indexOf(DONE, first.from); at !== -1 && at < end; at = text.indexOf(DONE, at + 1)) {
    const header = lineEnd(bytes, at + 1)
    if (at < last.from || !text.subarray(header, header + STARTED.length).equals(STARTED)) continue
    last.to = at
    last = { from: Math.min(lineEnd(bytes, header), end), to: end }
    sessions.push(last)
  }
  return sessions
}

/** The line at the end that says how it ended; null where there is none, as after a crash. */
function trailerOf(bytes: Uint8Array): { at: number; exit: string | null } | null {
  const tailFrom = Math.max(0, bytes.length - LONGEST_HEADER)
  const tail = Buffer.from(bytes.subarray(tailFrom)).toString('latin1')
  // The LF before it is the writer's, whether the session ended its last line or not.
  const at = tail.lastIndexOf('\n', tail.length - 2)
  if (at === -1) return null
  const line = tail.slice(at + 1).trimEnd()
  const exit = /\[COMMAND_EXIT_CODE="(-?\d{1,10})"\]$/.exec(line)
  if (exit === null && !line.startsWith('Script done on ') && !/\[<[^<>]*>\]$/.test(line)) return null
  return { at: tailFrom + at, exit: exit?.[1] ?? null }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LF, from)
  return end === -1 ? bytes.length : end + 1
}

function lineAt(bytes: Uint8Array, from: number): string {
  const to = Math.min(lineEnd(bytes, from), from + LONGEST_HEADER)
  return Buffer.from(bytes.subarray(from, to)).toString('utf8').trimEnd()
}
