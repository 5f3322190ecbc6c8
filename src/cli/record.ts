import { version } from '../../package.json'
import { recordActs } from '../backend/notebook'
import { takeLock, type ReadableStore } from '../backend/store'
import { BackendFault, type CustodyAct } from '../contract'
import { settingZone } from '../domain'
import type { Line } from './command'
import { say } from './io'

/** Writes acts in the workspace's custody log: for a command that holds the workspace for writing. Durable when it has ended. */
export function recorded({ io, workspace }: Line, store: ReadableStore, acts: readonly CustodyAct[]): Promise<void> {
  return recordActs({ workspace, version, zone: settingZone(store.settings()['zone']), now: io.now }, acts)
}

/** The same for a command that only reads: where another process writes, it is said that the act is not in the log. */
export async function recordedRead(line: Line, store: ReadableStore, acts: readonly CustodyAct[]): Promise<void> {
  if (store.connections().length === 0) return
  let unlock: () => void
  try {
    unlock = takeLock(line.workspace, line.io.now())
  } catch (error) {
    if (!(error instanceof BackendFault)) throw error
    return say(line.io, `This is not written in the custody log. ${error.message}`)
  }
  try {
    await recorded(line, store, acts)
  } finally {
    unlock()
  }
}
