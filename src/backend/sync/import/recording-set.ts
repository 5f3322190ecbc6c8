import { basename, dirname } from 'node:path'
import type { RecordingFormat } from '../../../domain'
import { detect, RecordingFault, unpack, type RecordingFile } from '../../recording'
import { readStart, type ImportFile } from './import-file'

/** The files of one recording; those of a journal hold several. `name` is the file's within the recording. */
export type RecordingSet = { files: { file: ImportFile; name: string }[]; place: string }

/** Kind of an import of recordings. */
export const RECORDING_KIND = 'recording'

/** Enough of a file to know its format. */
const LOOKED_AT = 16 * 2 ** 20

export function singleSet(file: ImportFile): RecordingSet {
  return { files: [{ file, name: basename(file.place) }], place: file.place }
}

export function pairSet(files: ImportFile[]): RecordingSet {
  const place = files.map((file) => file.place).join(', ')
  return { files: files.map((file) => ({ file, name: basename(file.place) })), place }
}

const SUDO_NAMES = new Set(['log', 'log.json', 'timing', 'stdin', 'stdout', 'stderr', 'ttyin', 'ttyout'])
const SESSION_FOLDER = /(?:^|[\\/])([0-9A-Z]{2})[\\/]([0-9A-Z]{2})[\\/]([0-9A-Z]{2})$/

/** Folders that sudo writes, judged by the names in them and what stands in those files; and the other files. */
export async function sudoSets(files: ImportFile[]): Promise<{ sets: RecordingSet[]; others: ImportFile[] }> {
  const folders = new Map<string, ImportFile[]>()
  for (const file of files) {
    const folder = dirname(file.place)
    if (SUDO_NAMES.has(basename(file.place))) folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  const sets: RecordingSet[] = []
  for (const [folder, held] of folders) {
    if (held.length < 2) continue
    // The last three folders are the session's id.
    const within = SESSION_FOLDER.exec(folder)?.slice(1).join('/')
    const named = held.map((file) => ({ file, name: [...(within ? [within] : []), basename(file.place)].join('/') }))
    const set = { files: named, place: folder }
    if ((await formatOf(set)) === 'sudo') sets.push(set)
  }
  const taken = new Set(sets.flatMap((set) => set.files.map(({ file }) => file)))
  return { sets, others: files.filter((file) => !taken.has(file)) }
}

/** The format of the files, or why they are no recording. */
export async function formatOf(set: RecordingSet, length = LOOKED_AT): Promise<RecordingFormat | RecordingFault> {
  try {
    const files: RecordingFile[] = []
    for (const { file, name } of set.files) files.push({ name, bytes: await startOf(file, length) })
    return formatOfFiles(files)
  } catch (error) {
    if (error instanceof RecordingFault) return error
    throw error
  }
}

/** Throws `RecordingFault` where they are no recording. */
function formatOfFiles(files: readonly RecordingFile[]): RecordingFormat {
  const reader = detect(files)
  return reader.open(files, reader.parts(files)[0]?.part ?? '').head.format
}

/** The first bytes, unpacked. Throws `RecordingFault` for a compression that is not read. */
export async function startOf(file: ImportFile, length = LOOKED_AT): Promise<Uint8Array> {
  const start = await readStart(file.path, Math.min(length, file.size))
  return (await unpack({ name: basename(file.place), bytes: start }, length)).file.bytes
}
