import type { Attempt, Draft } from './messages'
import { createPidSigns } from './pid-signs'
import { FAILED, SIGNED, type Pids, type SshdFile } from './survey'

/** The process of sshd a line came from; `pid` is -1 where the line has none. */
export type Process = { host: string; pid: number }

export type Judge = (draft: Draft, attempt: Attempt, process: Process) => void

/**
 * Decides whether a line about an attempt counts, by what the surveys know of its host and process. `files` are those of
 * the stream, `whole` those of the import.
 */
export function createJudge(files: SshdFile[], whole: SshdFile[]): Judge {
  const failing = failingHosts(whole)
  const pids = mergePids(files)
  const signsOf = ({ host, pid }: Process): number => (pid < 0 ? 0 : (pids.get(host)?.of(pid) ?? 0))
  return (draft, attempt, process) => {
    const companion =
      (attempt === 'invalid' && (signsOf(process) & FAILED) !== 0) ||
      (attempt === 'pam' && failing.has(process.host)) ||
      (attempt === 'closed' && (signsOf(process) & SIGNED) !== 0)
    if (companion) draft.companion = true
  }
}

function failingHosts(files: SshdFile[]): ReadonlySet<string> {
  const failing = new Set<string>()
  for (const file of files) {
    for (const [host, signs] of file.hosts) if (signs.failed) failing.add(host)
  }
  return failing
}

function mergePids(files: SshdFile[]): ReadonlyMap<string, Pids> {
  const merged = new Map<string, Pids>()
  for (const file of files) {
    for (const [host, signs] of file.hosts) {
      const before = merged.get(host)
      if (before === undefined) {
        merged.set(host, signs.pids)
        continue
      }
      const pids = createPidSigns()
      pids.markAll(before)
      pids.markAll(signs.pids)
      merged.set(host, pids)
    }
  }
  return merged
}
