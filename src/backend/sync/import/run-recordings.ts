import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type ImportSummary } from '../../../contract'
import { formatInstant, type Instant } from '../../../domain'
import { RecordingFault, type RecordingPart } from '../../recording'
import type { BatchProvenance, Checkpoint, RecordingFacts } from '../../store'
import { isHeldWhole } from '../held-recording'
import { factsOf, idOf, Measured, readSet, type ReadSet } from './recording-read'
import { RECORDING_KIND, type RecordingSet } from './recording-set'
import type { ImportRun } from './run-import'

/** Bytes that are gone through for the recordings of one set of files. */
const MOST_READ = 2 ** 34

type Wanted = { name: string; done: { bytes: number; records: number } }
type Span = { from: Instant; to: Instant } | null

/**
 * Imports the recordings of a plan, one after the other; each is durable before the next begins. Throws as `runImport`
 * does.
 */
export function importRecordings(run: ImportRun, wanted: Wanted): Promise<ImportSummary> {
  return new RecordingImport(run, wanted).run()
}

class RecordingImport {
  readonly #run: ImportRun
  readonly #wanted: Wanted
  readonly #summary: ImportSummary
  readonly #times = { first: Infinity, last: -Infinity }
  /** Set once something is on its way, so that a cut leaves word of itself. */
  #lastProvenance: BatchProvenance | null = null

  constructor(run: ImportRun, wanted: Wanted) {
    this.#run = run
    this.#wanted = wanted
    const files = new Set(run.plan.recordings.flatMap((set) => set.files.map(({ file }) => file))).size
    const counts = { records: 0, events: 0, duplicates: 0, companions: 0, skipped: 0 }
    const nothing = { ...counts, rejected: [], from: null, to: null }
    this.#summary = { connection: wanted.name, kind: RECORDING_KIND, files, ...nothing }
  }

  async run(): Promise<ImportSummary> {
    const { store, plan, options } = this.#run
    const { replace } = options
    try {
      if (replace !== undefined) await store.dropPending(this.#wanted.name)
      for (const set of plan.recordings) await this.#take(set)
      const ready = replace === undefined ? {} : { replaces: replace }
      if (this.#lastProvenance) store.append([], this.#lastProvenance, { ...this.#checkpoint(), ready })
    } catch (error) {
      await this.#cut()
      throw error
    }
    const { first, last } = this.#times
    if (first <= last) Object.assign(this.#summary, { from: formatInstant(first), to: formatInstant(last) })
    return this.#summary
  }

  async #take(set: RecordingSet): Promise<void> {
    try {
      const read = await readSet(set)
      const found: RecordingFacts[] = []
      const parts = this.#partsOf(set, read)
      for (const part of parts) {
        const facts = await this.#part(set, { read, part }).catch((error: unknown) => this.#reject(set, error))
        if (facts) found.push(facts)
      }
      if (found.length > 0) this.#keep(set, { read, found })
    } catch (error) {
      this.#reject(set, error)
    }
    this.#wanted.done.bytes += set.files.reduce((size, { file }) => size + file.size, 0)
    await this.#pause(0)
  }

  /** Every part is looked for in the whole file: of a large journal of very many, the last are told and left. */
  #partsOf(set: RecordingSet, { parts, unpacked }: ReadSet): RecordingPart[] {
    const size = unpacked.reduce((sum, { bytes }) => sum + bytes.length, 0)
    const most = Math.max(1, Math.floor(MOST_READ / Math.max(1, size)))
    if (parts.length > most) {
      const reason = `it holds ${parts.length} recordings: only the first ${most} are imported. Split it to import the others.`
      this.#summary.rejected.push({ file: set.place, line: 0, reason })
    }
    return parts.slice(0, most)
  }

  /** What cannot be read is told, and no reason to leave the others. */
  #reject(set: RecordingSet, error: unknown): null {
    if (!(error instanceof RecordingFault)) throw error
    this.#summary.rejected.push({ file: set.place, line: 0, reason: `${error.place}: ${error.message}` })
    return null
  }

