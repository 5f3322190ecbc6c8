import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type ImportOptions, type ImportSummary } from '../../../contract'
import { formatInstant, type Instant, type TimeRange } from '../../../domain'
import type { FileSource, Namer, ReadOptions } from '../../source'
import { BatchNamer, type BatchProvenance, type Checkpoint, type RecordBatch, type WritableStore } from '../../store'
import type { ImportFile } from './import-file'
import type { Plan } from './plan'
import type { ReadPart, ReadStep, SurveyFacts } from './read-files'
import { readAside } from './reading-thread'
import { importRecordings } from './run-recordings'
import { RECORDING_KIND } from './recording-set'

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
  const recorded = plan.recordings.map((set) => ({ files: set.files.map(({ file }) => file) }))
  return [...plan.groups, ...recorded].reduce((sum, { files }) => sum + files.reduce((size, file) => size + file.size, 0), 0)
}

/**
 * Imports all files of a plan, kind by kind; answers a summary for each. All of a file is durable before it is said to be
 * there. Throws `nothing-readable`, `name-taken`, `file-unreadable`, `disk-full` and, once the signal is given, `cancelled`.
 */
export async function runImport(run: ImportRun): Promise<ImportSummary[]> {
  const { plan } = run
  const kinds = kindsOf(plan)
  if (kinds.length === 0) {
    throw new BackendFault({ code: 'nothing-readable', message: `Nothing could be read. ${reasonsUnread(plan)}` })
  }
  checkNames(run)
  const summaries: ImportSummary[] = []
  const done = { bytes: 0, records: 0 }
  for (const { source, files } of plan.groups) {
    summaries.push(await new KindImport(run, { source, files, name: nameOf(plan, source.kind), done }).run())
  }
  if (plan.recordings.length > 0) summaries.push(await importRecordings(run, { name: nameOf(plan, RECORDING_KIND), done }))
  summaries[0]?.rejected.push(...plan.unread.map(({ file, reason }) => ({ file: file.place, line: 0, reason })))
  return summaries
}

function kindsOf({ groups, recordings }: Plan): string[] {
  return [...groups.map(({ source }) => source.kind), ...(recordings.length > 0 ? [RECORDING_KIND] : [])]
}

/** Of several kinds each has a connection of its own. */
function nameOf(plan: Plan, kind: string): string {
  return kindsOf(plan).length === 1 ? plan.name : `${plan.name} (${kind})`
}

/** Files that a message names; there can be thousands. */
const NAMED = 5

function reasonsUnread({ unread }: Plan): string {
  const named = unread.slice(0, NAMED).map(({ file, reason }) => `${file.place}: ${reason}`)
  return [...named, ...(unread.length > NAMED ? [`and ${unread.length - NAMED} more`] : [])].join('; ')
}

function checkNames({ plan, options, store }: ImportRun): void {
  const connections = store.connections()
  if (options.replace !== undefined && !connections.some((connection) => connection.name === options.replace)) {
    throw new BackendFault({ code: 'not-found', message: `There is no import named ${options.replace} to replace.` })
  }
  const taken = connections.find(
    (connection) => connection.name === plan.name && kindsOf(plan).some((kind) => kind !== connection.kind),
  )
  const isHeld = options.replace !== undefined && options.replace !== plan.name && connections.some(({ name }) => name === plan.name)
  if (isHeld) {
    const message = `${plan.name} is the name of another connection than the replaced ${options.replace}. Choose another name.`
    throw new BackendFault({ code: 'name-taken', message })
  }
  if (taken && taken.name !== options.replace) {
    const message = `${taken.name} is the name of a connection of kind ${taken.kind}. Choose another name.`
    throw new BackendFault({ code: 'name-taken', message })
  }
}

type Kind = { source: FileSource; files: ImportFile[]; name: string; done: { bytes: number; records: number } }

/** The import of all files of one kind. */
class KindImport {
  readonly #run: ImportRun
  readonly #kind: Kind
  readonly #options: ReadOptions
  readonly #summary: ImportSummary
  readonly #batches: BatchNamer
  /** Of the stream under way. */
  /** Rejects where the part before cannot be written. */
  #durable: Promise<void> = Promise.resolve()
  #namer: Namer
  readonly #times = { first: Infinity, last: -Infinity }
  /** Bytes of the kinds before. */
  readonly #before: number
  /** Files on their way, by their place among the files. */
  readonly #readings: FileReading[] = []
  /** Set once rows are on their way, so that a cut leaves word of itself. */
  #lastProvenance: BatchProvenance | null = null

  constructor(run: ImportRun, kind: Kind) {
    this.#run = run
    this.#kind = kind
    this.#before = kind.done.bytes
    this.#batches = new BatchNamer(kind.source.kind)
    this.#namer = kind.source.namer()
    const { year, zone = 'UTC' } = run.options
    this.#options = year === undefined ? { zone } : { zone, year }
    const empty = { records: 0, events: 0, duplicates: 0, companions: 0, skipped: 0, rejected: [], from: null, to: null }
    this.#summary = { connection: kind.name, kind: kind.source.kind, files: kind.files.length, ...empty }
  }

