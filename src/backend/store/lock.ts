import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'

type Holder = {
  pid: number
  since: string
  /** Start of the process where the system tells it: a reused pid is no holder. */
  started: string | null
}

/**
 * Takes the workspace's `LOCK` for this process and answers how to give it back. A lock whose holder is gone is taken over.
 * Throws a `workspace-locked` fault that names the holder.
 */
export function takeLock(folder: string, now: number): () => void {
  const path = join(folder, 'LOCK')
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path, now)) return () => rmSync(path, { force: true })
    const holder = readHolder(path)
    if (holder && isAlive(holder)) throw lockedBy(holder)
    rmSync(path, { force: true })
  }
  throw new BackendFault({ code: 'workspace-locked', message: `Another process keeps taking the lock ${path}.` })
}

function create(path: string, now: number): boolean {
  const holder: Holder = { pid: process.pid, since: new Date(now).toISOString(), started: startOf(process.pid) }
  // Linking a whole file into place: nobody ever reads a lock that is written half.
  const whole = `${path}.${process.pid}`
  writeFileSync(whole, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(whole, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(whole, { force: true })
  }
}

function lockedBy(holder: Holder): BackendFault {
  return new BackendFault({
    code: 'workspace-locked',
    message: `Process ${holder.pid} holds this workspace for writing since ${holder.since}.`,
    detail: { pid: holder.pid },
  })
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    // Gone meanwhile, or not ours: nobody holds it.
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