  async #part(set: RecordingSet, { read, part }: { read: ReadSet; part: RecordingPart }): Promise<RecordingFacts> {
    const id = idOf(read, part)
    const recording = read.open(part.part)
    const measured = new Measured()
    const size = set.files.reduce((sum, { file }) => sum + file.size, 0)
    for (const _ of measured.read(recording)) await this.#pause(measured.progress * size)
    return factsOf(read, { id, recording, measured, place: set.place, fetchedAt: this.#run.now() })
  }

  #keep(set: RecordingSet, { read, found }: { read: ReadSet; found: RecordingFacts[] }): void {
    const { store } = this.#run
    const held = found.filter(({ id }) => store.recording(id)?.isHeld === true)
    if (!found.every((facts) => this.#isOwn(facts))) {
      const keeper = { name: this.#wanted.name, kind: RECORDING_KIND, ...this.#pending() }
      store.keepRecordings(keeper, found, read.received)
    }
    this.#summary.records += found.length
    this.#summary.events += found.length - held.length
    this.#summary.duplicates += held.length
    this.#wanted.done.records += found.length
    const span = spanOf(found)
    if (span) {
      this.#times.first = Math.min(this.#times.first, span.from)
      this.#times.last = Math.max(this.#times.last, span.to)
    }
    this.#noteFiles(set, { read, span })
  }

  /** Nothing would change: this connection holds it, and its bytes are whole. */
  #isOwn({ id }: RecordingFacts): boolean {
    const { store } = this.#run
    const held = store.recording(id)
    if (this.#run.options.replace !== undefined || held?.isHeld !== true) return false
    if (held.connection !== this.#wanted.name) return false
    return isHeldWhole(store, id)
  }

  #noteFiles(set: RecordingSet, { read, span }: { read: ReadSet; span: Span }): void {
    const files = set.files.map(({ file: { place, size, mtime } }, i) => {
      const sha256 = read.received[i]?.sha256 ?? ''
      const times = { first: span?.from ?? null, last: span?.to ?? null }
      return { path: place, size, mtime, sha256, stream: RECORDING_KIND, ...times }
    })
    this.#lastProvenance = { origin: 'file', place: set.place, fetchedAt: this.#run.now(), sha256: read.sha256 }
    this.#run.store.append([], this.#lastProvenance, { ...this.#checkpoint(), files })
  }

  #checkpoint(): Checkpoint {
    return { connection: this.#wanted.name, kind: RECORDING_KIND, ...this.#pending() }
  }

  #pending(): { pending?: boolean } {
    return this.#run.options.replace === undefined ? {} : { pending: true }
  }

  async #cut(): Promise<void> {
    const { store, options } = this.#run
    if (!this.#lastProvenance || store.state().readOnly) return
    if (options.replace !== undefined) await store.dropPending(this.#wanted.name)
    else store.append([], this.#lastProvenance, { ...this.#checkpoint(), interrupted: true })
  }

  /** Tells how far the import is, lets others have the thread, and stops where that was asked. */
  async #pause(bytes: number): Promise<void> {
    const { bytes: before, records } = this.#wanted.done
    this.#run.onProgress({ state: 'importing', bytesDone: Math.round(before + bytes), recordsDone: records })
    await nextTurn()
    if (this.#run.signal.aborted) {
      throw new BackendFault({ code: 'cancelled', message: 'The import was cancelled. What was imported before is held.' })
    }
  }
}

/** From the first start to the last end; null where no start is known. */
function spanOf(found: readonly RecordingFacts[]): Span {
  let from = Infinity
  let to = -Infinity
  for (const { start, durationMs } of found) {
    if (start === null) continue
    from = Math.min(from, start)
    to = Math.max(to, start + (durationMs ?? 0))
  }
  return from <= to ? { from, to } : null
}
