import { exportName, FORMATS, type Lines } from '../backend/report'
import { BackendFault, type ExportFormat, type ExportManifest } from '../contract'
import type { Instant } from '../domain'
import type { Asked } from './asked'
import type { ExportOptions } from './export-options'
import { ExportRun, type RunOptions } from './export-run'
import { print } from './io'
import { progressLine } from './progress'

export type FileOptions = ExportOptions & { format: ExportFormat; out: string; limit?: number }

/** Where the files of an export go. */
export interface Place {
  /** What the person calls a file of that name. */
  shown(name: string): string
  /** Writes a file of pieces that come one by one: it stands under its name when it is whole, or not at all. */
  write(name: string, pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>
}

/** A run that a later one may go on from. */
export type LastRun = { name: string; at: Instant }

export type Writing = { name: string; last: LastRun | null; place: Place }

/** What a run is called that has no name of its own; `mark` tells it from others of the same second. */
export function runName({ line }: Asked, format: ExportFormat, mark = ''): string {
  return `${exportName('timeline', line.io.now())}${mark}.${FORMATS[format].extension}`
}

/** Writes a file, and beside it what proves its masked rows and its manifest, the manifest last: a run without one was cut. */
export async function writeExport(asked: Asked, options: FileOptions, { name, last, place }: Writing): Promise<string> {
  const { format, raw, masks, limit, sinceLast } = options
  const run: RunOptions = { format, raw, masks, name }
  if (limit !== undefined) run.limit = limit
  if (last && sinceLast) run.continues = { manifest: last.name, since: last.at - sinceLast.overlap, last: last.at }
  const export_ = new ExportRun(asked, run)
  await writeLines(asked, place, { name, lines: export_.lines(), run: export_ })
  const beside = `${name}.commitments.jsonl`
  const commitments = export_.commitments(beside)
  if (commitments) await writeLines(asked, place, { name: beside, lines: commitments, run: export_ })
  const manifest = export_.manifest()
  await writeLines(asked, place, { name: `${name}.manifest.json`, lines: [{ text: manifest, rows: 0 }], run: null })
  await print(asked.line.io, printed(manifest, place, name))
  return manifest
}

function printed(manifest: string, place: Place, name: string): object {
  const { counts, complete, range, continues }: ExportManifest = JSON.parse(manifest)
  return { file: place.shown(name), manifest: place.shown(`${name}.manifest.json`), rows: counts.rows, complete, range, ...(continues ? { continues } : {}) }
}

type Whole = { name: string; lines: Iterable<Lines>; run: ExportRun | null }

async function writeLines({ line: { io } }: Asked, place: Place, { name, lines, run }: Whole): Promise<void> {
  const progress = progressLine<number>(io, (rows) => `exporting: ${rows} rows`)
  const stop = new AbortController()
  const cancelled = new BackendFault({ code: 'cancelled', message: `Cancelled; ${name} was not kept.` })
  const undo = io.onInterrupt(() => stop.abort(cancelled))
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let rows = 0
    for (const piece of lines) {
      const bytes = Buffer.from(piece.text)
      yield bytes
      run?.written(bytes, piece.rows)
      rows += piece.rows
      progress.tell(rows)
      // Lets a signal be heard between two pieces.
      await new Promise(setImmediate)
      stop.signal.throwIfAborted()
    }
  }
  try {
    await place.write(name, pieces(), stop.signal)
  } catch (error) {
    throw stop.signal.aborted ? cancelled : error
  } finally {
    undo()
    progress.end()
  }
}
