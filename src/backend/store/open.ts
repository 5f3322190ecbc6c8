import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'
import { Cache } from './cache'
import type { OpenOptions, ReadableStore, StoreState, WritableStore } from './door'
import {
  FORMAT,
  generationOf,
  journalName,
  journalsIn,
  makeFolder,
  readManifest,
  removeKeptTails,
  removeOrphans,
  syncFolder,
  writeManifest,
  type Manifest,
} from './folder'
import { createJournal, FILE_HEAD, openJournal, readJournal, type Journal, type JournalEnd } from './journal'
import { keepTail } from './kept-tail'
import { takeLock } from './lock'
import { decodeRecord } from './records'
import { removeOrphanFiles } from './recording-files'
import { rewriteJournal } from './rewrite'
import { ReadStore } from './read-store'
import { diskFull, isFull, Store, type Held } from './store'

const NO_CHAIN = new Uint8Array(32)

/** Opens for reading what is in the journal now. A folder without a workspace reads as an empty one. */
export async function openReadable(options: OpenOptions): Promise<ReadableStore> {
  const { folder } = options
  for (;;) {
    const cache = await Cache.open()
    const manifest = readManifest(folder)
    try {
      const path = manifest ? join(folder, manifest.journal) : null
      const end = path === null ? null : readInto(cache, path)
      cache.dropPending()
      // A writer may be at work: a torn tail is simply not there yet.
      const damage = path !== null && end?.state === 'damaged' ? damageOf(path, end) : null
      return new ReadStore(cache, { folder, recovered: [], readOnly: damage ?? options.readOnly ?? null })
    } catch (error) {
      cache.database.close()
      // A writer may have put another journal in place meanwhile.
      if (readManifest(folder)?.journal === manifest?.journal) throw error
    }
  }
}

/**
 * Opens for writing, creating the workspace where there is none. Throws `workspace-locked`, `workspace-newer`,
 * `workspace-damaged`, and `disk-full` where there is not even room for the lock.
 */
export async function openWritable(options: OpenOptions): Promise<WritableStore> {
  let unlock = () => {}
  try {
    makeFolder(options.folder)
    unlock = takeLock(options.folder, options.now())
    return await openLocked(options, () => unlock())
  } catch (error) {
    unlock()
    throw isFull(error) ? new BackendFault({ code: 'disk-full', message: diskFull().message }) : error
  }
}

/**
 * Where nothing of what servers said can be read: an empty store that takes nothing and holds the workspace's lock, so that
 * what people write, which stands by itself, can be written. Without the lock where another process has it.
 */
