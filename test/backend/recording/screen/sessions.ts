import { detect } from '../../../../src/backend/recording/formats'
import type { RecordingFile } from '../../../../src/backend/recording/model'
import { Random } from '../../random'
import { played, recorded, recordedFolder } from '../formats/play'

export type Step = { bytes: Uint8Array } | { cols: number; rows: number }
/** A recording as a terminal sees it. */
export type Session = { name: string; cols: number; rows: number; steps: Step[] }

const PAIRS = [
  ['scr.out', 'scr.timing', 'scr.in'],
  ['scr.classic', 'scr.classic.timing'],
  ['scr.io', 'scr.io.timing'],
]
const SUDO = ['sudo/filter-test1', 'sudo/filter-test2', 'sudo/filter-test3', 'produced/sudo']
const SIZE = /^(\d+)x(\d+)$/
/** How many steps a recording is given in: enough for keyframes at eight points, few enough to be quick. */
const STEPS = { fewest: 16, most: 64 }
/** The captures without a size: larger than what they address. */
const RAW_SIZE = { cols: 160, rows: 60 }

/** Every real recording that holds output. */
export function recordedSessions(): Session[] {
  const all = recordedFolder('.').map(({ name }) => name)
  const alone = all.filter((name) => /\.(cast|ttyrec|tlog)$|tlog\/.*\.txt$|(v1|v1-\w+|rlib-v1)\.json$/.test(name))
  const sources = [
    ...alone.map((name) => ({ name, files: [recorded(name)] })),
    ...PAIRS.map((names) => ({ name: names[0] ?? '', files: names.map((name) => recorded(`produced/${name}`)) })),
    ...SUDO.map((name) => ({ name, files: recordedFolder(name) })),
  ]
  const raw = all.filter((name) => /\.(recording|in)$|^raw\/(avt|vtebench)\//.test(name))
  const sessions = [...sources.flatMap(({ name, files }) => opened(name, files)), ...raw.map(rawSession)]
  return sessions.filter(({ steps }) => steps.some((step) => 'bytes' in step && step.bytes.length > 0))
}

function opened(name: string, files: RecordingFile[]): Session[] {
  try {
    const reader = detect(files)
    return reader.parts(files).map(({ part }) => {
      const { head, events } = played(reader, files, part)
      const steps = events.flatMap(({ kind, payload }): Step[] => {
        if (kind === 'output') return [{ bytes: payload }]
        const size = kind === 'resize' ? SIZE.exec(payload.toString()) : null
        return size === null ? [] : [{ cols: Number(size[1]), rows: Number(size[2]) }]
      })
      return { name: `${name} ${part}`, cols: head.cols, rows: head.rows, steps: evened(steps) }
    })
  } catch {
    // Some of the odd ones are none.
    return []
  }
}

function rawSession(name: string): Session {
  const { bytes } = recorded(name)
  return { name, ...sizeOfRaw(name), steps: piecesOf(bytes, new Random(bytes.length)) }
}

function sizeOfRaw(name: string): { cols: number; rows: number } {
  if (name.includes('xtermjs-esc')) return { cols: 80, rows: 25 }
  if (!name.endsWith('.recording')) return RAW_SIZE
  const size: unknown = JSON.parse(Buffer.from(recorded(name.replace('.recording', '.size.json')).bytes).toString())
  if (typeof size !== 'object' || size === null || !('columns' in size) || !('screen_lines' in size)) return RAW_SIZE
  return { cols: Number(size.columns), rows: Number(size.screen_lines) }
}

/** Long recordings in groups of events, short ones in pieces of them. */
function evened(steps: Step[]): Step[] {
  const most = Math.ceil(steps.length / STEPS.most)
  const groups: { bytes: Uint8Array[]; step: Step }[] = []
  for (const step of steps) {
    const last = groups.at(-1)
    const hasRoom = last !== undefined && last.bytes.length > 0 && last.bytes.length < most
    if ('bytes' in step && hasRoom) last.bytes.push(step.bytes)
    else groups.push({ bytes: 'bytes' in step ? [step.bytes] : [], step })
  }
  return groups.flatMap(({ bytes, step }): Step[] => {
    if (!('bytes' in step)) return [step]
    const joined = Buffer.concat(bytes)
    return steps.length >= STEPS.fewest ? [{ bytes: joined }] : piecesOf(joined, new Random(joined.length))
  })
}

/** Cut anywhere, also within characters and sequences. */
export function piecesOf(bytes: Uint8Array, random: Random): Step[] {
  const most = Math.max(2, Math.ceil(bytes.length / 20))
  const steps: Step[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.int(most)
    steps.push({ bytes: bytes.subarray(at, at + length) })
    at += length
  }
  return steps
}
