import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Damage, RecordingHead } from '../../../../src/domain'
import { RecordedEvents } from '../../../../src/backend/recording/events'
import {
  EVENT_KINDS,
  type EventKind,
  type RecordingFile,
  type RecordingReader,
} from '../../../../src/backend/recording/model'
import { dataPath } from '../../../data'

export type PlayedEvent = { time: number; kind: EventKind; payload: Buffer }
export type Played = {
  head: RecordingHead
  events: PlayedEvent[]
  damage: Damage[]
  /** Of all output events together. */
  output: Buffer
  input: Buffer
  /** How often reading stopped to let others work. */
  yields: number
}

/** Reads one recording to its end; the only one, or the first, where no part is named. */
export function played(reader: RecordingReader, files: readonly RecordingFile[], part?: string): Played {
  const opened = reader.open(files, part ?? reader.parts(files)[0]?.part ?? '')
  const sink = new RecordedEvents()
  let yields = 0
  for (const _ of opened.read(sink)) yields++
  const { count, times, kinds, offsets, bytes } = sink.columns
  const events = Array.from({ length: count }, (_, i): PlayedEvent => {
    const kind = EVENT_KINDS[kinds[i] ?? 0] ?? 'other'
    return { time: times[i] ?? NaN, kind, payload: Buffer.from(bytes.subarray(offsets[i], offsets[i + 1])) }
  })
  const allOf = (kind: EventKind): Buffer =>
    Buffer.concat(events.filter((event) => event.kind === kind).map(({ payload }) => payload))
  const damage = sink.damages.first
  return { head: opened.head, events, damage, output: allOf('output'), input: allOf('input'), yields }
}

/** Events in one line each: `0.5 output "text"`. */
export function told({ events }: Played): string[] {
  return events.map(({ time, kind, payload }) => `${time} ${kind} ${JSON.stringify(payload.toString('utf8'))}`)
}

/** Damages in one line each: `line 2: reason`. */
export function damages({ damage }: Played): string[] {
  return damage.map(({ at, reason }) => `${at}: ${reason}`)
}

export function file(name: string, content: string | Uint8Array): RecordingFile {
  return { name, bytes: typeof content === 'string' ? Buffer.from(content) : content }
}

/** A file of the real recordings, without its compression. */
export function recorded(path: string, name = path.slice(path.lastIndexOf('/') + 1)): RecordingFile {
  const bytes = readFileSync(dataPath(`recordings/${path}`))
  return { name, bytes: bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes }
}

/** Every file below a folder of the real recordings, named by its path in there. */
export function recordedFolder(path: string): RecordingFile[] {
  const root = dataPath(`recordings/${path}`)
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .map((name) => recorded(`${path}/${name}`, name))
}
