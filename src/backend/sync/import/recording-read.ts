import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Damage, Instant } from '../../../domain'
import {
  detect,
  RecordedEvents,
  RecordingFault,
  unpack,
  type OpenRecording,
  type RecordingFile,
  type RecordingPart,
} from '../../recording'
import type { RecordingFacts } from '../../store'
import { unreadable } from './import-file'
import type { RecordingSet } from './recording-set'

/** Bytes of all files of a recording; they are in memory together. */
const MOST_BYTES = 2 ** 30
/** Longest name of a part: the recording's id is made of it. */
const LONGEST_PART = 400

/** The files of a set as received, and unpacked. */
export type ReadSet = {
  received: { name: string; bytes: Uint8Array; sha256: string }[]
  unpacked: RecordingFile[]
  /** What could not be unpacked. */
  damage: Damage[]
  parts: RecordingPart[]
  /** See `RecordingRow`. */
  sha256: string
  open: (part: string) => OpenRecording
}

/** Throws `RecordingFault` where they are no recording, and a `file-unreadable` fault. */
export async function readSet(set: RecordingSet): Promise<ReadSet> {
  const size = set.files.reduce((sum, { file }) => sum + file.size, 0)
  if (size > MOST_BYTES) {
    throw new RecordingFault(set.place, `A recording is read up to ${MOST_BYTES.toLocaleString('en')} bytes.`)
  }
  const received: ReadSet['received'] = []
  for (const { file, name } of set.files) {
    const bytes = await readFile(file.path).catch((error: unknown) => {
      throw unreadable(file.path, error)
    })
    received.push({ name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  return openReceived(received)
}

/** The same of files that are in memory. */
export async function openReceived(received: ReadSet['received']): Promise<ReadSet> {
  const unpacked: RecordingFile[] = []
  const damage: Damage[] = []
  for (const { name, bytes } of received) {
    const read = await unpack({ name, bytes })
    unpacked.push(read.file)
    damage.push(...read.damage)
  }
  const reader = detect(unpacked)
  return {
    received,
    unpacked,
    damage,
    parts: reader.parts(unpacked),
    sha256: setHash(received),
    open: (part) => reader.open(unpacked, part),
  }
}

/** Of one file its own; of several that of their listing as sha256sum(1) prints it, sorted by name. */
function setHash(received: ReadSet['received']): string {
  const [first] = received
  if (first && received.length === 1) return first.sha256
  const sorted = received.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const listing = sorted.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')
  return createHash('sha256').update(listing).digest('hex')
}

const NOTHING = new Uint8Array()

/** What one pass over a recording's events tells. */
export class Measured {
  readonly #events = new RecordedEvents()
  outputBytes = 0

  get count(): number {
    return this.#events.columns.count
  }

  /** Seconds. */
  get duration(): number {
    return this.#events.columns.times.at(-1) ?? 0
  }

  /** Share that is read, 0..1. */
  get progress(): number {
    return this.#events.progressed
  }

  get damage(): RecordedEvents['damages'] {
    return this.#events.damages
  }

  /** Reads on; to be gone through to its end. The payloads are not kept. */
  *read(recording: OpenRecording): Generator<void, void> {
    yield* recording.read({
      add: (time, kind, payload) => {
        if (this.#events.full) return
        this.#events.add(time, kind, NOTHING)
        if (kind === 'output') this.outputBytes += payload.length
      },
      damage: (damage) => this.#events.damage(damage),
      progress: (share) => this.#events.progress(share),
    })
  }
}

/** Throws `RecordingFault` for a part that nothing could name. */
export function idOf({ sha256 }: ReadSet, { part, label }: RecordingPart): string {
  if (part.length > LONGEST_PART) {
    throw new RecordingFault(label, `The recording's name is longer than ${LONGEST_PART} characters.`)
  }
  return part === '' ? `sha256:${sha256}` : `sha256:${sha256}:${part}`
}

type Told = { id: string; recording: OpenRecording; measured: Measured; place: string; fetchedAt: Instant }

export function factsOf(read: ReadSet, { id, recording, measured, place, fetchedAt }: Told): RecordingFacts {
  const { head } = recording
  const files = read.received.map(({ name, bytes, sha256 }) => ({ name, size: bytes.length, sha256 }))
  return {
    id,
    format: head.format,
    sha256: read.sha256,
    files,
    size: files.reduce((sum, { size }) => sum + size, 0),
    cols: head.cols,
    rows: head.rows,
    start: head.start,
    startPrecision: head.startPrecision,
    durationMs: Math.round(measured.duration * 1000),
    title: head.title ?? null,
    command: head.command ?? null,
    session: head.session ?? null,
    user: head.user ?? null,
    machine: head.host ?? null,
    place,
    fetchedAt,
  }
}

/** Places of all parts that cannot be read; null where it is no recording. */
export async function countDamage(set: RecordingSet): Promise<number | null> {
  try {
    const read = await readSet(set)
    let total = read.damage.length
    for (const { part } of read.parts) {
      const measured = new Measured()
      for (const _ of measured.read(read.open(part))) continue
      total += measured.damage.total
    }
    return total
  } catch (error) {
    if (error instanceof RecordingFault) return null
    throw error
  }
}
