import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'

/**
 * Version of the folder's layout and of everything in it. 1: files alone. 2: the journal has news of servers, notes, names,
 * recordings and the frames of bodies beside what stood in it before, and the files of recordings stand in a folder of
 * their own. 4: lengths in the journal say how many records before theirs were not durable yet. 5: a record of the journal
 * may hold what came in several deliveries.
 */
export const FORMAT = 5

/** The file `workspace.json`. */
export type Manifest = { program: 'recount'; format: number; created: string; journal: string }

const MANIFEST = 'workspace.json'
const JOURNAL_NAME = /^journal-(\d{6})\.log$/

/** Null when the folder holds no workspace. Throws a fault that names the folder when it is newer or unreadable. */
export function readManifest(folder: string): Manifest | null {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) return null
  const { program, format, journal, created } = parseManifest(path)
  if (program !== 'recount' || typeof format !== 'number') throw undescribed(path)
  // Before anything else is looked at: a newer format may hold other things.
  if (format > FORMAT) {
    throw new BackendFault({
      code: 'workspace-newer',
      message: `The workspace ${folder} was written by a newer Recount (format ${format}). This one reads formats up to ${FORMAT}.`,
      detail: { format },
    })
  }
  if (typeof journal !== 'string' || !JOURNAL_NAME.test(journal)) throw undescribed(path)
  return { program, format, created: String(created), journal }
}

function parseManifest(path: string): Partial<Record<keyof Manifest, unknown>> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw undescribed(path)
}

function undescribed(path: string): BackendFault {
  return new BackendFault({ code: 'workspace-damaged', message: `${path} is not the description of a workspace.` })
}

/** Whole or not at all: written beside, synced, then renamed. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const path = join(folder, MANIFEST)
  const fd = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(fd, `${JSON.stringify(manifest, null, 2)}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(`${path}.new`, path)
  syncFolder(folder)
}

/** Makes the folder for its owner alone. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** Makes created and renamed names durable. Windows cannot sync a folder and needs not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

export function journalName(generation: number): string {
  return `journal-${String(generation).padStart(6, '0')}.log`
}

export function generationOf(journal: string): number {
  return Number(JOURNAL_NAME.exec(journal)?.[1] ?? 0)
}

/** Journals in a folder, whether a manifest names them or not. */
export function journalsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => JOURNAL_NAME.test(name))
}

/** Removes journals that the manifest does not name: what an interrupted rewriting left. */
export function removeOrphans(folder: string, manifest: Manifest): void {
  for (const name of journalsIn(folder)) if (name !== manifest.journal) rmSync(join(folder, name))
}

/** Removes the tails that were cut from journals and kept: a wipe leaves no copy. */
export function removeKeptTails(folder: string): void {
  for (const name of readdirSync(folder)) if (/^journal-\d{6}\.log\.cut-/.test(name)) rmSync(join(folder, name))
}
