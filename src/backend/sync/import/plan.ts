import { basename, dirname } from 'node:path'
import { BackendFault, type ImportOptions } from '../../../contract'
import { knownZone } from '../../../domain'
import { fileSources, type FileSource } from '../../source'
import { RecordingFault } from '../../recording'
import { describeFile, filesUnder, readHead, type ImportFile } from './import-file'
import { formatOf, pairSet, RECORDING_KIND, singleSet, sudoSets, type RecordingSet } from './recording-set'
import { scriptSets } from './script-pairs'

/** What to import: paths, or files that were received and are called by another name. */
export type ImportItem = { path: string; named?: { name: string; mtime: number } }

export type Plan = {
  name: string
  groups: { source: FileSource; files: ImportFile[] }[]
  recordings: RecordingSet[]
  unread: { file: ImportFile; reason: string }[]
}

/** Finds the files and who reads them. Throws `file-unreadable` for a path that cannot be opened, `bad-ask` for a bad option. */
export async function planImport(items: ImportItem[], options: ImportOptions): Promise<Plan> {
  checkZone(options.zone)
  const wanted = sourceOfKind(options.kind)
  const groups = new Map<FileSource, ImportFile[]>()
  // What a session showed in such a folder may look like a log.
  const { sets: folders, others: files } = await foldersAmong(await describeAll(items), wanted)
  const recordings = folders
  const left: ImportFile[] = []
  for (const file of files) {
    const source = await sourceOf(file, options.kind)
    if (source) groups.set(source, [...(groups.get(source) ?? []), file])
    else left.push(file)
    // A journal may be both: a log, and what tlog recorded in it.
    const mayBeBoth = source !== undefined && wanted === undefined
    if (mayBeBoth && (await formatOf(singleSet(file), JOURNAL_HEAD)) === 'tlog') recordings.push(singleSet(file))
  }
  const found = await recordingsAmong(left)
  return {
    name: options.name ?? options.replace ?? defaultName(items),
    groups: [...groups].map(([source, grouped]) => ({ source, files: grouped })),
    recordings: [...recordings, ...found.sets],
    unread: found.unread,
  }
}

/** Bytes of a log in which tlog's messages are looked for. */
const JOURNAL_HEAD = 64 * 1024

/**
 * The recordings in a file, in the files of one recording, or in a folder, of which sudo's come first. What is named is
 * taken as it is. Throws `file-unreadable`.
 */
export async function findRecordings(paths: string[]): Promise<RecordingSet[]> {
  const files = await describeAll(paths.map((path) => ({ path })))
  if (paths.length > 1) return [pairSet(files)]
  const [only] = files
  if (only?.path === paths[0]) return only ? [singleSet(only)] : []
  const { sets, others } = await sudoSets(files)
  return sets.length > 0 ? sets : (await recordingsAmong(others)).sets
}

/** Finds the recordings among files that are no logs. */
async function recordingsAmong(files: ImportFile[]): Promise<{ sets: RecordingSet[]; unread: Plan['unread'] }> {
  const { sets, others, alone } = await scriptSets(files)
  const unread = alone.map((file) => ({ file, reason: 'the timing of a script(1) recording, without its data file' }))
  for (const file of others) {
    const format = await formatOf(singleSet(file))
    if (format instanceof RecordingFault) unread.push({ file, reason: await reasonUnread(file, format) })
    else sets.push(singleSet(file))
  }
  return { sets, unread }
}

async function foldersAmong(files: ImportFile[], wanted: FileSource | undefined): ReturnType<typeof sudoSets> {
  return wanted ? { sets: [], others: files } : sudoSets(files)
}

async function sourceOf(file: ImportFile, kind: string | undefined): Promise<FileSource | undefined> {
  if (kind === RECORDING_KIND) return undefined
  const wanted = sourceOfKind(kind)
  if (wanted) return wanted
  const head = await readHead(file)
  return fileSources.find((candidate) => candidate.recognises(head))
}

async function describeAll(items: ImportItem[]): Promise<ImportFile[]> {
  const files: ImportFile[] = []
  for (const item of items) {
    const paths = item.named ? [item.path] : await filesUnder([item.path])
    for (const path of paths) files.push(await describeFile(path, item.named))
  }
  const seen = new Set<string>()
  return files.filter((file) => !seen.has(file.path) && seen.add(file.path))
}

async function reasonUnread(file: ImportFile, { message }: RecordingFault): Promise<string> {
  if (file.size === 0) return 'the file is empty'
  if (file.compressed && (await readHead(file)).length === 0) return 'the file starts like gzip and cannot be decompressed'
  return `no known kind: expected lines of an sshd or syslog authentication log, or a recording of a terminal. ${message}`
}

/** The file's or folder's own name; for several paths that of the folder they share. */
function defaultName(items: ImportItem[]): string {
  const places = items.map((item) => item.named?.name ?? item.path)
  const [first = 'import', ...others] = places
  if (others.length === 0) return basename(first)
  const folder = dirname(first)
  return folder !== '.' && others.every((place) => dirname(place) === folder) ? basename(folder) : basename(first)
}

function sourceOfKind(kind: string | undefined): FileSource | undefined {
  if (kind === undefined || kind === RECORDING_KIND) return undefined
  const source = fileSources.find((candidate) => candidate.kind === kind)
  if (source) return source
  const known = [...fileSources.map((candidate) => candidate.kind), RECORDING_KIND].join(', ')
  throw new BackendFault({ code: 'bad-ask', message: `There is no kind ${kind}. Known kinds: ${known}.` })
}

function checkZone(zone: string | undefined): void {
  if (zone === undefined || /^[+-]\d\d:?\d\d$/.test(zone) || knownZone(zone) !== null) return
  const message = `${zone} is not a time zone. Expected a name such as Europe/Berlin or an offset such as +02:00.`
  throw new BackendFault({ code: 'bad-ask', message })
}