  async run(): Promise<ImportSummary> {
    const { source, files, done } = this.#kind
    try {
      await this.#dropRemains()
      for await (const step of readAside({ kind: source.kind, files, options: this.#options })) {
        await this.#take(step)
        if (step.step !== 'surveyed' && step.step !== 'streaming') await this.#pause(step)
      }
      await this.#durable
      this.#finish()
    } catch (error) {
      await this.#cut()
      throw error
    }
    done.bytes = this.#before + files.reduce((size, file) => size + file.size, 0)
    const { first, last } = this.#times
    if (first <= last) Object.assign(this.#summary, { from: formatInstant(first), to: formatInstant(last) })
    return this.#summary
  }

  async #take(step: ReadStep): Promise<void> {
    if (step.step === 'read') await this.#takePart(step.part)
    else if (step.step === 'ended') {
      await this.#durable
      this.#endFile(step.file)
    } else if (step.step === 'streaming') this.#namer = this.#kind.source.namer()
    else if (step.step === 'surveyed') {
      for (const [at, survey] of step.files.entries()) {
        const file = this.#kind.files[at]
        if (file) this.#readings[at] = { file, survey, streams: new Set(), first: Infinity, last: -Infinity }
      }
    }
  }

  async #takePart({ file, batch, skipped, rejected, streams, first, last }: ReadPart): Promise<void> {
    const reading = this.#reading(file)
    const seen = (batch?.rows ?? 0) + skipped + rejected.length
    this.#summary.records += seen
    this.#summary.skipped += skipped
    for (const { line, reason } of rejected) this.#summary.rejected.push({ file: reading.file.place, line, reason })
    this.#kind.done.records += seen
    if (batch === null) return
    for (const stream of streams) reading.streams.add(stream)
    reading.first = Math.min(reading.first, first)
    reading.last = Math.max(reading.last, last)
    const named = this.#batches.finish(batch, (row) => this.#namer.name(row))
    // The part before goes to the disk meanwhile.
    await this.#durable
    const { appended, durable } = this.#appendSoon(named, reading, { coverage: coverageOf(reading, 'partial') })
    this.#durable = durable
    // What fails is told where the next part is taken, or at the end.
    durable.catch(() => {})
    this.#summary.events += appended.added
    this.#summary.duplicates += appended.duplicates
    this.#summary.companions += appended.companions
  }

  /** Only now that it was read to its end, its whole range is known to be held. */
  #endFile(at: number): void {
    const reading = this.#reading(at)
    const { file, survey, streams } = reading
    if (streams.size === 0) return
    const { from, to } = spanOf(reading)
    const stream = [...streams].join(', ')
    const facts = { path: file.place, size: file.size, mtime: file.mtime, sha256: survey.sha256, stream, first: from, last: to - 1 }
    const ended: Facts = { coverage: coverageOf(reading, 'complete'), files: [facts] }
    this.#run.store.append([], this.#provenanceOf(reading), { ...this.#checkpoint(), ...ended })
    this.#times.first = Math.min(this.#times.first, from)
    this.#times.last = Math.max(this.#times.last, to - 1)
  }

  #reading(at: number): FileReading {
    const reading = this.#readings[at]
    if (!reading) throw new Error(`file ${at} was not surveyed`)
    return reading
  }

  #appendSoon(records: RecordBatch, reading: FileReading, facts: Facts) {
    return this.#run.store.appendSoon(records, this.#provenanceOf(reading), { ...this.#checkpoint(), ...facts })
  }

  #provenanceOf({ file, survey }: FileReading): BatchProvenance {
    const { place, size, mtime } = file
    this.#lastProvenance = { origin: 'file', place, fetchedAt: this.#run.now(), size, mtime, sha256: survey.sha256 }
    return this.#lastProvenance
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

  /** What a replacing import that could not even be cut (a full disk) left must not become part of this one. */
  async #dropRemains(): Promise<void> {
    if (this.#run.options.replace !== undefined) await this.#run.store.dropPending(this.#kind.name)
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
  async #pause({ step, bytesDone }: Exclude<ReadStep, { step: 'surveyed' | 'streaming' }>): Promise<void> {
    const state = step === 'surveying' ? 'surveying' : 'importing'
    this.#run.onProgress({ state, bytesDone: this.#before + bytesDone, recordsDone: this.#kind.done.records })
    await nextTurn()
    if (this.#run.signal.aborted) {
      throw new BackendFault({ code: 'cancelled', message: 'The import was cancelled. What was imported before is held.' })
    }
  }
}

type Facts = Pick<Checkpoint, 'coverage' | 'files'>

/** A file on its way: the streams met in it and the first and last time of its records. */
type FileReading = { file: ImportFile; survey: SurveyFacts; streams: Set<string>; first: Instant; last: Instant }

/**
 * From the file's first line to its last. The survey sees lines that are no events too, but judges the year of each file
 * alone; where it and the records differ, the records are right.
 */
function spanOf({ survey, first, last }: FileReading): TimeRange {
  const holds = survey.first !== null && survey.last !== null && survey.first <= first && last <= survey.last
  return holds ? { from: survey.first ?? first, to: (survey.last ?? last) + 1 } : { from: first, to: last + 1 }
}

function coverageOf(reading: FileReading, state: 'partial' | 'complete'): NonNullable<Checkpoint['coverage']> {
  const range = state === 'complete' ? spanOf(reading) : { from: reading.first, to: reading.last + 1 }
  const note = state === 'partial' ? { note: 'the import was not finished' } : {}
  return [...reading.streams].map((stream) => ({ stream, ...range, state, ...note }))
}
