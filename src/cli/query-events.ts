import { isAscii } from 'node:buffer'
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Lines } from '../backend/report'
import type { ExportFormat } from '../contract'
import { shownText } from '../domain'
import type { Asked } from './asked'
import { exportToFile } from './export-file'
import type { ExportOptions } from './export-options'
import { ExportRun } from './export-run'
import { harmlessJson, say, write, writeAll, type Io } from './io'
import { eventTable } from './table'

/** The one character of ASCII that JSON leaves as it is and a terminal may obey. */
const DELETE = 0x7f

type How = ExportOptions & { limit?: number }

export async function printEvents(asked: Asked, how: How): Promise<void> {
  const { format, out, limit } = how
  if (format === 'table') {
    const rows = Math.min(asked.store.length(asked.view), limit ?? Number.POSITIVE_INFINITY)
    await writeAll(asked.line.io, eventTable(asked.store, { view: asked.view, rows, width: widthOf(asked.line.io) }))
  } else if (out !== null) {
    await exportToFile(asked, { ...how, format, out })
  } else {
    await printRun(asked, { ...how, format })
  }
}

/** To standard output, no faster than it is read; what belongs beside it goes to files where `--manifest` says. */
async function printRun(asked: Asked, { format, raw, masks, manifest, limit }: How & { format: ExportFormat }): Promise<void> {
  const { io } = asked.line
  if (raw) say(io, 'Cells are as they are: a spreadsheet that opens this may take one for a formula and run it.')
  if (masks.length > 0 && manifest === null) say(io, 'Without --manifest PATH nothing is kept that proves masked rows to be the originals.')
  const run = new ExportRun(asked, { format, raw, masks, name: '-', ...(limit === undefined ? {} : { limit }) })
  const harmless = harmlessFor(format, io)
  for (const { text, rows } of run.lines()) {
    const bytes = harmless(text)
    await write(io, bytes)
    if (manifest !== null) run.written(bytes, rows)
  }
  if (manifest === null) return
  const place = resolve(io.cwd, manifest)
  const beside = `${place.replace(/\.json$/, '')}.commitments.jsonl`
  const commitments = run.commitments(basename(beside))
  if (commitments) writeLines(beside, run, commitments)
  writeFileSync(place, run.manifest())
}

function writeLines(path: string, run: ExportRun, lines: Iterable<Lines>): void {
  const file = openSync(path, 'w', 0o600)
  try {
    for (const { text, rows } of lines) {
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      run.written(bytes, rows)
    }
  } finally {
    closeSync(file)
  }
}

/** Formats that are no JSON reach a terminal with what it would obey written out; a file gets them exactly. */
function harmlessFor(format: ExportFormat, { stdout }: Io): (text: string) => Buffer {
  const isLines = format === 'cef' || format === 'rfc5424'
  if (isLines && stdout.isTTY) return (text) => Buffer.from(text.split('\n').map(shownText).join('\n'))
  if (isLines || format === 'csv') return (text) => Buffer.from(text)
  return (text) => {
    const bytes = Buffer.from(text)
    // Nearly all lines are of these characters alone, which is sooner seen of the bytes.
    return isAscii(bytes) && !bytes.includes(DELETE) ? bytes : Buffer.from(harmlessJson(text))
  }
}

/** Columns of the terminal, or enough for reading where there is none. */
function widthOf({ stdout, env }: Io): number {
  const named = Number(env['COLUMNS'])
  return stdout.columns ?? (Number.isInteger(named) && named > 0 ? named : 160)
}
