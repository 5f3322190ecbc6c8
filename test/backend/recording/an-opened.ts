import { Terminal } from '@xterm/headless'
import type { ReplaySegment } from '../../../src/contract'
import type { About } from '../../../src/backend/recording'
import { EVENT_KINDS, RecordingFault, type RecordingFile } from '../../../src/backend/recording/model'
import { OpenedRecording, type OpenOptions } from '../../../src/backend/recording/opened'
import { detect } from '../../../src/backend/recording/formats'
import { WORK_LIMITS } from '../../../src/backend/recording/work-limits'
import { CsiClamp, feed, harden, REPLAY_OPTIONS } from '../../../src/terminal'
import { recorded, recordedFolder } from './formats/play'
import { longSession, type Session } from './lines/session'
import type { Restored } from './screen/restored'

export const ABOUT: About = {
  name: 'a session.cast',
  sha256: 'ab'.repeat(32),
  start: Date.UTC(2026, 1, 6, 14),
  startPrecision: 's',
  title: null,
}

export const OPTIONS: OpenOptions = { limits: WORK_LIMITS, keyframes: true, end: null, checksFirst: false, onMore: () => {}, worked: () => 0 }

/** An opened recording that is wholly indexed. */
export async function opened(files: readonly RecordingFile[], options: Partial<OpenOptions> & { part?: string } = {}): Promise<OpenedRecording> {
  const { part = '', ...others } = options
  const recording = await OpenedRecording.open({ files, part }, { ...OPTIONS, ...others })
  await recording.run()
  return recording
}

export type Source = { name: string; files: RecordingFile[]; part: string }

const PAIRS = [
  ['scr.out', 'scr.timing', 'scr.in'],
  ['scr.classic', 'scr.classic.timing'],
  ['scr.io', 'scr.io.timing'],
]
const SUDO = ['sudo/filter-test1', 'sudo/filter-test2', 'sudo/filter-test3', 'produced/sudo']

/** Every real recording, and every file among them that is none. */
export function allSources(): { held: Source[]; refused: string[] } {
  const alone = recordedFolder('.').map(({ name }) => name)
  const sources = [
    ...alone.map((name) => ({ name, files: [recorded(name)] })),
    ...PAIRS.map((names) => ({ name: names.join('+'), files: names.map((name) => recorded(`produced/${name}`)) })),
    ...SUDO.map((name) => ({ name, files: recordedFolder(name) })),
  ]
  const held: Source[] = []
  const refused: string[] = []
  for (const { name, files } of sources) {
    try {
      const reader = detect(files)
      for (const { part } of reader.parts(files)) {
        reader.open(files, part)
        held.push({ name, files, part })
      }
    } catch (error) {
      if (!(error instanceof RecordingFault)) throw error
      refused.push(name)
    }
  }
  return { held, refused }
}

/** A terminal as the page has it, drawn from a segment and played on within it up to a moment. */
export async function drawn({ cols, rows, scrollback, screen, times, kinds, offsets, bytes }: ReplaySegment, moment: number): Promise<Restored> {
  const terminal = new Terminal({ ...REPLAY_OPTIONS, cols, rows, scrollback, allowProposedApi: true })
  harden(terminal, () => {})
  const clamp = new CsiClamp(cols, rows)
  const write = (text: Uint8Array): Promise<void> => new Promise((done) => feed(terminal, { clamp, bytes: text }, done))
  let parts: Uint8Array[] = [Buffer.from(screen)]
  for (let event = 0; event < times.length && (times[event] ?? 0) <= moment; event++) {
    const payload = bytes.subarray(offsets[event], offsets[event + 1])
    const kind = EVENT_KINDS[kinds[event] ?? -1]
    if (kind === 'output') parts.push(payload)
    if (kind !== 'resize') continue
    await write(Buffer.concat(parts))
    parts = []
    const [wide = 80, high = 24] = Buffer.from(payload).toString().split('x').map(Number)
    terminal.resize(wide, high)
    clamp.resize(wide, high)
  }
  await write(Buffer.concat(parts))
  return { terminal, clamp }
}

/** The last segment that begins by a moment, as a player chooses it. */
export function segmentAt(starts: Float64Array, moment: number): number {
  return Math.max(0, starts.findLastIndex((start) => start <= moment))
}

export const SESSION_START = Date.UTC(2026, 1, 6, 14, 0, 0)

/** A generated session as an asciicast 2 file. */
export function castOfSession({ events }: Session): RecordingFile {
  const header = { version: 2, width: 80, height: 24, timestamp: SESSION_START / 1000 }
  const lines = events.map((event) => {
    if ('resize' in event) return JSON.stringify([event.time, 'r', event.resize.join('x')])
    return JSON.stringify([event.time, 'o', String(event.output)])
  })
  return { name: 'session.cast', bytes: Buffer.from([JSON.stringify(header), ...lines, ''].join('\n')) }
}

export function sessionFile(seed: number, bytes: number): { file: RecordingFile; session: Session } {
  const session = longSession(seed, bytes)
  return { file: castOfSession(session), session }
}
