/** What has to become of a line: a row, a second line about an attempt, or nothing that is held. */
export type Role = 'row' | 'companion' | 'skipped' | 'rejected'

/** One line of a log made for a spec, and what it stands for. */
export type LogLine = {
  bytes: Buffer
  time: number
  role: Role
  outcome: 'success' | 'failure' | 'unknown'
  /** How many events the line stands for. */
  repeat: number
  user: string | null
  ip: string | null
}

export type Facts = Partial<Pick<LogLine, 'role' | 'outcome' | 'repeat' | 'user' | 'ip'>>

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Feb  6 02:11:15`, as syslog writes it: no year, no zone. */
export function syslogStamp(time: number): string {
  const at = new Date(time)
  const day = String(at.getUTCDate()).padStart(2, ' ')
  return `${MONTHS[at.getUTCMonth()]} ${day} ${at.toISOString().slice(11, 19)}`
}

/** Lines of one file in the order they are written. */
export class LogBook {
  readonly lines: LogLine[] = []
  readonly host: string

  constructor(host: string) {
    this.host = host
  }

  add(time: number, text: string | Buffer, facts: Facts = {}): this {
    const head = Buffer.from(`${syslogStamp(time)} ${this.host} `)
    const bytes = Buffer.concat([head, typeof text === 'string' ? Buffer.from(text) : text])
    return this.put({ bytes, time, ...facts })
  }

  /** A line without the head that every line of syslog has. */
  put({ bytes, time, ...facts }: Facts & Pick<LogLine, 'bytes' | 'time'>): this {
    this.lines.push({ role: 'row', outcome: 'unknown', repeat: 1, user: null, ip: null, ...facts, bytes, time })
    return this
  }

  bytes(): Buffer {
    return Buffer.concat(this.lines.flatMap(({ bytes }) => [bytes, Buffer.from('\n')]))
  }

  count(role: Role): number {
    return this.lines.filter((line) => line.role === role).length
  }

  /** Rows, the latest first, as the timeline shows them: of one second, the later line first. */
  rows(): LogLine[] {
    const rows = this.lines.filter((line) => line.role === 'row')
    const placed = rows.map((line, at) => ({ line, at }))
    return placed.toSorted((a, b) => b.line.time - a.line.time || b.at - a.at).map(({ line }) => line)
  }

  /** Events that the rows stand for. */
  weight(outcome: LogLine['outcome']): number {
    return this.rows().reduce((sum, line) => sum + (line.outcome === outcome ? line.repeat : 0), 0)
  }
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
