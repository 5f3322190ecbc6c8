import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { exportName, FORMATS, type Lines } from '../backend/report'
import { BackendFault, type ExportFormat, type ExportManifest } from '../contract'
import { parseInstant, type Instant } from '../domain'
import type { Asked } from './asked'
import type { ExportOptions } from './export-options'
import { ExportRun, type RunOptions } from './export-run'
import { print, say } from './io'
import { progressLine } from './progress'
import { UsageError } from './usage-error'

type FileOptions = ExportOptions & { format: ExportFormat; out: string; limit?: number }

/**
 * Writes a file, and beside it what proves its masked rows and its manifest. Each stands under its name when it is whole,
 * the manifest last: a run without one was cut.
 */
export async function exportToFile(asked: Asked, options: FileOptions): Promise<void> {
  const { io } = asked.line
  const place = resolve(io.cwd, options.out)
  const run: RunOptions = { format: options.format, raw: options.raw, masks: options.masks, name: basename(place) }
  if (options.limit !== undefined) run.limit = options.limit
  let target = place
  if (options.sinceLast) {
    mkdirSync(place, { recursive: true })
    run.name = `${exportName('timeline', io.now())}.${FORMATS[options.format].extension}`
    target = join(place, run.name)
    if (statSync(target, { throwIfNoEntry: false })) throw new UsageError(`${target} is there already: a run of this second.`)
    const last = lastRun(place, asked, options)
    if (last) run.continues = { manifest: last.name, since: last.at - options.sinceLast.overlap, last: last.at }
  } else if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${options.out} is a folder: --out takes a file, or a folder with --since-last.`)
  }
  const export_ = new ExportRun(asked, run)
  await writeWhole(asked, { target, lines: export_.lines(), run: export_ })
  const beside = `${target}.commitments.jsonl`
  const commitments = export_.commitments(basename(beside))
  if (commitments) await writeWhole(asked, { target: beside, lines: commitments, run: export_ })
  const manifest = export_.manifest()
  await writeWhole(asked, { target: `${target}.manifest.json`, lines: [{ text: manifest, rows: 0 }], run: null })
  await print(io, printed(manifest, target))
}

function printed(manifest: string, target: string): object {
  const { counts, complete, range, continues }: ExportManifest = JSON.parse(manifest)
  return { file: target, manifest: `${target}.manifest.json`, rows: counts.rows, complete, range, ...(continues ? { continues } : {}) }
}

type Whole = { target: string; lines: Iterable<Lines>; run: ExportRun | null }

/** Nothing stands under the name before the last byte is on the disk. */
async function writeWhole({ line: { io } }: Asked, { target, lines, run }: Whole): Promise<void> {
  const part = `${target}.part`
  const progress = progressLine<number>(io, (rows) => `exporting: ${rows} rows`)
  let stopped = false
  const undo = io.onInterrupt(() => (stopped = true))
  const file = openSync(part, 'w', 0o600)
  let isWhole = false
  try {
    let rows = 0
    for (const piece of lines) {
      const bytes = Buffer.from(piece.text)
      writeFully(file, bytes)
      run?.written(bytes, piece.rows)
      rows += piece.rows
      progress.tell(rows)
      // Lets a signal be heard between two pieces.
      await new Promise(setImmediate)
      if (stopped) throw new BackendFault({ code: 'cancelled', message: `Cancelled; ${basename(target)} was not kept.` })
    }
    fsyncSync(file)
    isWhole = true
  } finally {
    undo()
    progress.end()
    closeSync(file)
    if (!isWhole) rmSync(part, { force: true })
  }
  renameSync(part, target)
}

function writeFully(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** The newest run of the folder that was whole and asked the same. */
function lastRun(folder: string, { line, view }: Asked, { format, masks, raw }: FileOptions): { name: string; at: Instant } | null {
  const runs = readdirSync(folder).filter((name) => name.endsWith('.manifest.json'))
  const found: { name: string; at: Instant }[] = []
  for (const name of runs) {
    const manifest = manifestIn(join(folder, name))
    const at = manifest && parseInstant(manifest.exportedAt)
    if (!manifest || at === null || !manifest.complete) continue
    const same = [manifest.format, manifest.filter['query'], manifest.filter['order'], manifest.cells ?? null, manifest.redaction?.masks ?? []]
    const asked = [format, line.words[0] ?? '', view.order, format === 'csv' ? (raw ? 'raw' : 'safe') : null, masks]
    if (JSON.stringify(same) === JSON.stringify(asked)) found.push({ name, at })
    else say(line.io, `${name} is of another export and is left alone.`)
  }
  return found.toSorted((a, b) => b.at - a.at)[0] ?? null
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
