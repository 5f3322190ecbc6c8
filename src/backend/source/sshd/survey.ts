import { createHash } from 'node:crypto'
import type { FileFacts, ReadOptions, RestSurvey, Survey, SurveyedFile } from '../file-source'
import { createHeaders } from './header'
import { createLines, type Line } from './lines'
import { readFold, signOf, type Sign } from './messages'
import { createPidSigns, type PidSigns } from './pid-signs'
import { familyOf } from './programs'
import { createSpans, createTimes, mtimeYear, spanAt, type Spans, type Times } from './spans'
import type { Stamp } from './stamp'
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

/** What the rest of a file says. */
export type SshdRest = { records: number; times: Times; hosts: { host: string; failed: boolean; pids: Uint32Array }[] }

export function createSurvey(facts: FileFacts, options: ReadOptions): Survey<SshdFile, SshdRest> {
  const clock = createClock(options.zone)
  const spans = createSpans(clock)
  const sha256 = createHash('sha256')
  const { lines, seen, signsOf } = createSighting((stamp) => spans.add(stamp))
  return {
    push(chunk) {
      sha256.update(chunk)
      lines.push(chunk)
    },
    pass(chunk) {
      sha256.update(chunk)
    },
    join({ records, times, hosts }) {
      seen.records += records
      spans.addAll(times)
      for (const { host, failed, pids } of hosts) {
        const signs = signsOf(host)
        signs.failed ||= failed
        signs.pids.markArray(pids)
      }
    },
    end() {
      lines.end()
      const { records, hosts } = seen
      const found = spans.end()
      const ownYear = found === null ? 0 : mtimeYear(found, facts.mtime, clock)
      const span = found === null ? null : spanAt(found, options.year ?? ownYear, clock)
      return {
        facts,
        records,
        first: span?.first ?? null,
        last: span?.last ?? null,
        yearAssumed: found !== null && found.first !== null,
        hosts,
        sha256: sha256.digest('hex'),
        spans: found,
        mtimeYear: ownYear,
      }
    },
  }
}

export function createRestSurvey(options: ReadOptions): RestSurvey<SshdRest> {
  const times = createTimes(createClock(options.zone))
  const { lines, seen } = createSighting((stamp) => times.add(stamp))
  return {
    push: (chunk) => lines.push(chunk),
    end() {
      lines.end()
      const found = times.end()
      if (found === null) return null
      const hosts = [...seen.hosts].map(([host, { failed, pids }]) => ({ host, failed, pids: pids.toArray() }))
      return { records: seen.records, times: found, hosts }
    },
  }
}

/** Counts records, and finds the signs that processes left; hands on the time of each readable line. */
function createSighting(onTime: (stamp: Stamp) => void) {
  const { header, read } = createHeaders()
  const scan = { text: '', at: 0, end: 0 }
  const seen = { records: 0, hosts: new Map<string, HostSigns>() }

  function visit(line: Line): void {
    seen.records++
    if (read(line) !== null) return
    onTime(header.stamp)
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
    if (sign !== null) mark(signsOf(header.host), { sign, pid: header.pid })
  }

  function signsOf(host: string): HostSigns {
    const known = seen.hosts.get(host)
    if (known) return known
    const signs = { failed: false, pids: createPidSigns() }
    seen.hosts.set(host, signs)
    return signs
  }

  return { lines: createLines(visit), seen, signsOf }
}

function mark(signs: HostSigns, seen: { sign: Sign; pid: number }): void {
  const bits = seen.sign === 'failed' ? FAILED | SIGNED : SIGNED
  if (seen.sign === 'failed') signs.failed = true
  if (seen.pid >= 0) signs.pids.mark(seen.pid, bits)
}
