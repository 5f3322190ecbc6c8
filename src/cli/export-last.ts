import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExportManifest } from '../contract'
import { parseInstant } from '../domain'
import type { Asked } from './asked'
import type { FileOptions, LastRun } from './export-write'

/** The newest run of a folder of manifests that was whole and asked the same; and the names of those of other questions. */
export function lastRun(folder: string, asked: Asked, options: FileOptions): { last: LastRun | null; same: string[]; others: string[] } {
  const found: LastRun[] = []
  const others: string[] = []
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.manifest.json'))) {
    const manifest = manifestIn(join(folder, name))
    const at = manifest && parseInstant(manifest.exportedAt)
    if (!manifest || at === null || !manifest.complete) continue
    if (isSameQuestion(manifest, asked, options)) found.push({ name, at })
    else others.push(name)
  }
  const [last = null] = found.toSorted((a, b) => b.at - a.at)
  return { last, same: found.map(({ name }) => name), others }
}

function isSameQuestion({ format, filter, cells, redaction }: ExportManifest, { line, view }: Asked, options: FileOptions): boolean {
  const same = [format, filter['query'], filter['order'], cells ?? null, redaction?.masks ?? []]
  const asked = [options.format, line.words[0] ?? '', view.order, options.format === 'csv' ? (options.raw ? 'raw' : 'safe') : null, options.masks]
  return JSON.stringify(same) === JSON.stringify(asked)
}

/** Null for what is no manifest. */
function manifestIn(path: string): ExportManifest | null {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isManifest(read) ? read : null
  } catch {
    return null
  }
}

function isManifest(read: unknown): read is ExportManifest {
  if (typeof read !== 'object' || read === null || !('schema' in read) || !('exportedAt' in read) || !('filter' in read)) return false
  return read.schema === 'recount-export/1' && typeof read.exportedAt === 'string' && typeof read.filter === 'object' && read.filter !== null
}
