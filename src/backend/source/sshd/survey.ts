import { createHash } from 'node:crypto'
import type { FileFacts, ReadOptions, Survey, SurveyedFile } from '../file-source'
import { createHeaders } from './header'
import { createLines, type Line } from './lines'
import { readFold, signOf, type Sign } from './messages'
import { createPidSigns, type PidSigns } from './pid-signs'
import { familyOf } from './programs'
import { createSpans, mtimeYear, spanAt, type Spans } from './spans'
import { createClock } from './zone'

/** Which signs a process left: bits of `FAILED` and `SIGNED`. */
export type Pids = PidSigns
export const FAILED = 1
export const SIGNED = 2

export type HostSigns = { failed: boolean; pids: Pids }

export type SshdFile = SurveyedFile & {
  hosts: ReadonlyMap<string, HostSigns>
  /** Times as written; null when nothing was readable. */
  spans: Spans | null
  /** Year of the first record without one, as the file's own mtime has it. */
  mtimeYear: number
}

export function createSurvey(facts: FileFacts, options: ReadOptions): Survey<SshdFile> {
  const { header, read } = createHeaders()
  const clock = createClock(options.zone)
  const spans = createSpans(clock)
  const hosts = new Map<string, HostSigns>()
  const sha256 = createHash('sha256')
  const scan = { text: '', at: 0, end: 0 }
  let records = 0

  function visit(line: Line): void {
    records++
    if (read(line) !== null) return
    spans.add(header.stamp)
    if (!header.tagged || familyOf(header.program) !== 'sshd') return
    scan.text = line.text
    scan.at = header.message
    scan.end = line.end
    const fold = readFold(scan)
    if (fold !== null) {
      scan.at = fold.from
      scan.end = fold.to
    }
    const sign = signOf(scan)
    if (sign !== null) sightOf(hosts, header.host, { sign, pid: header.pid })
  }

  const lines = createLines(visit)
  return {
    push(chunk) {
      sha256.update(chunk)
      lines.push(chunk)
    },
    end() {
      lines.end()
      const seen = spans.end()
      const ownYear = seen === null ? 0 : mtimeYear(seen, facts.mtime, clock)
      const span = seen === null ? null : spanAt(seen, options.year ?? ownYear, clock)
      return {
        facts,
        records,
        first: span?.first ?? null,
        last: span?.last ?? null,
        yearAssumed: seen !== null && seen.first !== null,
        hosts,
        sha256: sha256.digest('hex'),
        spans: seen,
        mtimeYear: ownYear,
      }
    },
  }
}

function sightOf(hosts: Map<string, HostSigns>, host: string, seen: { sign: Sign; pid: number }): void {
  let signs = hosts.get(host)
  if (signs === undefined) {
    signs = { failed: false, pids: createPidSigns() }
    hosts.set(host, signs)
  }
  const bits = seen.sign === 'failed' ? FAILED | SIGNED : SIGNED
  if (seen.sign === 'failed') signs.failed = true
  if (seen.pid >= 0) signs.pids.mark(seen.pid, bits)
}
