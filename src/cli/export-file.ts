import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Asked } from './asked'
import { lastRun } from './export-last'
import { exportToStore, storeNamed } from './export-store'
import { runName, writeExport, type FileOptions, type Place } from './export-write'
import { say } from './io'
import { UsageError } from './usage-error'

/** Writes an export to a file, to a folder of runs, or to a store. */
export async function exportToFile(asked: Asked, options: FileOptions): Promise<void> {
  const { io } = asked.line
  const store = storeNamed(options.out)
  if (store !== null) return exportToStore(asked, options, store)
  const path = resolve(io.cwd, options.out)
  if (!options.sinceLast) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`${options.out} is a folder: --out takes a file, or a folder with --since-last.`)
    await writeExport(asked, options, { name: basename(path), last: null, place: folderPlace(dirname(path)) })
    return
  }
  mkdirSync(path, { recursive: true })
  const name = runName(asked, options.format)
  if (statSync(join(path, name), { throwIfNoEntry: false })) throw new UsageError(`${join(path, name)} is there already: a run of this second.`)
  const { last, others } = lastRun(path, asked, options)
  for (const other of others) say(io, `${other} is of another export and is left alone.`)
  await writeExport(asked, options, { name, last, place: folderPlace(path) })
}

/** Nothing stands under a name before the last byte is on the disk. */
function folderPlace(folder: string): Place {
  return {
    shown: (name) => join(folder, name),
    async write(name, pieces) {
      const part = join(folder, `${name}.part`)
      const file = openSync(part, 'w', 0o600)
      let isWhole = false
      try {
        for await (const piece of pieces) writeFully(file, piece)
        fsyncSync(file)
        isWhole = true
      } finally {
        closeSync(file)
        if (!isWhole) rmSync(part, { force: true })
      }
      renameSync(part, join(folder, name))
    },
  }
}

function writeFully(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
