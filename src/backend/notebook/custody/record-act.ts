import { userInfo } from 'node:os'
import type { CustodyAct } from '../../../contract'
import type { Instant } from '../../../domain'
import { CustodyLog } from './custody-log'

/** Name of the person's account on this machine. */
export function accountName(): string {
  try {
    return userInfo().username
  } catch {
    // A system that has no entry for the process's user.
    return 'unknown'
  }
}

export type ActPlace = { workspace: string; version: string; zone: string; now: () => Instant }

/** Writes acts down where nobody else does: only for who holds the workspace's write lock. Durable when it has ended. */
export async function recordActs({ workspace, version, zone, now }: ActPlace, acts: readonly CustodyAct[]): Promise<void> {
  if (acts.length === 0) return
  const log = new CustodyLog({ workspace, version, now, zone: () => zone, by: accountName(), isWriter: true, anchor: null, onChange: () => undefined })
  try {
    for (const act of acts) log.record(act)
    await log.settle()
  } finally {
    log.close()
  }
}
