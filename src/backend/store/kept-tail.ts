import { closeSync, fdatasyncSync, openSync, rmSync, writeFileSync } from 'node:fs'
import type { Instant } from '../../domain'
import { readTail, type JournalEnd } from './journal'

/** Copies what is about to be cut from a journal into a file beside it; answers its path. Durable when it returns. */
export function keepTail(path: string, end: JournalEnd, now: Instant): string {
  const kept = `${path}.cut-${nameStamp(now)}`
  try {
    const fd = openSync(kept, 'w', 0o600)
    try {
      writeFileSync(fd, readTail(path, end))
      fdatasyncSync(fd)
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    rmSync(kept, { force: true })
    throw error
  }
  return kept
}

/** A time as a part of a file's name. */
export function nameStamp(now: Instant): string {
  return new Date(now).toISOString().replaceAll(/[:.]/g, '-')
}
