import type { Header } from './header'
import { decode, type Line } from './lines'
import { blankDraft, readCount, readFold, readMessage, type Attempt, type Draft } from './messages'
import { familyOf } from './programs'

/** What a line of a program that is read tells, before its time and its place among others are known. */
export type Told = { draft: Draft; attempt: Attempt | null; pid: number }

const REPEATED = 'last message repeated '

/** A reader of messages of one stream; answers null for a line of another program. */
export function createTelling(): (line: Line, header: Header) => Told | null {
  // What the last line of each host told, for the line that repeats it.
  const latest = new Map<string, { told: Told | null }>()
  const pidText = createPidTexts()
  let host = ''
  let here: { told: Told | null } = { told: null }
  return (line, header) => {
    if (header.host !== host) {
      host = header.host
      here = latest.get(host) ?? { told: null }
      latest.set(host, here)
    }
    const message = header.message
    if (!header.tagged && line.text.startsWith(REPEATED, message)) {
      const times = readCount(line.text, message + REPEATED.length)
      const before = here.told
      return before === null || times === 0 ? null : repeat(before, times, decode(line, message, line.end))
    }
    return (here.told = tell(line, header, pidText))
  }
}

function tell(line: Line, header: Header, pidText: (pid: number) => string): Told | null {
  const family = header.tagged ? familyOf(header.program) : null
  if (family === null) return null
  const message = decode(line, header.message, line.end)
  const fold = readFold({ text: message, at: 0, end: message.length })
  // In one step, because fields that come one by one cost as much again.
  const { program, pid } = header
  const draft = blankDraft(pid < 0 ? { message, program } : { message, program, pid: pidText(pid) })
  if (fold !== null) draft.repeat = fold.weight
  const told = readMessage(family, draft, fold === null ? message : message.slice(fold.from, fold.to))
  if (!told.event) return null
  return { draft, attempt: told.attempt, pid }
}

/** Lines of one process come close together. */
function createPidTexts(): (pid: number) => string {
  let last = -1
  let text = ''
  return (pid) => {
    if (pid !== last) text = String(pid)
    last = pid
    return text
  }
}

/** `last message repeated 3 times` of classic syslogd stands for three more of what its host said before. */
function repeat(before: Told, times: number, message: string): Told {
  const draft: Draft = { ...before.draft, attributes: { ...before.draft.attributes, message } }
  draft.repeat *= times
  return { draft, attempt: before.attempt, pid: before.pid }
}
