import type { ReadOptions } from '../file-source'
import { spanAt, type Clock, type Span } from './spans'
import type { SshdFile } from './survey'
import { createClock } from './zone'

/** Files in order, cut into streams; answers indexes into `files`. */
export function arrangeFiles(files: SshdFile[], options: ReadOptions): number[][] {
  const clock = createClock(options.zone)
  const years = settleYears(files, options)
  const placed: Placed[] = []
  const streams: number[][] = []
  for (const [index, file] of files.entries()) {
    if (file.spans === null) streams.push([index])
    else placed.push({ index, file, span: spanAt(file.spans, years.get(file) ?? file.mtimeYear, clock) })
  }
  return [...joinRuns(runsOf(placed)), ...streams]
}

/**
 * Years of the files' first records without one. Files of a rotated set that were all written at one time (copies)
 * would all end in the year before it; an older one that then contradicts its name is moved back.
 */
export function settleYears(files: SshdFile[], options: ReadOptions): Map<SshdFile, number> {
  const clock = createClock(options.zone)
  const years = new Map<SshdFile, number>()
  for (const set of rotatedSets(files).values()) {
    let newer: Span | null = null
    for (const file of set.toReversed()) {
      if (file.spans === null) continue
      newer = settle({ file, newer, years }, clock)
    }
  }
  return years
}

function settle(at: { file: SshdFile; newer: Span | null; years: Map<SshdFile, number> }, clock: Clock): Span | null {
  const { file, newer, years } = at
  if (file.spans === null) return newer
  let year = file.mtimeYear
  let span = spanAt(file.spans, year, clock)
  while (newer !== null && file.spans.first !== null) {
    const earlier = spanAt(file.spans, year - 1, clock)
    if (earlier.head === span.head || !isOutOfPlace(span, earlier, newer)) break
    span = earlier
    year--
  }
  years.set(file, year)
  return span
}

// Rotated files follow each other closely; an excerpt of the next file would not, moved back by a year.
const CLOSE = 183 * 86_400_000

/** Whether an older file lies in the wrong year: after the next one, or inside it where it fits a year earlier. */
function isOutOfPlace(span: Span, earlier: Span, newer: Span): boolean {
  if (span.head > newer.tail) return true
  const gap = newer.head - earlier.tail
  return span.head > newer.head && gap >= 0 && gap < CLOSE
}

type Placed = { index: number; file: SshdFile; span: Span }
type Run = { members: Placed[]; first: number; last: number }

/** Parts of rotated sets that follow each other; every other file is a run of its own. */
function runsOf(placed: Placed[]): Run[] {
  const runs: Run[] = []
  const byFile = new Map(placed.map((one) => [one.file, one]))
  for (const set of rotatedSets(placed.map((one) => one.file)).values()) {
    let run: Run | null = null
    for (const file of set) {
      const member = byFile.get(file)
      if (member === undefined) continue
      if (run !== null && follows(run, member)) extend(run, member)
      else {
        run = { members: [member], first: member.span.first, last: member.span.last }
        runs.push(run)
      }
    }
  }
  return runs.toSorted((a, b) => a.first - b.first || a.last - b.last)
}

/** Inside a rotated set lines may be out of order by a little, also at the cut: the lines at the cut decide. */
function follows(run: Run, next: Placed): boolean {
  const last = run.members.at(-1)
  return last !== undefined && next.span.head >= last.span.tail && !isCopy(run, next)
}

function extend(run: Run, member: Placed): void {
  run.members.push(member)
  run.last = Math.max(run.last, member.span.last)
}

/** A copy of a file that lies inside one second follows itself by its times alone. */
function isCopy(run: Run, next: Placed): boolean {
  return run.members.some((member) => member.file.sha256 === next.file.sha256)
}

/** Appends each run to the stream that ends last before it. */
function joinRuns(runs: Run[]): number[][] {
  const streams: Run[] = []
  for (const run of runs) {
    let best: Run | null = null
    for (const stream of streams) {
      const fits = run.first >= stream.last && !run.members.some((member) => isCopy(stream, member))
      if (fits && (best === null || stream.last > best.last)) best = stream
    }
    if (best === null) streams.push({ ...run, members: [...run.members] })
    else for (const member of run.members) extend(best, member)
  }
  return streams.map((stream) => stream.members.map((member) => member.index))
}

/** Files by the name they share, each set from the oldest to the newest; a file with a name of its own is a set. */
function rotatedSets(files: SshdFile[]): Map<string, SshdFile[]> {
  const sets = new Map<string, { file: SshdFile; age: number }[]>()
  for (const file of files) {
    const { stem, age } = rotation(file.facts.name)
    const set = sets.get(stem)
    if (set === undefined) sets.set(stem, [{ file, age }])
    else if (set.some((one) => one.age === age)) sets.set(`${stem}\0${sets.size}`, [{ file, age }])
    else set.push({ file, age })
  }
  const ordered = new Map<string, SshdFile[]>()
  for (const [stem, set] of sets) {
    ordered.set(stem, set.toSorted((a, b) => b.age - a.age).map((one) => one.file))
  }
  return ordered
}

const NEWEST_DATE = 100_000_000

/** logrotate: `auth.log`, `auth.log.1`, `auth.log.2.gz`; with dateext `secure-20260131`. Greater age is older. */
function rotation(name: string): { stem: string; age: number } {
  const plain = name.replace(/\.(?:gz|xz|bz2|zst)$/, '')
  const numbered = /^(.*)\.(\d{1,4})$/s.exec(plain)
  if (numbered !== null) return { stem: numbered[1] ?? '', age: Number(numbered[2]) }
  const dated = /^(.*)-(\d{8})$/s.exec(plain)
  if (dated !== null) return { stem: dated[1] ?? '', age: NEWEST_DATE - Number(dated[2]) }
  return { stem: plain, age: 0 }
}