export async function openDamaged(options: OpenOptions, message: string): Promise<ReadableStore> {
  const { folder } = options
  const state = { folder, recovered: [], readOnly: { code: 'damaged' as const, message } }
  const cache = await Cache.open()
  try {
    const unlock = takeLock(folder, options.now())
    const nothing = () => {}
    const rewrite = (held: Held) => held
    return new Store(cache, { ...state, journal: null, now: () => options.now(), unlock, rewrite, readAgain: nothing, removeOld: nothing, removeKeptTails: nothing })
  } catch {
    return new ReadStore(cache, state)
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
  const opened =
    end.state === 'damaged'
      ? { readOnly: damageOf(path, end), recovered: [], journal: null }
      : openEnd({ folder, manifest, end, now: options.now() })
  // What stands behind damage may name files that nothing before it does.
  if (opened.journal) removeOrphanFiles(folder, cache.recordings.files())
  const store = new Store(cache, {
    ...opened,
    folder,
    now: () => options.now(),
    unlock,
    readAgain: (fresh, end) => readAgain(fresh, join(folder, (readManifest(folder) ?? manifest).journal), end),
    rewrite: (held, fresh) => rewrite(folder, held, fresh),
    removeOld: () => removeOrphans(folder, readManifest(folder) ?? manifest),
    removeKeptTails: () => removeKeptTails(folder),
  })
  // Where the disk is full it is told and tried again another time.
  await store.compact().catch((error: unknown) => {
    if (!(error instanceof BackendFault)) throw error
  })
  return store
}

type Opened = { journal: Journal | null } & Pick<StoreState, 'recovered' | 'readOnly'>

function openEnd({ folder, manifest, end, now }: { folder: string; manifest: Manifest; end: JournalEnd; now: number }): Opened {
  const path = join(folder, manifest.journal)
  try {
    // From here on it may hold what the program that wrote it would not understand.
    if (manifest.format < FORMAT) writeManifest(folder, { ...manifest, format: FORMAT })
    const recovered = end.state === 'torn' ? [keptWords(end, keepTail(path, end, now))] : []
    return { recovered, readOnly: null, journal: openJournal(path, end) }
  } catch (error) {
    // What cannot be kept is not cut.
    if (!isFull(error)) throw error
    return { recovered: [], readOnly: diskFull(), journal: null }
  }
}

function createWorkspace(folder: string, now: number): Manifest {
  const manifest: Manifest = { program: 'recount', format: FORMAT, created: new Date(now).toISOString(), journal: journalName(1) }
  for (const name of journalsIn(folder)) removeEmpty(join(folder, name))
  createJournal(join(folder, manifest.journal), NO_CHAIN)
  syncFolder(folder)
  writeManifest(folder, manifest)
  return manifest
}

/** A journal without records is what an interrupted creation left; any other lost its workspace. */
function removeEmpty(path: string): void {
  if (statSync(path).size > FILE_HEAD) {
    const message = `The folder holds the journal ${path} and no description of a workspace. Nothing was changed.`
    throw new BackendFault({ code: 'workspace-damaged', message })
  }
  rmSync(path)
}

function readInto(cache: Cache, path: string): JournalEnd {
  try {
    return readJournal(path, (payload) => cache.apply(decodeRecord(payload)))
  } catch (error) {
    throw new BackendFault({ code: 'workspace-damaged', message: `The journal cannot be read: ${String(error)}` })
  }
}

/** Throws where the journal is not whole up to just there. */
function readAgain(fresh: Cache, path: string, end: number): void {
  const { state, good } = readInto(fresh, path)
  if (state === 'whole' && good === end) return
  throw new Error(`${path} is not what was written to it: ${state}, ${good} bytes where ${end} are durable`)
}

/** Nothing is thrown away: what is cut from the journal stays beside it. */
function keptWords(end: JournalEnd, kept: string): string {
  return `The last ${end.size - end.good} bytes of the journal are not what was to be written there and were cut; what stands before them is held. They are kept as ${kept}.`
}

function damageOf(path: string, end: JournalEnd): NonNullable<StoreState['readOnly']> {
  const message = `The journal ${path} is damaged after byte ${end.good}: a record does not match its hash. What stands before it is shown; nothing can be written.`
  return { code: 'damaged', message }
}

/**
 * Writes a new journal without what was wiped, puts it in place in one step and reads it back into `fresh`. In one turn:
 * nobody writes between. When it throws before the new journal is in place, everything is as before.
 */
function rewrite(folder: string, { cache, journal }: Held, fresh: Cache): Held {
  const manifest = readManifest(folder)
  if (!manifest) throw new Error(`${folder} lost its description`)
  const next: Manifest = { ...manifest, journal: journalName(generationOf(manifest.journal) + 1) }
  const path = join(folder, next.journal)
  const target = writeRewritten(path, cache, journal)
  try {
    readInto(fresh, path)
    syncFolder(folder)
    writeManifest(folder, next)
  } catch (error) {
    // Where the description names the new journal already, only syncing the folder failed.
    if (readManifest(folder)?.journal !== next.journal) {
      target.close()
      rmSync(path, { force: true })
      throw error
    }
  }
  journal.close()
  cache.database.close()
  return { cache: fresh, journal: target }
}

/** Leaves nothing behind when it throws: a half-written copy would take the place that is missing. */
function writeRewritten(path: string, cache: Cache, journal: Journal): Journal {
  let target: Journal | null = null
  try {
    createJournal(path, journal.chain())
    target = openJournal(
      path,
      readJournal(path, () => {}),
    )
    rewriteJournal(cache, target)
    return target
  } catch (error) {
    target?.close()
    rmSync(path, { force: true })
    throw error
  }
}
