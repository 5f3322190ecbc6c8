import type { Instant } from '../../../domain'
import { sizeOf, type Size } from '../events'
import type { RecordingFile } from '../model'
import { isJsonObject, jsonAt } from './json-items'

// A sudo I/O log is a folder (sudoers(5), "I/O log format"): `log.json`, and in versions before 1.9.1 only `log`, tell
// whose session it was; `timing` orders the bytes of the streams.

export const STREAMS = ['stdin', 'stdout', 'stderr', 'ttyin', 'ttyout'] as const
export type Stream = (typeof STREAMS)[number]

export type SudoFolder = {
  /** Below what was opened; empty where that is it. */
  path: string
  /** By their names in the folder. */
  files: ReadonlyMap<string, RecordingFile>
}

export type SudoFacts = {
  start: Instant | null
  precision: 's' | 'us'
  size: Size | null
  user: string
  runUser: string
  host: string
  command: string
}

const NAMES = new Set<string>(['log', 'log.json', 'timing', ...STREAMS])
/** It holds a command line and an environment. */
const LONGEST_LOG = 8 * 2 ** 20

function split(name: string): { path: string; base: string } {
  const slash = name.lastIndexOf('/')
  return { path: slash === -1 ? '' : name.slice(0, slash), base: name.slice(slash + 1) }
}

/** A timing file may also come without its log, and a session that broke off without timing. */
function isWhole(folder: SudoFolder): boolean {
  const { files } = folder
  const timing = files.get('timing')
  const told = files.has('log') || files.has('log.json')
  const streams = STREAMS.some((stream) => files.has(stream))
  if (timing === undefined) return streams && factsOf(folder).facts !== NOTHING
  return told || (streams && /^[0-7] \d/.test(Buffer.from(timing.bytes.subarray(0, 16)).toString('latin1')))
}

/** Every I/O log among the files, in the order of their paths. */
export function sudoFolders(files: readonly RecordingFile[]): SudoFolder[] {
  const folders = new Map<string, Map<string, RecordingFile>>()
  for (const file of files) {
    const { path, base } = split(file.name)
    if (!NAMES.has(base)) continue
    const within = folders.get(path) ?? new Map<string, RecordingFile>()
    within.set(base, file)
    folders.set(path, within)
  }
  const found = Array.from(folders, ([path, within]): SudoFolder => ({ path, files: within }))
  return found.filter(isWhole).toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** The session's own id: `00/00/01` in the path is `TSID=000001` in the system's log. */
export function sessionId({ path }: SudoFolder): string | null {
  const match = /(?:^|\/)([0-9A-Z]{2})\/([0-9A-Z]{2})\/([0-9A-Z]{2})$/.exec(path)
  return match && match.slice(1).join('')
}

const NOTHING: SudoFacts = { start: null, precision: 's', size: null, user: '', runUser: '', host: '', command: '' }

/** Says also why it is less than it could be. */
export function factsOf({ files }: SudoFolder): { facts: SudoFacts; damage: string | null } {
  const json = files.get('log.json')
  const fromJson = json && factsOfJson(json.bytes)
  if (fromJson) return { facts: fromJson, damage: null }
  const damage = json ? 'log.json cannot be read' : null
  const log = files.get('log')
  const fromLog = log && factsOfLog(log.bytes)
  if (fromLog) return { facts: fromLog, damage }
  if (log) return { facts: NOTHING, damage: 'log cannot be read' }
  return { facts: NOTHING, damage: damage ?? 'there is no log that tells whose session it was' }
}

/** Of `runenv` nothing is taken: it is the environment, with whatever secrets are in it. */
function factsOfJson(bytes: Uint8Array): SudoFacts | null {
  const log = bytes.length <= LONGEST_LOG ? jsonAt(bytes, { from: 0, to: bytes.length }) : undefined
  if (!isJsonObject(log)) return null
  const { timestamp, lines, columns, submituser, runuser, submithost, command, runargv } = log
  const given: unknown[] = Array.isArray(runargv) ? runargv.slice(1) : []
  const words = given.filter((word) => typeof word === 'string')
  return {
    ...startOf(timestamp),
    precision: 'us',
    size: sizeOf(columns, lines),
    user: textOf(submituser),
    runUser: textOf(runuser),
    host: textOf(submithost),
    command: [textOf(command), ...words].join(' ').trim(),
  }
}

function startOf(timestamp: unknown): { start: Instant | null } {
  if (!isJsonObject(timestamp)) return { start: null }
  const { seconds, nanoseconds } = timestamp
  if (!isCount(seconds) || seconds > 1e11) return { start: null }
  return { start: seconds * 1000 + (isCount(nanoseconds) && nanoseconds < 1e9 ? Math.floor(nanoseconds / 1e6) : 0) }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** `epoch:user:runas:rungroup:tty:lines:cols`, the last two not in old ones; the working directory; the command. */
function factsOfLog(bytes: Uint8Array): SudoFacts | null {
  const [first = '', , command = ''] = Buffer.from(bytes.subarray(0, LONGEST_LOG)).toString('utf8').split('\n', 3)
  const match = /^(\d{1,11}):([^:]*):([^:]*):[^:]*:[^:]*(?::(\d{1,6}):(\d{1,6}))?/.exec(first)
  if (match === null) return null
  const [, epoch, user = '', runUser = '', lines, columns] = match
  return {
    ...NOTHING,
    start: Number(epoch) * 1000,
    size: sizeOf(Number(columns), Number(lines)),
    user,
    runUser,
    command: command.trim(),
  }
}
