import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'

type Holder = {
  pid: number
  since: string
  /** Start of the process where the system tells it: a reused pid is no holder. */
  started: string | null
  /** Tells two locks of one process apart. */
  id: string
}

/** Codes of a folder that this process may not write, or of a file system that cannot link. */
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTSUP', 'EOPNOTSUPP'])

/**
 * Takes the workspace's `LOCK` for this process and answers how to give it back. A lock whose holder is gone is taken over.
 * Throws a `workspace-locked` fault that names the holder, or says why the folder cannot be written.
 */
export function takeLock(folder: string, now: number): () => void {
  const path = join(folder, 'LOCK')
  for (let attempt = 0; attempt < 3; attempt++) {
    const own = create(path, now)
    if (own !== null) return () => removeLock(path, own)
    const text = readLock(path)
    const holder = text === null ? null : parseHolder(text)
    if (holder && isAlive(holder)) throw lockedBy(holder)
    if (text !== null) removeLock(path, text)
  }
  throw new BackendFault({ code: 'workspace-locked', message: `Another process keeps taking the lock ${path}.` })
}

/** What was written as the lock; null where another stands. */
function create(path: string, now: number): string | null {
  const holder: Holder = { pid: process.pid, since: new Date(now).toISOString(), started: startOf(process.pid), id: randomUUID() }
  const text = JSON.stringify(holder)
  // Linking a whole file into place: nobody ever reads a lock that is written half.
  const whole = `${path}.${holder.id}`
  try {
    writeFileSync(whole, text, { mode: 0o600 })
    linkSync(whole, path)
    return text
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return null
    if (code === undefined || !UNWRITABLE.has(code)) throw error
    throw new BackendFault({ code: 'workspace-locked', message: `The workspace cannot be written: ${path} cannot be made (${code}).` })
  } finally {
    rmSync(whole, { force: true })
  }
}

/** Removes the lock if it still says this: of two that find the same dead holder, one must not remove the other's new lock. */
function removeLock(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (readLock(aside) !== text) linkSync(aside, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function lockedBy(holder: Holder): BackendFault {
  return new BackendFault({
    code: 'workspace-locked',
    message: `Process ${holder.pid} holds this workspace for writing since ${holder.since}.`,
    detail: { pid: holder.pid },
  })
}

/** Null when it is gone meanwhile. */
function readLock(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Null when it is not ours: nobody holds it. */
function parseHolder(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder | null
    return Number.isInteger(holder?.pid) ? holder : null
  } catch {
    return null
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives, as another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.started === null || startOf(holder.pid) === holder.started
}

/** Field 22 of /proc/PID/stat (proc(5)): ticks from boot to the start of the process; null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
