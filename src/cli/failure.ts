import { BackendFault, type FaultCode } from '../contract'
import { shownText } from '../domain'
import type { ExitCode } from './command'
import { NobodyReads, say, type Io } from './io'
import { textWidth } from './text-width'
import { UsageError } from './usage-error'

/** Faults that say that something was typed wrong; all others are exit 1. */
const BAD_USAGE: readonly FaultCode[] = ['bad-ask', 'bad-query', 'not-found', 'name-taken', 'insecure-address']

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof NobodyReads) return 0
  if (error instanceof UsageError) return 2
  return error instanceof BackendFault && BAD_USAGE.includes(error.code) ? 2 : 1
}

/** Says on standard error what went wrong. `text` is the query, where the command is one. */
export function tellError(io: Io, error: unknown, typed: { command: string | null; text: string }): void {
  if (error instanceof NobodyReads) return
  if (error instanceof UsageError) {
    say(io, `recount: ${error.message}`)
    say(io, typed.command === null ? 'recount --help tells how it is used.' : `recount ${typed.command} --help tells how it is used.`)
  } else if (error instanceof BackendFault) {
    say(io, `recount: ${cut(error.message)}`)
    if (error.code === 'bad-query') for (const line of pointed(typed.text, error)) say(io, line)
  } else {
    tellUnexpected(io, error)
  }
}

/** A fault can name a thousand files. */
const LONGEST = 2000

function cut(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message
}

function tellUnexpected(io: Io, error: unknown): void {
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return say(io, 'recount: Another program listens on that port.')
  // Of the machine and the person, such as a folder that may not be written: the words are enough.
  if (code !== undefined) return say(io, `recount: ${message}`)
  for (const line of (stack ?? String(error)).split('\n')) say(io, line)
}

/** Characters of a query shown before and after its error. */
const AROUND = 60

/** The query with a mark under what is wrong. */
function pointed(text: string, { detail }: BackendFault): string[] {
  const from = Number(detail?.['from'] ?? 0)
  const to = Math.max(Number(detail?.['to'] ?? 0), from + 1)
  const start = Math.max(0, from - AROUND)
  const before = `${start > 0 ? '…' : ''}${shownText(text.slice(start, from))}`
  const end = Math.min(to, from + AROUND)
  const wrong = shownText(text.slice(from, end))
  const after = shownText(text.slice(end, end + AROUND))
  const marks = '^'.repeat(Math.max(1, textWidth(wrong)))
  const expected = detail?.['expected']
  return [
    `  ${before}${wrong}${after}`,
    `  ${' '.repeat(textWidth(before))}${marks}`,
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
  ]
}
