import { BackendFault } from '../../contract'
import type { ReadableStore } from '../store'

/** Whether the bytes of a held recording are still those that were received. Throws `not-found` where it is not held. */
export function isHeldWhole(store: ReadableStore, id: string): boolean {
  try {
    store.recordingFiles(id)
    return true
  } catch (error) {
    if (error instanceof BackendFault && error.code === 'recording-damaged') return false
    throw error
  }
}
