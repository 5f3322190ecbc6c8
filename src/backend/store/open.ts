import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'
import { Cache } from './cache'
import type { OpenOptions, ReadableStore, StoreState, WritableStore } from './door'
import { FORMAT, generationOf, journalName, makeFolder, readManifest, removeOrphans, syncFolder, writeManifest, type Manifest } from './folder'
import { createJournal, openJournal, readJournal, readTail, type JournalEnd } from './journal'
import { takeLock } from './lock'
import { decodeRecord } from './records'
import { rewriteJournal } from './rewrite'
import { ReadStore } from './read-store'
import { Store, type Held } from './store'

const NO_CHAIN = new Uint8Array(32)

/** Opens for reading what is durable now. A folder without a workspace reads as an empty one. */
export async function openReadable(options: OpenOptions): Promise<ReadableStore> {
  const cache = await Cache.open()
  const manifest = readManifest(options.folder)
  // A writer may be at work: a torn tail is simply not there yet.
  if (manifest) readInto(cache, join(options.folder, manifest.journal))
  cache.dropPending()
  return new ReadStore(cache, { recovered: [], readOnly: options.readOnly ?? null })
}

/** Opens for writing, creating the workspace where there is none. Throws `workspace-locked`, `workspace-newer`, `workspace-damaged`. */
export async function openWritable(options: OpenOptions): Promise<WritableStore> {
  makeFolder(options.folder)
  const unlock = takeLock(options.folder, options.now())
  try {
    return await openLocked(options, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function openLocked(options: OpenOptions, unlock: () => void): Promise<WritableStore> {
  const { folder } = options
  const manifest = readManifest(folder) ?? createWorkspace(folder, options.now())
  removeOrphans(folder, manifest)
  const cache = await Cache.open()
  const path = join(folder, manifest.journal)
  const end = readInto(cache, path)
  cache.dropPending()
  cache.holders.markInterrupted()
  const readOnly: StoreState['readOnly'] = end.state === 'damaged' ? { code: 'damaged', message: damageMessage(path, end) } : null
  const recovered = end.state === 'torn' ? [keepTail(path, end, options.now())] : []
  const journal = readOnly ? null : openJournal(path, end)
  const store = new Store(cache, { recovered, readOnly, journal, unlock, rewrite: (held) => rewrite(folder, held) })
  if (journal && cache.deadRows > 0) await store.compact()
  return store
}

function createWorkspace(folder: string, now: number): Manifest {
  const manifest: Manifest = { program: 'recount', format: FORMAT, created: new Date(now).toISOString(), journal: journalName(1) }
  createJournal(join(folder, manifest.journal), NO_CHAIN)
  syncFolder(folder)
  writeManifest(folder, manifest)
  return manifest
}

function readInto(cache: Cache, path: string): JournalEnd {
  try {
    return readJournal(path, (payload) => cache.apply(decodeRecord(payload)))
  } catch (error) {
    throw new BackendFault({ code: 'workspace-damaged', message: `The journal cannot be read: ${String(error)}` })
  }
}

/** Nothing is thrown away: what is cut from the journal stays beside it. */
function keepTail(path: string, end: JournalEnd, now: number): string {
  const kept = `${path}.cut-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
  writeFileSync(kept, readTail(path, end), { mode: 0o600 })
  return `The last ${end.size - end.good} bytes of the journal were not written to their end and were cut; everything acknowledged before is held. They are kept as ${kept}.`
}

function damageMessage(path: string, end: JournalEnd): string {
  return `The journal ${path} is damaged after byte ${end.good}: a record does not match its hash. What stands before it is shown; nothing can be written.`
}

/** Writes a new journal without what was wiped, puts it in place in one step and reads it back. */
async function rewrite(folder: string, { cache, journal }: Held): Promise<Held> {
  const manifest = readManifest(folder)
  if (!manifest) throw new Error(`${folder} lost its description`)
  const next: Manifest = { ...manifest, journal: journalName(generationOf(manifest.journal) + 1) }
  const path = join(folder, next.journal)
  createJournal(path, journal.chain())
  const target = openJournal(
    path,
    readJournal(path, () => {}),
  )
  rewriteJournal(cache, target)
  target.close()
  syncFolder(folder)
  writeManifest(folder, next)
  journal.close()
  removeOrphans(folder, next)
  const fresh = await Cache.open()
  const end = readInto(fresh, path)
  cache.database.close()
  return { cache: fresh, journal: openJournal(path, end) }
}
