import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type ImportOptions, type ImportSummary } from '../../../contract'
import { coverageStream, formatInstant, type CoverageState, type ImportedFile, type TimeRange } from '../../../domain'
import type { FileSource, Reading, ReadOptions, StreamReader, SurveyedFile } from '../../source'
import type { BatchProvenance, Checkpoint, WritableStore } from '../../store'
import { hashing, readChunks, type ImportFile } from './import-file'
import type { Plan } from './plan'

/** Every file is read twice; `bytesDone`, as stored on disk, counts those of the pass under way. */
export type Progress = { state: 'surveying' | 'importing'; bytesDone: number; recordsDone: number }

export type ImportRun = {
  store: WritableStore
  plan: Plan
  options: ImportOptions
  now(): number
  /** Checked between chunks; what is imported by then stays. */
  signal: AbortSignal
  onProgress(progress: Progress): void
}

/** Bytes of all files, as stored on disk. */
export function bytesToRead(plan: Plan): number {
  return plan.groups.reduce((sum, { files }) => sum + files.reduce((size, file) => size + file.size, 0), 0)
}

/**
 * Imports all files of a plan, kind by kind; answers a summary for each. Every step is durable before the next begins.
 * Throws `nothing-readable`, `name-taken`, `file-unreadable`, `disk-full` and, once the signal is given, `cancelled`.
 */
export async function runImport(run: ImportRun): Promise<ImportSummary[]> {
  const { plan } = run
  if (plan.groups.length === 0) {
    const reasons = plan.unread.map(({ file, reason }) => `${file.place}: ${reason}`).join('; ')
    throw new BackendFault({ code: 'nothing-readable', message: `Nothing could be read. ${reasons}` })
  }
  checkNames(run)
  const summaries: ImportSummary[] = []
  const done = { surveying: 0, importing: 0, records: 0 }
  for (const { source, files } of plan.groups) {
    const name = plan.groups.length === 1 ? plan.name : `${plan.name} (${source.kind})`
    summaries.push(await new KindImport(run, { source, files, name, done }).run())
  }
  summaries[0]?.rejected.push(...plan.unread.map(({ file, reason }) => ({ file: file.place, line: 0, reason })))
  return summaries
}

function checkNames({ plan, options, store }: ImportRun): void {
  const connections = store.connections()
  if (options.replace !== undefined && !connections.some((connection) => connection.name === options.replace)) {
    throw new BackendFault({ code: 'not-found', message: `There is no import named ${options.replace} to replace.` })
  }
  const taken = connections.find(
    (connection) => connection.name === plan.name && plan.groups.some(({ source }) => source.kind !== connection.kind),
  )
  if (taken && taken.name !== options.replace) {
    const message = `${taken.name} is the name of a connection of kind ${taken.kind}. Choose another name.`
    throw new BackendFault({ code: 'name-taken', message })
  }
}

type Kind = { source: FileSource; files: ImportFile[]; name: string; done: Record<Progress['state'] | 'records', number> }

type Surveyed = { file: ImportFile; survey: SurveyedFile; sha256: string }

/** The import of all files of one kind. */
class KindImport {
  readonly #run: ImportRun
  readonly #kind: Kind
  readonly #options: ReadOptions
  readonly #summary: ImportSummary
  readonly #times = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }
  /** Set once rows are on their way, so that a cut leaves word of itself. */
  #lastProvenance: BatchProvenance | null = null

  constructor(run: ImportRun, kind: Kind) {
    this.#run = run
    this.#kind = kind
    const { year, zone = 'UTC' } = run.options
    this.#options = year === undefined ? { zone } : { zone, year }
    const empty = { records: 0, events: 0, duplicates: 0, companions: 0, skipped: 0, rejected: [], from: null, to: null }
    this.#summary = { connection: kind.name, kind: kind.source.kind, files: kind.files.length, ...empty }
  }

