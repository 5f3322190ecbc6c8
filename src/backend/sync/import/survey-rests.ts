import { fileSources, type RestSurvey } from '../../source'
import { readChunks, type ImportFile } from './import-file'
import type { ReadTask } from './read-files'

/** What is known of the rest of a file of the task; null where it has to be surveyed with the part before it. */
export type SurveyedRest = { file: number; rest: unknown }

/** Bytes of a file from which on its first pass is made by two. */
const LEAST = 8 * 2 ** 20
const LF = 10

/** Where the rest of a file begins that is surveyed apart: with the line that begins at or after this byte. 0 where none is. */
export function restFrom({ size, compressed }: Pick<ImportFile, 'size' | 'compressed'>): number {
  return compressed || size < LEAST ? 0 : Math.floor(size / 2)
}

/** Where the line begins that the rest of a file begins with, in a chunk that begins at `offset`; -1 where it is in none of it. */
export function restIn(chunk: Uint8Array, offset: number, from: number): number {
  // The line feed before it may be the byte before.
  const before = from - 1 - offset
  if (before >= chunk.length) return -1
  const feed = chunk.indexOf(LF, Math.max(0, before))
  return feed < 0 ? -1 : feed + 1
}

/** Surveys the rests of large files, in their order, while another thread surveys what is before them. */
export async function surveyRests({ kind, files, options }: ReadTask, tell: (rest: SurveyedRest) => void, isOver: () => boolean): Promise<void> {
  const source = fileSources.find((known) => known.kind === kind)
  for (const [at, file] of files.entries()) {
    const from = restFrom(file)
    if (from === 0 || !source) continue
    const survey = source.surveyRest(options)
    if (!(await readRest(file, { from, survey, isOver }))) return
    tell({ file: at, rest: survey.end() })
  }
}

type Reading = { from: number; survey: RestSurvey; isOver: () => boolean }

/** Answers whether it was read to its end. */
async function readRest(file: ImportFile, { from, survey, isOver }: Reading): Promise<boolean> {
  let offset = from - 1
  let hasBegun = false
  for await (const { bytes } of readChunks(file, { from: offset })) {
    if (isOver()) return false
    const begin: number = hasBegun ? 0 : restIn(bytes, offset, from)
    hasBegun ||= begin >= 0
    if (hasBegun) survey.push(bytes.subarray(begin))
    offset += bytes.length
  }
  return true
}
