import type { ImportSummary } from '../../../contract'
import { coverageStream, type Instant } from '../../../domain'
import { fileSources, type FileSource, type Reading, type ReadOptions, type StreamReader, type SurveyedFile } from '../../source'
import { BatchEncoder, type NamelessBatch } from '../../store'
import { hashing, readChunks, type ImportFile } from './import-file'

/** Files of one kind to be read. Plain data: it may cross to another thread, as may every step. */
export type ReadTask = { kind: string; files: ImportFile[]; options: ReadOptions }

/** What is known of a file before its records: the hash of its stored bytes, and its times as its survey judged them. */
export type SurveyFacts = { sha256: string; first: Instant | null; last: Instant | null }

/** Part of a file that was read. */
export type ReadPart = {
  /** Place of the file in the task. */
  file: number
  /** Null where the part had no records. */
  batch: NamelessBatch | null
  skipped: number
  rejected: Omit<ImportSummary['rejected'][number], 'file'>[]
  /** Ledger streams of the records, and their first and last time. */
  streams: string[]
  first: Instant
  last: Instant
}

/** `bytesDone`, as stored on disk, counts those of the pass under way, over all files. */
export type ReadStep =
  | { step: 'surveying'; bytesDone: number }
  | { step: 'surveyed'; files: SurveyFacts[] }
  /** Another stream begins, whose records are named by themselves. */
  | { step: 'streaming' }
  | { step: 'read'; bytesDone: number; part: ReadPart }
  | { step: 'ended'; bytesDone: number; file: number }

type Surveyed = { file: ImportFile; survey: SurveyedFile; sha256: string }

/** Bytes given to a source at a time: what it makes of them dies young, before the garbage collector moves it. */
const BITE = 16 * 1024

/** Reads all files twice: a survey of each, then their records, stream by stream. Throws `file-unreadable`. */
export async function* readFiles(task: ReadTask): AsyncGenerator<ReadStep> {
  const source = fileSources.find(({ kind }) => kind === task.kind)
  if (!source) throw new Error(`no source of kind ${task.kind}`)
  const surveyed: Surveyed[] = []
  let bytesDone = 0
  for (const file of task.files) {
    surveyed.push(yield* surveyFile(file, { source, options: task.options, before: bytesDone }))
    bytesDone += file.size
  }
  const facts = surveyed.map(({ sha256, survey: { first, last } }) => ({ sha256, first, last }))
  yield { step: 'surveyed', files: facts }
  const surveys = surveyed.map(({ survey }) => survey)
  bytesDone = 0
  for (const indexes of source.arrange(surveys, task.options)) {
    yield { step: 'streaming' }
    const stream = indexes.flatMap((index) => surveyed[index] ?? [])
    const reader = source.reader(stream.map(({ survey }) => survey), task.options, surveys)
    for (const [at, { file }] of stream.entries()) {
      yield* readFile(file, { kind: task.kind, reader, index: indexes[at] ?? 0, before: bytesDone })
      bytesDone += file.size
    }
  }
}

type SurveyContext = { source: FileSource; options: ReadOptions; before: number }

async function* surveyFile(file: ImportFile, context: SurveyContext): AsyncGenerator<ReadStep, Surveyed> {
  const survey = context.source.survey({ name: file.place, mtime: file.mtime }, context.options)
  const hash = hashing()
  for await (const { bytes, stored } of readChunks(file, file.compressed ? (piece) => hash.update(piece) : undefined)) {
    for (const bite of bites(bytes)) survey.push(bite)
    yield { step: 'surveying', bytesDone: context.before + stored }
  }
  const seen = survey.end()
  return { file, survey: seen, sha256: file.compressed ? hash.hex() : seen.sha256 }
}

type ReadContext = { kind: string; reader: StreamReader; index: number; before: number }

async function* readFile(file: ImportFile, { kind, reader, index, before }: ReadContext): AsyncGenerator<ReadStep> {
  const collected = new Collected(index, kind)
  let bytesDone = before
  reader.nextFile()
  for await (const { bytes, stored } of readChunks(file)) {
    for (const bite of bites(bytes)) collected.take(reader.push(bite))
    bytesDone = before + stored
    yield { step: 'read', bytesDone, part: collected.part() }
  }
  collected.take(reader.endFile())
  yield { step: 'read', bytesDone, part: collected.part() }
  yield { step: 'ended', bytesDone: before + file.size, file: index }
}

function* bites(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += BITE) yield bytes.subarray(at, at + BITE)
}

/** What was read of a file since the last part. */
class Collected {
  readonly #file: number
  readonly #encoder: BatchEncoder
  #part: ReadPart
  /** Streams met since the last part, by instance, and which was the last. */
  #streams = new Map<string, Set<string>>()
  #last: { instance: string; stream: string } | null = null

  constructor(file: number, kind: string) {
    this.#file = file
    this.#encoder = new BatchEncoder(kind)
    this.#part = emptyPart(file)
  }

  take({ records, skipped, rejected }: Reading): void {
    const part = this.#part
    part.skipped += skipped
    part.rejected.push(...rejected)
    for (const record of records) {
      this.#encoder.add(record)
      const { time } = record.event
      if (time < part.first) part.first = time
      if (time > part.last) part.last = time
      if (record.instance !== this.#last?.instance || record.stream !== this.#last.stream) this.#meet(record)
    }
  }

  #meet({ instance, stream }: { instance: string; stream: string }): void {
    const streams = this.#streams.get(instance)
    if (streams === undefined) this.#streams.set(instance, new Set([stream]))
    else streams.add(stream)
    this.#last = { instance, stream }
  }

  part(): ReadPart {
    const part = this.#part
    if (this.#encoder.rows > 0) part.batch = this.#encoder.finishNameless()
    part.streams = [...this.#streams].flatMap(([instance, streams]) => [...streams].map((stream) => coverageStream(stream, instance)))
    this.#streams.clear()
    this.#last = null
    this.#part = emptyPart(this.#file)
    return part
  }
}

function emptyPart(file: number): ReadPart {
  return { file, batch: null, skipped: 0, rejected: [], streams: [], first: Infinity, last: -Infinity }
}