  async run(): Promise<ImportSummary> {
    try {
      const surveyed: Surveyed[] = []
      for (const file of this.#kind.files) surveyed.push(await this.#survey(file))
      const { source } = this.#kind
      const surveys = surveyed.map(({ survey }) => survey)
      for (const indexes of source.arrange(surveys, this.#options)) {
        const stream = indexes.flatMap((index) => surveyed[index] ?? [])
        const reader = source.reader(stream.map(({ survey }) => survey), this.#options, surveys)
        await this.#readStream(stream, reader)
      }
      this.#finish()
    } catch (error) {
      await this.#cut()
      throw error
    }
    const { first, last } = this.#times
    if (first <= last) Object.assign(this.#summary, { from: formatInstant(first), to: formatInstant(last) })
    return this.#summary
  }

  async #survey(file: ImportFile): Promise<Surveyed> {
    const survey = this.#kind.source.survey({ name: file.place, mtime: file.mtime }, this.#options)
    const hash = hashing()
    for await (const { bytes, stored } of readChunks(file, (piece) => hash.update(piece))) {
      survey.push(bytes)
      await this.#step('surveying', stored)
    }
    this.#kind.done.surveying += file.size
    return { file, survey: survey.end(), sha256: hash.hex() }
  }

  async #readStream(stream: Surveyed[], reader: StreamReader): Promise<void> {
    const streams = new Set<string>()
    for (const surveyed of stream) {
      reader.nextFile()
      const before = this.#summary.records
      for await (const { bytes, stored } of readChunks(surveyed.file)) {
        this.#take(reader.push(bytes), surveyed, streams)
        await this.#step('importing', stored)
      }
      this.#take(reader.endFile(), surveyed, streams)
      this.#kind.done.importing += surveyed.file.size
      const coverage = this.#coverage(surveyed.survey, streams, 'complete')
      const file = importedFile(surveyed, [...streams].join(', '))
      if (this.#summary.records > before) this.#append([], surveyed, { coverage, files: [file] })
    }
  }

  #take(reading: Reading, surveyed: Surveyed, streams: Set<string>): void {
    const { records, skipped, rejected } = reading
    this.#summary.records += records.length + skipped + rejected.length
    this.#summary.skipped += skipped
    for (const { line, reason } of rejected) this.#summary.rejected.push({ file: surveyed.file.place, line, reason })
    this.#kind.done.records += records.length + skipped + rejected.length
    if (records.length === 0) return
    for (const { instance, stream, event } of records) {
      streams.add(coverageStream(stream, instance))
      if (event.time < this.#times.first) this.#times.first = event.time
      if (event.time > this.#times.last) this.#times.last = event.time
    }
    const appended = this.#append(records, surveyed, { coverage: this.#coverage(surveyed.survey, streams, 'partial') })
    this.#summary.events += appended.added
    this.#summary.duplicates += appended.duplicates
    this.#summary.companions += appended.companions
  }

  #append(records: Reading['records'], surveyed: Surveyed, facts: Pick<Checkpoint, 'coverage' | 'files'>) {
    const { file, sha256 } = surveyed
    const { place, size, mtime } = file
    this.#lastProvenance = { origin: 'file', place, fetchedAt: this.#run.now(), size, mtime, sha256 }
    return this.#run.store.append(records, this.#lastProvenance, { ...this.#checkpoint(), ...facts })
  }

  /** The whole range of the file is known to be held only once the file is read to its end. */
  #coverage({ first, last }: SurveyedFile, streams: Set<string>, state: CoverageState): Checkpoint['coverage'] & object {
    if (first === null || last === null) return []
    const range: TimeRange = { from: first, to: last + 1 }
    const note = state === 'partial' ? { note: 'the import was not finished' } : {}
    return [...streams].map((stream) => ({ stream, ...range, state, ...note }))
  }

  #checkpoint(): Checkpoint {
    const base = { connection: this.#kind.name, kind: this.#kind.source.kind }
    return this.#run.options.replace === undefined ? base : { ...base, pending: true }
  }

  #finish(): void {
    const { replace } = this.#run.options
    const provenance = this.#lastProvenance ?? this.#emptyProvenance()
    const ready = replace === undefined ? {} : { replaces: replace }
    this.#run.store.append([], provenance, { ...this.#checkpoint(), ready })
  }

  async #cut(): Promise<void> {
    if (!this.#lastProvenance || this.#run.store.state().readOnly) return
    if (this.#run.options.replace !== undefined) await this.#run.store.dropPending(this.#kind.name)
    else this.#run.store.append([], this.#lastProvenance, { ...this.#checkpoint(), interrupted: true })
  }

  #emptyProvenance(): BatchProvenance {
    return { origin: 'file', place: this.#kind.files[0]?.place ?? '', fetchedAt: this.#run.now() }
  }

  /** Tells how far the import is, lets others have the thread, and stops where that was asked. */
  async #step(state: Progress['state'], stored: number): Promise<void> {
    const { done } = this.#kind
    this.#run.onProgress({ state, bytesDone: done[state] + stored, recordsDone: done.records })
    await nextTurn()
    if (this.#run.signal.aborted) {
      throw new BackendFault({ code: 'cancelled', message: 'The import was cancelled. What was imported before is held.' })
    }
  }
}

function importedFile({ file, survey, sha256 }: Surveyed, stream: string): ImportedFile {
  const { place: path, size, mtime } = file
  return { path, size, mtime, sha256, stream, first: survey.first, last: survey.last }
}
