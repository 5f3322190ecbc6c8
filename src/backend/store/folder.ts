import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'

/** Version of the folder's layout and of everything in it. */
export const FORMAT = 1

/** The file `workspace.json`. */
export type Manifest = { program: 'recount'; format: number; created: string; journal: string }

const MANIFEST = 'workspace.json'
const JOURNAL_NAME = /^journal-(\d{6})\.log$/

/** Null when the folder holds no workspace. Throws a fault that names the folder when it is newer or unreadable. */
export function readManifest(folder: string): Manifest | null {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) return null
  const manifest = parseManifest(path)
  if (manifest.format > FORMAT) {
    throw new BackendFault({
      code: 'workspace-newer',
      message: `The workspace ${folder} was written by a newer Recount (format ${manifest.format}). This one reads formats up to ${FORMAT}.`,
      detail: { format: manifest.format },
    })
  }
  return manifest
}

function parseManifest(path: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
    if (manifest.program === 'recount' && Number.isInteger(manifest.format) && JOURNAL_NAME.test(manifest.journal)) {
      return manifest
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new BackendFault({ code: 'workspace-damaged', message: `${path} is not the description of a workspace.` })
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

/** Removes journals that the manifest does not name: what an interrupted rewriting left. */
export function removeOrphans(folder: string, manifest: Manifest): void {
  for (const name of readdirSync(folder)) {
    if (JOURNAL_NAME.test(name) && name !== manifest.journal) rmSync(join(folder, name))
  }
}
