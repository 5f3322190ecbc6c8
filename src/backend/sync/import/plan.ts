import { basename, dirname } from 'node:path'
import { BackendFault, type ImportOptions } from '../../../contract'
import { fileSources, type FileSource } from '../../source'
import { describeFile, filesUnder, readHead, type ImportFile } from './import-file'

/** What to import: paths, or files that were received and are called by another name. */
export type ImportItem = { path: string; named?: { name: string; mtime: number } }

export type Plan = {
  name: string
  groups: { source: FileSource; files: ImportFile[] }[]
  unread: { file: ImportFile; reason: string }[]
}

/** Finds the files and who reads them. Throws `file-unreadable` for a path that cannot be opened, `bad-ask` for a bad option. */
export async function planImport(items: ImportItem[], options: ImportOptions): Promise<Plan> {
  checkZone(options.zone)
  const wanted = sourceOfKind(options.kind)
  const groups = new Map<FileSource, ImportFile[]>()
  const unread: Plan['unread'] = []
  for (const file of await describeAll(items)) {
    const head = await readHead(file)
    const source = wanted ?? fileSources.find((candidate) => candidate.recognises(head))
    if (source) groups.set(source, [...(groups.get(source) ?? []), file])
    else unread.push({ file, reason: reasonUnread(file, head) })
  }
  return {
    name: options.name ?? options.replace ?? defaultName(items),
    groups: [...groups].map(([source, files]) => ({ source, files })),
    unread,
  }
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

function reasonUnread(file: ImportFile, head: Uint8Array): string {
  if (file.size === 0) return 'the file is empty'
  if (file.compressed && head.length === 0) return 'the file starts like gzip and cannot be decompressed'
  return 'no known kind: expected lines of an sshd or syslog authentication log'
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
  if (kind === undefined) return undefined
  const source = fileSources.find((candidate) => candidate.kind === kind)
  if (source) return source
  const known = fileSources.map((candidate) => candidate.kind).join(', ')
  throw new BackendFault({ code: 'bad-ask', message: `There is no kind ${kind}. Known kinds: ${known}.` })
}

function checkZone(zone: string | undefined): void {
  if (zone === undefined || /^[+-]\d\d:?\d\d$/.test(zone)) return
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0)
  } catch {
    const message = `${zone} is not a time zone. Expected a name such as Europe/Berlin or an offset such as +02:00.`
    throw new BackendFault({ code: 'bad-ask', message })
  }
}
