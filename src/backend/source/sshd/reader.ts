import type { Instant, Thing } from '../../../domain'
import type { ParsedRecord, Reading, ReadOptions, StreamReader } from '../file-source'
import { settleYears } from './arrange'
import { createJudge } from './companions'
import { createHeaders, type Header } from './header'
import { createLines, type Line } from './lines'
import type { Draft } from './messages'
import { createSequences } from './numbering'
import { isDay } from './stamp'
import type { SshdFile } from './survey'
import { createTelling, type Told } from './telling'
import { createYearRoll } from './years'
import { createClock } from './zone'

export const KIND = 'sshd'
const STREAM = 'auth'

/** `files` are those of the stream in order; `whole` are those of the import. */
export function createReader(files: SshdFile[], options: ReadOptions, whole: SshdFile[]): StreamReader {
  const { header, read } = createHeaders()
  const tell = createTelling()
  const finish = createFinish(files, options, whole)
  const years = settleYears(whole, options)
  let lines = createLines(visit)
  let roll = createYearRoll()
  let base = options.year ?? 0
  let place = 0
  let reading: Reading = { records: [], skipped: 0, rejected: [] }

  function nextFile(): void {
    lines = createLines(visit)
    const file = files[place++]
    if (options.year !== undefined || file === undefined) return
    roll = createYearRoll()
    base = years.get(file) ?? file.mtimeYear
  }

  function visit(line: Line): void {
    const fault = read(line)
    if (fault !== null) {
      reading.rejected.push({ line: line.number, reason: fault })
      return
    }
    const { stamp } = header
    const resolved = stamp.year === 0 ? base + roll.next(stamp.month, stamp.day) : 0
    const told = tell(line, header)
    if (told === null) reading.skipped++
    else if (resolved !== 0 && !isDay(resolved, stamp.month, stamp.day)) {
      reading.rejected.push({ line: line.number, reason: `no 29 February in ${resolved}` })
    } else reading.records.push(finish(line, told, { header, resolved }))
  }

  function take(): Reading {
    const taken = reading
    reading = { records: [], skipped: 0, rejected: [] }
    return taken
  }

  return {
    nextFile,
    push(chunk) {
      lines.push(chunk)
      return take()
    },
    endFile() {
      lines.end()
      return take()
    },
  }
}

/** `resolved` is the year taken for the record, 0 when it has its own. */
type Placing = { header: Header; resolved: number }

/** Gives records of one stream their time and place among the others. */
function createFinish(files: SshdFile[], options: ReadOptions, whole: SshdFile[]) {
  const clock = createClock(options.zone)
  const judge = createJudge(files, whole)
  const sequence = createSequences()
  let machine: Thing = { kind: 'host' }
  return (line: Line, { draft, attempt, pid }: Told, { header, resolved }: Placing): ParsedRecord => {
    const { host, stamp } = header
    setTime(draft, header, clock(stamp, resolved === 0 ? stamp.year : resolved))
    draft.sequence = sequence(draft.time)
    if (machine.name !== host) machine = { kind: 'host', name: host }
    draft.machine = machine
    if (attempt !== null) judge(draft, attempt, { host, pid })
    const { bytes, start, end, offset } = line
    const about = attempt === null ? -1 : pid
    const tail = line.ascii ? 'message' : ''
    return { offset, bytes, start, end, tail, instance: host, stream: STREAM, year: resolved, attempt: about, event: draft }
  }
}

function setTime(draft: Draft, header: Header, time: Instant): void {
  draft.time = time
  draft.timePrecision = header.stamp.precision
  draft.zoneAssumed = header.stamp.zone === null ? true : undefined
}
