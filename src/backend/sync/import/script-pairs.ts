import { basename, dirname } from 'node:path'
import { RecordingFault } from '../../recording'
import { isTiming, surveyTiming } from '../../recording'
import type { ImportFile } from './import-file'
import { countDamage } from './recording-read'
import { formatOf, pairSet, singleSet, startOf, type RecordingSet } from './recording-set'

/** Enough to know a timing file, and what its headers name. */
const HEAD = 64 * 1024
/** Bytes of the files that are read to see whether they belong together. */
const MOST_TRIED = 64 * 2 ** 20
const TRIES = 12

type Timing = { file: ImportFile; /** Names of the data files that it tells. */ told: string[]; stem: string }

/** `alone`: timing files without data. */
type Sorted = { sets: RecordingSet[]; others: ImportFile[]; alone: ImportFile[] }

/** Timing files of script(1) with the data that they time; and the other files. */
export async function scriptSets(files: ImportFile[]): Promise<Sorted> {
  const timings: Timing[] = []
  for (const file of files) {
    const timing = await timingOf(file)
    if (timing) timings.push(timing)
  }
  const isTimingFile = new Set(timings.map(({ file }) => file))
  const data = new Set(files.filter((file) => !isTimingFile.has(file)))
  const sets: RecordingSet[] = []
  const paired = new Set<Timing>()
  // What is surer is taken first.
  for (const find of [told, named, fitting, only]) {
    for (const timing of timings) {
      if (paired.has(timing)) continue
      const near = [...data].filter((file) => dirname(file.place) === dirname(timing.file.place))
      const found = await find(timing, near)
      if (found.length === 0) continue
      const set = pairSet([...found, timing.file])
      if ((await formatOf(set)) !== 'script') continue
      sets.push(set)
      paired.add(timing)
      for (const file of found) data.delete(file)
    }
  }
  const alone = timings.filter((timing) => !paired.has(timing)).map(({ file }) => file)
  return { sets, others: [...data], alone }
}

async function timingOf(file: ImportFile): Promise<Timing | null> {
  let head: Uint8Array
  try {
    head = await startOf(file, HEAD)
  } catch (error) {
    if (error instanceof RecordingFault) return null
    throw error
  }
  if (!isTiming(head)) return null
  const { headers } = surveyTiming(head)
  const told = [headers.get('OUTPUT_LOG'), headers.get('INPUT_LOG')].flatMap((path) => (path ? [basename(path)] : []))
  const stem = plainName(file).replace(/(?:^|[._-])(?:timing|time|tim|tm)(?:\.(?:log|txt))?$/i, '')
  return { file, told: [...new Set(told)], stem: stem === plainName(file) ? '' : stem }
}

function plainName({ place }: ImportFile): string {
  return basename(place).replace(/\.(?:gz|zst)$/i, '')
}

function told(timing: Timing, near: ImportFile[]): ImportFile[] {
  return near.filter((file) => timing.told.includes(plainName(file))).slice(0, 2)
}

function named({ stem }: Timing, near: ImportFile[]): ImportFile[] {
  return stem === '' ? [] : near.filter((file) => plainName(file) === stem).slice(0, 1)
}

/** Nothing but the bytes tells: those of the data are all timed, and none is missing. */
async function fitting(timing: Timing, near: ImportFile[]): Promise<ImportFile[]> {
  const likely = await likelyData(timing, near)
  for (const other of likely.slice(0, TRIES)) {
    if (timing.file.size + other.size > MOST_TRIED) continue
    if ((await countDamage(pairSet([other, timing.file]))) === 0) return [other]
  }
  return []
}

/** A damaged recording fits nowhere: what is left is taken for it where it is one file alone. */
async function only(timing: Timing, near: ImportFile[]): Promise<ImportFile[]> {
  const likely = await likelyData(timing, near)
  return likely.length === 1 ? likely : []
}

/** Those whose names begin as the timing's does come first; any other must begin as script(1) writes it. */
async function likelyData({ stem }: Timing, near: ImportFile[]): Promise<ImportFile[]> {
  const named = near.filter((file) => stem !== '' && plainName(file).startsWith(stem))
  const headed: ImportFile[] = []
  for (const file of near) {
    if (!named.includes(file) && (await formatOf(singleSet(file), HEAD)) === 'script') headed.push(file)
  }
  return [...named, ...headed]
}
