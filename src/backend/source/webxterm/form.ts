import type { Instant } from '../../../domain'
import type { ListPage } from '../server-source'
import { approvalReader } from './approval'
import { auditReader } from './audit'
import type { Ground } from './ground'
import { logReader } from './log'
import { decodePage, type Answer, type ReadRow } from './page'
import { Unreadable } from './row'
import { loginReader } from './outside-login'
import { sessionReader } from './session'
import { readWhen } from './time'

/** What the rows of a list are. */
export type Rows = 'audit' | 'sessions' | 'commands' | 'machines' | 'approvals' | 'signins'

export type WebxtermForm = { kind: 'webxterm'; rows: Rows; ground: Ground }

/** Reads one answer. Throws `ServerFault` `bad-answer` where it is no such list. */
export function decodeForm({ rows, ground }: WebxtermForm, answer: Answer): ListPage {
  switch (rows) {
    case 'audit':
      return decodePage(answer, 'logs', auditReader(ground))
    case 'sessions':
      return decodePage(answer, 'sessions', sessionReader(ground))
    case 'commands':
      return decodePage(answer, 'logs', logReader(ground))
    case 'approvals':
      return decodePage(answer, ['requests'], approvalReader(ground))
    case 'signins':
      return decodePage(answer, ['events', 'access_events'], loginReader(ground))
    case 'machines':
      // The list stands for others, and has no records of its own.
      return { ...decodePage(answer, 'machines', noRecord), rejected: [] }
  }
}

/** Bytes at the end of an answer in which the last record's time is looked for. */
const TAIL = 16 * 1024
const TIME_FIELD: Readonly<Partial<Record<Rows, string>>> = { audit: '"timestamp"', commands: '"timestamp"', sessions: '"started_at"' }

/** Guesses from an answer's end when its last record was, which costs nothing; null where it does not show. */
export function lastTimeOf({ rows }: WebxtermForm, body: Uint8Array): Instant | null {
  const name = TIME_FIELD[rows]
  const tail = Buffer.from(body.buffer, body.byteOffset, body.length).subarray(-TAIL)
  const at = name === undefined ? -1 : tail.lastIndexOf(name)
  if (name === undefined || at < 0) return null
  const written = /^\s*:\s*"([^"\\]{10,40})"/.exec(tail.toString('latin1', at + name.length, at + name.length + 80))?.[1]
  return written === undefined ? null : (readWhen(written)?.time ?? null)
}

const noRecord: ReadRow = () => {
  throw new Unreadable('a machine is no record')
}
